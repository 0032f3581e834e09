import { compareKeys } from '../../bucket/keys.ts';
import type { Row } from './rows.ts';

/** A stretch of keys that was not listed. */
export interface Gap {
  /** The last key before it. */
  after: string;
  /** The last key in it; null where it reaches to the end of the bucket. */
  upto: string | null;
}

/** What one listing of a bucket showed: rows and gaps, both in UTF-8 order. */
export interface Seen {
  rows: readonly Row[];
  gaps: readonly Gap[];
}

/** The first place of an ordered list for which `isBefore` does not hold. */
function placeOf<T>(list: readonly T[], isBefore: (one: T) => boolean): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const one = list[middle];
    if (one !== undefined && isBefore(one)) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** True where every key below the prefix was listed, or folded into a row below it. */
function isSeen({ gaps }: Seen, prefix: string): boolean {
  const gap = gaps[placeOf(gaps, ({ upto }) => upto !== null && compareKeys(upto, prefix) < 0)];
  return gap === undefined || (compareKeys(gap.after, prefix) > 0 && !gap.after.startsWith(prefix));
}

/** The rows below a prefix; null where not all of them were seen. */
export function rowsBelow(seen: Seen, prefix: string): readonly Row[] | null {
  if (!isSeen(seen, prefix)) return null;
  const { rows } = seen;
  const from = placeOf(rows, ({ at }) => compareKeys(at, prefix) < 0);
  let to = from;
  while (rows[to]?.at.startsWith(prefix) === true) to++;
  return rows.slice(from, to);
}

/** The name of a row's first folder below a prefix, with its slash; null for an object directly below it. */
export function folderOf({ at }: Row, prefix: string): string | null {
  const slash = at.indexOf('/', prefix.length);
  return slash === -1 ? null : at.slice(0, slash + 1);
}
