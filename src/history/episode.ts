import type { Memory, Remembered } from './memory.ts';

export const hour = 3_600_000;

/** How long after its resolution a finding that returns is called back, not merely new. */
const backWithinMs = 24 * hour;

export const recordOf = (memory: Memory | null, id: string): Remembered | null =>
  memory !== null && Object.hasOwn(memory.findings, id) ? (memory.findings[id] ?? null) : null;

/**
 * The record of a finding that stands as far as the reader of the alerts knows: a resolution that no alert has told has
 * not happened for him. Null when it is unknown, or resolved for good.
 */
export function standing(record: Remembered | null): Remembered | null {
  const settled = record?.resolved?.owed === false;
  return settled ? null : record;
}

/** True when a finding that is seen now was resolved, for good, within the last day. */
export function isBack(record: Remembered | null, now: Date): boolean {
  const resolved = record?.resolved ?? null;
  return resolved !== null && !resolved.owed && isWithinADay(resolved.at, now);
}

/** A schedule is never exact to the second: the run of the next day is within a day. */
const tolerance = hour / 6;

/** True while less than a day, or just one, has passed since `at`. */
export const isWithinADay = (at: string, now: Date): boolean =>
  now.getTime() - Date.parse(at) <= backWithinMs + tolerance;
