import { auditCommand, servedBy, type Served } from '../run/clients.ts';
import { atMost, median, short, type Figure, type Result } from '../run/figures.ts';
import type { Plan } from '../run/plan.ts';
import { withServer } from '../run/server.ts';

const slots = 64;

/** A whole deep audit: every object listed, every manifest read and held against the listing, by the product's own command. */
export async function deep({ keys, manyKeys, rounds, seed, say }: Plan): Promise<Result> {
  const figures: Figure[] = [];
  const peaks: number[] = [];
  const sizes = [
    { size: keys, streams: 100, times: rounds },
    ...(manyKeys === null ? [] : [{ size: manyKeys, streams: 1_000, times: 1 }]),
  ];
  for (const { size, streams, times } of sizes) {
    await withServer({ keys: size, streams, seed }, async (server) => {
      const name = `${short(server.objects)} objects`;
      const runs: Served[] = [];
      for (let round = 1; round <= times; round++) {
        say(`${name}, round ${String(round)} of ${String(times)}`);
        runs.push(await servedBy(server, auditCommand(server, '--deep', '--concurrency', String(slots))));
      }
      const peak = runs.map(({ peakMb }) => peakMb ?? Number.NaN);
      peaks.push(median(peak));
      const one = (figure: (run: Served) => number) => median(runs.map(figure));
      figures.push(
        {
          what: name,
          unit: 'µs CPU per object',
          rounds: runs.map(({ cpuMs }) => (cpuMs * 1_000) / server.objects),
          goal: atMost(15, ' µs'),
          note: `${short(one(({ wallMs }) => wallMs / 1_000))} s; ${short(one(({ served }) => served.list))} LISTs, ${short(
            one(({ served }) => served.get),
          )} GETs; server ${short(one(({ served }) => (served.cpuMs * 1_000) / server.objects))} µs an object`,
        },
        { what: `${name}: memory`, unit: 'MB', rounds: peak, goal: atMost(300, ' MB') },
      );
    });
  }
  const [few, many] = peaks;
  if (few !== undefined && many !== undefined) {
    figures.push({
      what: 'memory of the larger to that of the smaller',
      unit: '×',
      rounds: [many / few],
      goal: atMost(1.3, ' ×'),
    });
  }
  return { title: `Deep audit (no latency, ${String(slots)} at a time)`, figures };
}
