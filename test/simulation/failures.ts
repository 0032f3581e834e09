import { violationsOf } from './invariants.ts';
import { play } from './play.ts';

/** How many schedules the tests play: seeds 1 to this. */
export const scheduleCount = Number(process.env['BUCKET_HYGIENE_SCHEDULES'] ?? '300');

/** Plays every seed of one part of all, so that the parts run side by side, and names the commands that show what failed. */
export async function failuresOf(part: number, parts: number): Promise<string[]> {
  const failures: string[] = [];
  for (let seed = 1 + part; seed <= scheduleCount; seed += parts) {
    const violations = violationsOf(await play(seed));
    if (violations.length > 0) failures.push(`npm run simulate -- --seed ${String(seed)}   # ${violations.join('; ')}`);
  }
  return failures;
}
