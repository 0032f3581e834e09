import type { StoredBucket, StoredObject } from './contents.ts';

export interface ListingQuery {
  prefix: string;
  /** Empty for none; may have several characters. */
  delimiter: string;
  /** Only what sorts after it is listed; a common prefix given here is left out whole. Empty for the beginning. */
  after: string;
  max: number;
}

export interface Listing {
  objects: StoredObject[];
  prefixes: string[];
  truncated: boolean;
  /** The last row, where the next page goes on; null when the page is empty. */
  last: string | null;
}

/** The smallest byte string above everything that begins with `bytes`. UTF-8 has no byte 0xff, so adding one is enough. */
const beyond = (bytes: Buffer): Buffer => {
  const next = Buffer.from(bytes);
  next[next.length - 1] = (next.at(-1) ?? 0) + 1;
  return next;
};

/** One page of a bucket. Objects and common prefixes count alike; rows come in the order of their UTF-8 bytes. */
export function list(bucket: StoredBucket, { prefix, delimiter, after, max }: ListingQuery): Listing {
  const listing: Listing = { objects: [], prefixes: [], truncated: false, last: null };
  if (max === 0) return listing;
  const start = Buffer.from(prefix, 'utf8');
  const afterBytes = Buffer.from(after, 'utf8');
  let index = bucket.place(Buffer.compare(afterBytes, start) > 0 ? afterBytes : start);
  for (let object = bucket.at(index); object !== undefined; object = bucket.at(index)) {
    const { key } = object;
    if (!key.startsWith(prefix)) break;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const row = cut === -1 ? key : key.slice(0, cut + delimiter.length);
    const next = cut === -1 ? index + 1 : bucket.place(beyond(Buffer.from(row, 'utf8')));
    if (after !== '' && Buffer.compare(Buffer.from(row, 'utf8'), afterBytes) <= 0) {
      index = next;
      continue;
    }
    if (listing.objects.length + listing.prefixes.length === max) {
      listing.truncated = true;
      break;
    }
    if (cut === -1) listing.objects.push(object);
    else listing.prefixes.push(row);
    listing.last = row;
    index = next;
  }
  return listing;
}
