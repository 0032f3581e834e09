import type { Bucket } from '../../bucket/bucket.ts';
import { compareKeys } from '../../bucket/keys.ts';
import { endOf, rowsOf, type Row } from './rows.ts';

/** How a listing of the whole bucket goes on after a page: with the next one, past some key, or not at all. */
export type Next = 'on' | 'stop' | { past: string };

/** Goes on after `past`, where that is further on and can be asked for: bytes that are no UTF-8 cannot. */
export const leap = (past: string, position: string): Next =>
  past.isWellFormed() && compareKeys(past, position) > 0 ? { past } : 'on';

/** How patient and how frugal such a listing is, in rows and pages. */
export interface Thrift {
  /** Rows of one prefix after which it is left to a look of its own, at the end of a page. */
  enough: number;
  /** Pages that go on with fewer rows than this are short. Where many are, a listing for each prefix costs less. */
  fullRows: number;
  /** So many short pages are borne. */
  shortPages: number;
  /** Pages for which a listing of days is worth to be begun beside the others. */
  pagesPerLane: number;
}

export const thrift: Thrift = { enough: 500, fullRows: 500, shortPages: 10, pagesPerLane: 12 };

/** What one page showed. */
export interface Step {
  rows: readonly Row[];
  /** Everything up to here was seen. */
  position: string;
  /** False at the end of the bucket. */
  more: boolean;
}

export interface Followed {
  /**
   * `whole`: to the end of the bucket. `stopped`: as it was wished. `cut`: a page could not be had, or the store sends too
   * little on each; what was seen before counts. `distrusted`: the store does not list as it was asked to; nothing counts.
   */
  end: 'whole' | 'stopped' | 'cut' | 'distrusted';
  /** Everything up to here was seen, but for what was wished to be passed. */
  position: string;
}

/**
 * Lists a bucket from end to end, folded at a delimiter of several characters. Not every store knows those, some ignore them or
 * send the same rows twice: each page is held against what was asked before it is handed on.
 */
export async function follow(
  bucket: Bucket,
  delimiter: string,
  { from, fullRows, shortPages }: { from: string | null } & Pick<Thrift, 'fullRows' | 'shortPages'>,
  onPage: (step: Step) => Next,
): Promise<Followed> {
  let after = from;
  let last: Row = { at: from ?? '', object: null };
  let position = from ?? '';
  let short = 0;
  for (;;) {
    let next: Next = 'on';
    const query = { prefix: '', delimiter, ...(after === null ? {} : { startAfter: after }) };
    for await (const answer of bucket.pages(query)) {
      if (answer.state === 'unknown') return { end: 'cut', position };
      const listed = rowsOf(answer.value, delimiter);
      if (listed === null) return { end: 'distrusted', position };
      // Some stores begin a page with the folded row that ended the one before.
      const isRepeated = listed[0]?.object === null && listed[0].at === last.at;
      const rows = isRepeated ? listed.slice(1) : listed;
      const [first] = rows;
      if (first !== undefined && last.at !== '' && compareKeys(first.at, last.at) <= 0) {
        return { end: 'distrusted', position };
      }
      last = rows.at(-1) ?? last;
      if (rows.length > 0) position = last.object === null ? endOf(last.at) : last.at;
      const { more } = answer.value;
      next = onPage({ rows, position, more });
      if (next === 'stop') return { end: 'stopped', position };
      if (!more) return { end: 'whole', position };
      if (listed.length < fullRows && ++short > shortPages) return { end: 'cut', position };
      if (next !== 'on') break;
    }
    if (next === 'on') return { end: 'cut', position };
    after = next.past;
    last = { at: after, object: null };
    position = after;
  }
}
