import type { Listed } from '../../bucket/page.ts';
import { judgeDayKey } from '../../parseable/data-file.ts';
import { DataRows, type DataRow } from './data-rows.ts';

/** What the folder of one day holds, as far as it was listed. */
export interface DayListing {
  day: string;
  /** The stream's. */
  prefix: string;
  objects: number;
  bytes: number;
  data: DataRows;
  manifests: Listed[];
  foreign: DataRow[];
  /** Two sums over all rows, in whatever order they came: the same day lists to the same sums. */
  sums: [number, number];
}

export const emptyListing = (prefix: string, day: string): DayListing => ({
  day,
  prefix,
  objects: 0,
  bytes: 0,
  data: new DataRows(`${prefix}date=${day}/`),
  manifests: [],
  foreign: [],
  sums: [0, 0],
});

/** Adds rows of a listing, in any order. */
export function addRows(listing: DayListing, rows: readonly Listed[]): void {
  const { prefix } = listing;
  for (const row of rows) {
    const { key, size, lastModified } = row;
    listing.objects++;
    listing.bytes += size;
    sum(listing.sums, key, prefix.length, size, lastModified);
    switch (judgeDayKey(key, prefix.length, size)) {
      case 'data':
        listing.data.push({ key, size, at: lastModified });
        break;
      case 'manifest':
        listing.manifests.push(row);
        break;
      case 'foreign':
        listing.foreign.push({ key, size, at: lastModified });
        break;
      case 'folder':
        break;
    }
  }
}

/** FNV-1a over key, size and time, of both ends of the 64 bits that two hashes of 32 make. */
function sum(sums: [number, number], key: string, from: number, size: number, lastModified: string): void {
  let a = 0x811c9dc5 ^ size;
  let b = 0x1b873593 ^ Math.trunc(size / 2 ** 32);
  for (let at = from; at < key.length; at++) {
    const code = key.charCodeAt(at);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b ^ code, 0x85ebca6b);
  }
  for (let at = 0; at < lastModified.length; at++) a = Math.imul(a ^ lastModified.charCodeAt(at), 0x01000193);
  sums[0] = (sums[0] + (a ^ (a >>> 15))) | 0;
  sums[1] = (sums[1] + (b ^ (b >>> 13))) | 0;
}

/** By this a day's listing is known again. */
export const fingerprintOf = ({ objects, bytes, sums }: DayListing): string =>
  `${String(objects)}.${String(bytes)}.${sums.map((one) => (one >>> 0).toString(36)).join('.')}`;
