import type { MadeBucket, RowText } from './bucket.ts';
import type { Paper } from './paper.ts';

export interface ListingQuery {
  prefix: string;
  /** Empty for none; may have several characters. */
  delimiter: string;
  /** Only what sorts after it is listed; empty for the beginning. */
  after: string;
  max: number;
}

export interface Listing {
  prefixes: string[];
  count: number;
  truncated: boolean;
  /** The last row, where the next page goes on. */
  last: string;
}

/** The first text above all keys that begin with `text`; keys are ASCII. */
const beyond = (text: string): string => text.slice(0, -1) + String.fromCharCode(text.charCodeAt(text.length - 1) + 1);

/** One page of a bucket; the rows of its objects are written. */
export function list(
  bucket: MadeBucket,
  { prefix, delimiter, after, max }: ListingQuery,
  row: RowText,
  paper: Paper,
): Listing {
  const end = prefix === '' ? bucket.size : bucket.place(beyond(prefix));
  let index = after > prefix ? bucket.place(after) : bucket.place(prefix);
  if (after !== '' && index < end && bucket.key(index) === after) index++;
  if (delimiter === '') {
    const to = Math.min(index + max, end);
    const count = Math.max(to - index, 0);
    bucket.rows(index, to, row, paper);
    return {
      prefixes: [],
      count,
      truncated: max > 0 && to < end,
      last: count === 0 ? after : bucket.key(to - 1),
    };
  }
  const listing: Listing = { prefixes: [], count: 0, truncated: false, last: after };
  while (index < end && max > 0) {
    const { key } = bucket.object(index);
    const cut = key.indexOf(delimiter, prefix.length);
    const name = cut === -1 ? key : key.slice(0, cut + delimiter.length);
    // A common prefix that the listing is to begin after is over, whatever else begins with it.
    const over = after !== '' && name <= after;
    if (!over && listing.count === max) {
      listing.truncated = true;
      break;
    }
    if (!over) {
      if (cut === -1) bucket.rows(index, index + 1, row, paper);
      else listing.prefixes.push(name);
      listing.count++;
      listing.last = name;
    }
    index = cut === -1 ? index + 1 : bucket.place(beyond(name));
  }
  return listing;
}
