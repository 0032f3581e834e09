import { clientCommand, printed } from '../run/clients.ts';
import { atMost, short, type Figure, type Result } from '../run/figures.ts';
import { measure } from '../run/measure.ts';
import type { Plan } from '../run/plan.ts';

/** What holding listings against manifests costs, and whether its memory grows with the bucket. */
export async function difference({ keys, manyKeys, rounds, say }: Plan): Promise<Result> {
  const figures: Figure[] = [];
  for (const size of [keys, ...(manyKeys === null ? [] : [manyKeys])]) {
    const micros: number[] = [];
    const memory: number[] = [];
    for (let round = 1; round <= rounds; round++) {
      say(`${short(size)} keys, round ${String(round)}`);
      const run = await measure(clientCommand('difference', String(size)));
      micros.push((printed(run) as { microsPerKey: number }).microsPerKey);
      memory.push(run.peakMb ?? Number.NaN);
    }
    const name = `${short(size)} keys`;
    figures.push(
      {
        what: name,
        unit: 'µs CPU per key',
        rounds: micros,
        goal: atMost(0.5, ' µs'),
        note: 'both sides, manifests in no order',
      },
      { what: `${name}: memory`, unit: 'MB', rounds: memory, goal: atMost(150, ' MB'), note: 'with the keys of a day' },
    );
  }
  return { title: 'Set difference, a day at a time', figures };
}
