import type { Listed, Page } from '../../bucket/page.ts';
import { compareKeys } from '../../bucket/keys.ts';

/** A row of a listing: an object, or what was folded at a delimiter, of which only the common prefix is told. */
export interface Row {
  /** The key, or the common prefix. */
  at: string;
  /** Null for what was folded. */
  object: Listed | null;
}

/** Sorts after every key below a prefix, but for keys that themselves begin with the last character of all. */
export const endOf = (prefix: string): string => `${prefix}\u{10ffff}`;

const ascends = (names: readonly string[]): boolean =>
  names.every((name, index) => index === 0 || compareKeys(names[index - 1] ?? '', name) < 0);

/**
 * The rows of a page as one list, in UTF-8 order. Null where the store does not list as it was asked to: rows out of order, or
 * keys that hold the delimiter and were not folded there.
 */
export function rowsOf({ objects, prefixes }: Page, delimiter: string): Row[] | null {
  const keys = objects.map(({ key }) => key);
  if (!ascends(keys) || !ascends(prefixes)) return null;
  if (keys.some((key) => key.includes(delimiter))) return null;
  if (prefixes.some((prefix) => prefix.indexOf(delimiter) !== prefix.length - delimiter.length)) return null;
  const rows: Row[] = [];
  let taken = 0;
  for (const object of objects) {
    for (; taken < prefixes.length && compareKeys(prefixes[taken] ?? '', object.key) < 0; taken++) {
      rows.push({ at: prefixes[taken] ?? '', object: null });
    }
    rows.push({ at: object.key, object });
  }
  return [...rows, ...prefixes.slice(taken).map((at) => ({ at, object: null }))];
}
