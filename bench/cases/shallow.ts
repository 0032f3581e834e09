import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { auditCommand, servedBy, type Served } from '../run/clients.ts';
import { atMost, short, type Figure, type Result } from '../run/figures.ts';
import type { Plan } from '../run/plan.ts';
import { withServer } from '../run/server.ts';

const latency = 50;
const touched = 100;

/** Streams, days of each, foreign prefixes. */
const buckets = [
  { streams: 1_000, days: 30, foreign: 100 },
  { streams: 10_000, days: 7, foreign: 0 },
] as const;

/** With nothing changed since the last audit, a bucket of 10,000 streams costs so many requests at most. */
const unchangedRequests = 50;

const requestsOf = ({ served }: Served): number => served.list + served.get + served.other;

/** Requests of an audit that does not look into streams: the first one, one with nothing new, one with some news. */
export async function shallow({ seed, say }: Plan): Promise<Result> {
  const figures: Figure[] = [];
  for (const { streams, days, foreign } of buckets) {
    const keys = streams * (2 + days * 4) + foreign * 3 + 1;
    await withServer({ keys, streams, days, foreign, seed, latency }, async (server) => {
      const state = mkdtempSync(join(tmpdir(), 'bucket-hygiene-bench-'));
      const name = `${short(streams)} streams, ${String(days)} days, ${String(foreign)} foreign`;
      // Foreign prefixes are findings: a code below 2.
      const audit = (what: string) => {
        say(`${name}: ${what}`);
        return servedBy(server, auditCommand(server, '--state', state), { codes: [0, 1] });
      };
      const first = await audit('first audit');
      const second = await audit('nothing changed');
      await server.touch(touched);
      const third = await audit(`${String(touched)} markers changed`);
      rmSync(state, { recursive: true });
      const rows = Math.ceil((3 * streams + 2 * foreign) / 1_000) + 10;
      const dayLists = Math.ceil((1.1 * streams * (2 + 2 * days)) / 1_000);
      const about = ({ served, wallMs, cpuMs }: Served) =>
        `${String(served.list)} LISTs, ${String(served.get)} GETs, ${String(served.other)} others; ${short(wallMs / 1_000)} s, ${short(cpuMs / 1_000)} s CPU`;
      figures.push(
        {
          what: `${name}: LISTs of the first audit`,
          unit: '',
          rounds: [first.served.list],
          goal: { ...atMost(rows + dayLists), text: `≤ ${String(rows)} for rows + ${String(dayLists)} for days` },
          note: about(first),
        },
        {
          what: `${name}: GETs of the first audit`,
          unit: '',
          rounds: [first.served.get],
          goal: { ...atMost(streams + 10), text: 'each marker once + 10' },
        },
        {
          what: `${name}: requests with nothing changed`,
          unit: '',
          rounds: [requestsOf(second)],
          goal: atMost(Math.max(unchangedRequests, rows)),
          note: about(second),
        },
        {
          what: `${name}: GETs with ${String(touched)} markers changed`,
          unit: '',
          rounds: [third.served.get],
          goal: { ...atMost(touched + 10), text: 'each changed marker once + 10' },
          note: about(third),
        },
      );
    });
  }
  return { title: `Audit that does not look into streams (${String(latency)} ms)`, figures };
}
