import type { ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import { CutAnswer } from './failure.ts';
import { decodeKey } from './keys.ts';

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
 * Turns an answer into a page.
 * @throws CutAnswer when the document cannot be a whole answer: an empty body parses into an "empty bucket",
 * fewer rows than the store says it sent were lost on the way, and a page that goes on without a new token never ends.
 */
export function pageOf(
  output: ListObjectsV2CommandOutput,
  asked: ReadonlySet<string>,
): { page: Page; token: string | undefined } {
  const { Contents = [], CommonPrefixes = [], KeyCount, IsTruncated, Name, NextContinuationToken: token } = output;
  if (IsTruncated === undefined && Name === undefined) throw new CutAnswer('the listing has no end and no name');
  if (KeyCount !== undefined && KeyCount > Contents.length + CommonPrefixes.length) {
    throw new CutAnswer(`the listing announces ${String(KeyCount)} rows and has fewer`);
  }
  if (IsTruncated === true && (token === undefined || token === '' || asked.has(token))) {
    throw new CutAnswer('the listing goes on, but names no new token');
  }
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
  return { page: { objects, prefixes, more: IsTruncated === true }, token: IsTruncated === true ? token : undefined };
}
