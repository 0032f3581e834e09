import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { CutAnswer } from './failure.ts';
import { decodeKey } from './keys.ts';
import type { RawListing } from './list-bytes.ts';

/** One object as a listing tells it. */
export interface Listed {
  key: string;
  size: number;
  /** RFC 3339. */
  lastModified: string;
  etag: string;
}

/** One page of a listing; short and empty pages are legal, only the token tells the end. */
export interface Page {
  objects: Listed[];
  prefixes: string[];
  /** False on the last page. */
  more: boolean;
}

/**
 * Turns what a listing says into a page.
 * @param asked the tokens of this listing so far
 * @throws CutAnswer when the document cannot be a whole answer: an empty body parses into an "empty bucket",
 * fewer rows than the store says it sent were lost on the way, and a page that goes on without a new token never ends.
 */
export function pageOf(raw: RawListing, asked: ReadonlySet<string>): { page: Page; token: string | undefined } {
  const { objects, prefixes, keyCount, truncated, named, token } = raw;
  if (truncated === undefined && !named) throw new CutAnswer('the listing has no end and no name');
  if (keyCount !== undefined && keyCount > objects.length + prefixes.length) {
    throw new CutAnswer(`the listing announces ${String(keyCount)} rows and has fewer`);
  }
  if (truncated === true && (token === undefined || token === '' || asked.has(token))) {
    throw new CutAnswer('the listing goes on, but names no new token');
  }
  return { page: { objects, prefixes, more: truncated === true }, token: truncated === true ? token : undefined };
}

/** What the SDK read, where it had to. @throws CutAnswer when a row is not whole */
export function rawOf(output: ListObjectsV2CommandOutput): RawListing {
  const { Contents = [], CommonPrefixes = [], KeyCount, IsTruncated, Name, NextContinuationToken } = output;
  const decode = output.EncodingType === 'url' ? decodeKey : (text: string) => text;
  const objects = Contents.map((row) => {
    if (row.Key === undefined || row.Size === undefined || row.LastModified === undefined) {
      throw new CutAnswer('a row of the listing lacks its key, size or time');
    }
    if (!Number.isSafeInteger(row.Size) || row.Size < 0) throw new CutAnswer('a row of the listing has no usable size');
    return {
      key: decode(row.Key),
      size: row.Size,
      lastModified: row.LastModified.toISOString(),
      etag: row.ETag ?? '',
    };
  });
  const prefixes = CommonPrefixes.map((row) => {
    if (row.Prefix === undefined) throw new CutAnswer('a row of the listing lacks its prefix');
    return decode(row.Prefix);
  });
  return {
    objects,
    prefixes,
    keyCount: KeyCount,
    truncated: IsTruncated,
    named: Name !== undefined,
    token: NextContinuationToken,
  };
}
