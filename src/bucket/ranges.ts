import { compareKeys } from './keys.ts';

/** A stretch of the key space, from its first key on up to, and without, `to`; in the order of UTF-8. */
export interface Cell {
  from: string;
  to: string;
}

/** Where to cut what is left of a cell in two, and how much is left of it, from 0 to 1; null where nobody can tell. */
export type Halve = (cell: number, after: string) => { at: string; left: number } | null;

/** Cells that one slot lists, one after the other. */
export interface Range {
  /** The first cell that is not done, and the last one. */
  at: number;
  last: number;
  /** The first key that may be this range's: what comes before it is another one's. */
  start: string;
  /** The last key that was seen, or one before the first; a listing goes on after it. */
  after: string;
  /** The first key that is not this range's any more. */
  end: string;
  /** Pages read, and cells gone through with them, the older ones counting less; by these is reckoned what is left. */
  pages: number;
  cells: number;
  /** Pages that the cell at hand took so far. */
  inCell: number;
  /** False while it waits for a slot. */
  busy: boolean;
  /** Not to be cut: its last page is here, or it is asked again because the store was busy, which is slow, but not long. */
  whole: boolean;
}

/** Fewer pages than this are not worth a cut: each cut costs half a page. */
const leastPages = 4;

/** The key just before every key that begins with this text, as far as keys go: nothing of the text's own is passed over. */
export function keyBefore(text: string): string {
  // Half a character is none.
  return text.slice(0, /[\ud800-\udbff][\udc00-\udfff]$/.test(text) ? -2 : -1);
}

/** The first ranges: neighbours share a range, so that small cells do not cost a page each. */
export function firstRanges(cells: readonly Cell[], slots: number, weights?: readonly number[]): Range[] {
  const weightOf = (at: number): number => Math.max(weights?.[at] ?? 1, Number.EPSILON);
  const total = cells.reduce((sum, _, at) => sum + weightOf(at), 0);
  const ranges: Range[] = [];
  let begun = 0;
  let passed = 0;
  for (let at = 0; at < cells.length; at++) {
    passed += weightOf(at);
    const due = ((ranges.length + 1) * total) / slots;
    const isLast = ranges.length === slots - 1;
    if (at < cells.length - 1 && (isLast || passed + weightOf(at + 1) / 2 < due)) continue;
    ranges.push(rangeOf(cells, begun, at));
    begun = at + 1;
  }
  return ranges;
}

const rangeOf = (cells: readonly Cell[], at: number, last: number): Range => ({
  at,
  last,
  start: cells[at]?.from ?? '',
  after: keyBefore(cells[at]?.from ?? ''),
  end: cells[last]?.to ?? '',
  pages: 0,
  cells: 0,
  inCell: 0,
  busy: false,
  whole: false,
});

/** What is known of all cells together, while they are listed. */
export interface Experience {
  pages: number;
  cells: number;
}

/** Pages that are probably left of a range. */
function pagesLeft(range: Range, { pages, cells }: Experience, halve: Halve, weights?: readonly number[]): number {
  const half = halve(range.at, range.after);
  // What the cell at hand took tells how many it will take, as far as anybody knows how much of it is left.
  const seen = half !== null && range.inCell > 0 && half.left < 1 ? range.inCell / (1 - half.left) : null;
  if (weights !== undefined) {
    let others = 0;
    for (let at = range.at + 1; at <= range.last; at++) others += (weights[at] ?? 0) / 1_000;
    return Math.max(0, (seen ?? (weights[range.at] ?? 0) / 1_000) - range.inCell) + others;
  }
  const usual = cells === 0 ? 1 : pages / cells;
  const own = range.cells === 0 ? Math.max(usual, range.pages) : range.pages / range.cells;
  const here = seen ?? own;
  return Math.max(0, here - range.inCell) + (range.last - range.at) * Math.max(own, seen ?? 0);
}

/**
 * Cuts the range of which most is left, for a slot that has nothing to do. Null where no cut pays. The cut shortens that range;
 * any place is right for it, no key need be there.
 * @returns the new range, and whether both have to go through its first cell
 */
export function split(
  cells: readonly Cell[],
  ranges: readonly Range[],
  experience: Experience,
  halve: Halve,
  weights?: readonly number[],
): { range: Range; shares: boolean } | null {
  let most: Range | null = null;
  let left = leastPages;
  for (const range of ranges) {
    if (range.whole) continue;
    const pages = pagesLeft(range, experience, halve, weights);
    if (pages < left) continue;
    most = range;
    left = pages;
  }
  if (most === null) return null;
  if (most.at < most.last) {
    const middle = middleOf(most, weights);
    const cut = rangeOf(cells, middle, most.last);
    cut.end = most.end;
    // Neighbours are alike until they are known.
    cut.pages = most.pages;
    cut.cells = most.cells;
    most.last = middle - 1;
    most.end = cells[middle - 1]?.to ?? '';
    return { range: cut, shares: false };
  }
  const half = halve(most.at, most.after);
  const isInside = (key: string): boolean =>
    [most.start, most.after].every((before) => compareKeys(key, before) > 0) && compareKeys(key, most.end) < 0;
  if (half === null || !isInside(half.at)) return null;
  const cut: Range = {
    ...rangeOf(cells, most.at, most.last),
    start: half.at,
    after: keyBefore(half.at),
    end: most.end,
  };
  most.end = half.at;
  return { range: cut, shares: true };
}

/** The cell with which the second half begins. */
function middleOf({ at, last }: Range, weights?: readonly number[]): number {
  if (weights === undefined) return at + Math.ceil((last - at + 1) / 2);
  let total = 0;
  for (let cell = at + 1; cell <= last; cell++) total += weights[cell] ?? 0;
  let passed = 0;
  for (let cell = at + 1; cell <= last; cell++) {
    const weight = weights[cell] ?? 0;
    // At the border that is nearest to the middle, be it before or after a large cell.
    if (passed * 2 + weight >= total) return cell;
    passed += weight;
  }
  return last;
}
