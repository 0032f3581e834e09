import { clientCommand, printed } from '../run/clients.ts';
import { atMost, short, type Figure, type Result } from '../run/figures.ts';
import { measure } from '../run/measure.ts';
import type { Plan } from '../run/plan.ts';

/** How the files of a day stand in its manifest; and what making their keys takes, without comparing them. */
const orders = [
  {
    order: 'appended',
    note: 'manifests as servers write them',
    goals: { micros: { goal: atMost(0.5, ' µs') }, memory: { goal: atMost(150, ' MB') } },
  },
  { order: 'uncompared', note: 'the keys alone', goals: { micros: {}, memory: {} } },
  { order: 'shuffled', note: 'the worst that could be', goals: { micros: {}, memory: {} } },
] as const;

/** What holding listings against manifests costs, and whether its memory grows with the bucket. */
export async function difference({ keys, manyKeys, rounds, say }: Plan): Promise<Result> {
  const figures: Figure[] = [];
  for (const size of [keys, ...(manyKeys === null ? [] : [manyKeys])]) {
    for (const { order, note, goals } of orders) {
      const micros: number[] = [];
      const memory: number[] = [];
      for (let round = 1; round <= rounds; round++) {
        say(`${short(size)} keys, ${order}, round ${String(round)}`);
        const run = await measure(clientCommand('difference', String(size), order));
        micros.push((printed(run) as { microsPerKey: number }).microsPerKey);
        memory.push(run.peakMb ?? Number.NaN);
      }
      const what = `${short(size)} keys, ${order}`;
      figures.push(
        { what, unit: 'µs CPU per key', rounds: micros, note, ...goals.micros },
        {
          what: `${what}: memory`,
          unit: 'MB',
          rounds: memory,
          note: 'most of it for making the keys: see uncompared',
          ...goals.memory,
        },
      );
    }
  }
  return { title: 'Set difference, a day at a time', figures };
}
