/** A row of either side. */
interface Sized {
  key: string;
  size: number;
}

/** What is told of the difference; keys in ascending order. */
export interface Differences<Listed, Claim> {
  /** Listed, and claimed by nobody. */
  unreferenced(row: Listed): void;
  /** Claimed, and not listed: all claims of one key. */
  missing(claims: readonly Claim[]): void;
  /** Listed, with another size than each of these claims says. */
  mismatched(row: Listed, claims: readonly Claim[]): void;
}

/** Any order that is the same on both sides will do. */
const byKey = (a: Sized, b: Sized): number => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);

/** Sorts in place what is not sorted yet: a listing nearly always is. */
function sort<T extends Sized>(rows: T[]): T[] {
  for (let at = 1; at < rows.length; at++) {
    if ((rows[at - 1]?.key ?? '') > (rows[at]?.key ?? '')) return rows.sort(byKey);
  }
  return rows;
}

/**
 * Holds what is listed against what is claimed, by sorting and merging: of a day with a million files nothing is kept
 * besides. Sorts both lists in place. A size is right when any claim has it.
 */
export function compareDay<Listed extends Sized, Claim extends Sized>(
  listed: Listed[],
  claims: Claim[],
  differences: Differences<Listed, Claim>,
): void {
  sort(listed);
  sort(claims);
  let at = 0;
  for (const row of listed) {
    at = tellMissing(claims, at, row.key, differences);
    const first = at;
    let right = false;
    for (let claim = claims[at]; claim?.key === row.key; claim = claims[++at]) {
      right ||= claim.size === row.size;
    }
    if (at === first) differences.unreferenced(row);
    else if (!right) differences.mismatched(row, claims.slice(first, at));
  }
  tellMissing(claims, at, null, differences);
}

/** Tells the claims before a key, each key once; all that are left without one. @returns the place of the first that is left */
function tellMissing<Listed, Claim extends Sized>(
  claims: readonly Claim[],
  from: number,
  before: string | null,
  differences: Differences<Listed, Claim>,
): number {
  let at = from;
  for (let claim = claims[at]; claim !== undefined && (before === null || claim.key < before); claim = claims[at]) {
    const first = at;
    const { key } = claim;
    while (claims[at]?.key === key) at++;
    differences.missing(claims.slice(first, at));
  }
  return at;
}
