import type { ListMultipartUploadsCommandOutput } from '@aws-sdk/client-s3';
import { CutAnswer } from './failure.ts';
import { decodeKey } from './keys.ts';

/** An upload in parts that was begun and neither completed nor aborted. */
export interface Upload {
  key: string;
  id: string;
  /** RFC 3339. */
  initiated: string;
}

/** Unfinished uploads; `complete` is false when the listing was not followed to its end. */
export interface Uploads {
  uploads: Upload[];
  complete: boolean;
}

/** Where a page of uploads begins. */
export interface UploadMarker {
  KeyMarker: string;
  UploadIdMarker: string;
}

/** Turns a page of unfinished uploads into rows, and where the next one begins. @throws CutAnswer as `pageOf` does. */
export function uploadsOf(
  output: ListMultipartUploadsCommandOutput,
  asked: UploadMarker | undefined,
): { uploads: Upload[]; next: UploadMarker | undefined } {
  const { Uploads: rows = [], IsTruncated, Bucket, NextKeyMarker = '', NextUploadIdMarker = '' } = output;
  if (IsTruncated === undefined && Bucket === undefined) throw new CutAnswer('the listing has no end and no name');
  const decode = output.EncodingType === 'url' ? decodeKey : (text: string) => text;
  // Ceph encodes the keys of the rows and not this one.
  const isPlain = NextKeyMarker !== rows.at(-1)?.Key && NextKeyMarker === decode(rows.at(-1)?.Key ?? '');
  const next = { KeyMarker: isPlain ? NextKeyMarker : decode(NextKeyMarker), UploadIdMarker: NextUploadIdMarker };
  const stuck = next.KeyMarker === asked?.KeyMarker && next.UploadIdMarker === asked.UploadIdMarker;
  if (IsTruncated === true && (NextKeyMarker === '' || stuck)) {
    throw new CutAnswer('the listing goes on, but names no new place');
  }
  const uploads = rows.map(({ Key, UploadId, Initiated }) => {
    if (Key === undefined || UploadId === undefined || Initiated === undefined) {
      throw new CutAnswer('a row of the listing lacks its key, id or time');
    }
    return { key: decode(Key), id: UploadId, initiated: Initiated.toISOString() };
  });
  return { uploads, next: IsTruncated === true ? next : undefined };
}
