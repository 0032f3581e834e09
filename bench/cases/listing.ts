import { clientCommand, peerCommands, printed, servedBy, type Served } from '../run/clients.ts';
import { atLeast, median, short, type Figure, type Result } from '../run/figures.ts';
import { machine, type Peer } from '../run/machine.ts';
import { interleaved, type Plan } from '../run/plan.ts';
import { withServer } from '../run/server.ts';

/** How many times as much as the audit's lister others cost, at least. */
const goals: Partial<Record<string, number>> = { 'SDK as it comes': 7, rclone: 8, mc: 7, aws: 40 };

/** Tools that take minutes for a million keys list fewer. */
const slowPeers: readonly Peer[] = ['aws'];
const slowKeys = 100_000;

/** What listing a key costs, one page after the other: the audit's lister, the SDK as it comes, and other tools. */
export async function listing({ keys, rounds, seed, say }: Plan): Promise<Result> {
  const present = machine().peers;
  return withServer({ keys, seed }, (large) =>
    withServer({ keys: Math.min(keys, slowKeys), seed }, async (small) => {
      const serverOf = (peer: Peer) => (slowPeers.includes(peer) ? small : large);
      const peers = Object.keys(peerCommands) as Peer[];
      const runs = await interleaved<string, Served>(
        rounds,
        {
          audit: () => servedBy(large, clientCommand('pages', large.url, large.bucket)),
          'SDK as it comes': () => servedBy(large, clientCommand('stock', large.url, large.bucket)),
          ...Object.fromEntries(
            peers
              .filter((peer) => present[peer] !== null)
              .map((peer) => {
                const { command, env = {} } = peerCommands[peer](serverOf(peer));
                return [peer, () => servedBy(serverOf(peer), command, { env })];
              }),
          ),
        },
        say,
      );
      const listed = (name: string) => (name in peerCommands ? serverOf(name as Peer) : large).objects;
      const costs = (name: string) => (runs[name] ?? []).map(({ cpuMs }) => (cpuMs * 1_000) / listed(name));
      const figures: Figure[] = [];
      for (const [name, served] of Object.entries(runs)) {
        const serverCost = median(served.map((one) => (one.served.cpuMs * 1_000) / listed(name)));
        figures.push({
          what: name === 'audit' ? 'audit: `pages`' : name,
          unit: 'µs CPU per key',
          rounds: costs(name),
          note: `${short(listed(name))} keys; server ${short(serverCost)} µs`,
        });
      }
      for (const name of Object.keys(runs)) {
        if (name === 'audit') continue;
        const goal = goals[name];
        figures.push({
          what: `${name} to \`pages\``,
          unit: '×',
          rounds: costs(name).map((cost, round) => cost / (costs('audit')[round] ?? Number.NaN)),
          ...(goal === undefined ? {} : { goal: atLeast(goal, ' ×') }),
        });
      }
      for (const [peer, version] of Object.entries(present)) {
        if (version === null) figures.push({ what: peer, unit: '', rounds: [], note: 'not on this machine' });
      }
      same(runs);
      return { title: `Listing, one page after the other (${short(large.objects)} keys, no latency)`, figures };
    }),
  );
}

/** Whoever lists fewer keys is cheaper. @throws Error when the clients do not agree */
function same(runs: Record<string, readonly Served[]>): void {
  const counts = ['audit', 'SDK as it comes'].flatMap((name) =>
    (runs[name] ?? []).map((run) => JSON.stringify(printed(run))),
  );
  if (new Set(counts).size > 1) throw new Error(`the clients do not agree: ${[...new Set(counts)].join(', ')}`);
}
