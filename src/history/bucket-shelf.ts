import { GetObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { besideAnAudit, s3ClientConfig } from '../bucket/client.ts';
import type { Connection } from '../bucket/connection.ts';
import { CutAnswer, failureOf } from '../bucket/failure.ts';
import type { Condition, Shelf, Stored } from './shelf.ts';

/** How often an answer that arrived cut is asked for again. */
const attempts = 3;

/**
 * A shelf in a bucket. Only the store's own `NoSuchKey` is absence.
 * @param prefix empty, or ending in `/`.
 */
export function bucketShelf(bucket: string, prefix: string, connection: Connection): Shelf {
  // Made at the first request: a CA bundle that cannot be read is an answer to that request, not an end of the program.
  let made: S3Client | null = null;
  const client = () => (made ??= new S3Client(s3ClientConfig(connection, besideAnAudit)));
  const owner = connection.expectedOwner === null ? {} : { ExpectedBucketOwner: connection.expectedOwner };
  const place = (path: string) => ({ Bucket: bucket, Key: `${prefix}${path}`, ...owner });

  async function readOnce(path: string): Promise<Stored> {
    const output = await client().send(new GetObjectCommand(place(path)));
    let bytes: Uint8Array;
    try {
      bytes = (await output.Body?.transformToByteArray()) ?? new Uint8Array();
    } catch {
      throw new CutAnswer('the body broke off');
    }
    if (output.ContentLength !== undefined && output.ContentLength !== bytes.length) {
      throw new CutAnswer('the body is shorter than announced');
    }
    return { bytes: Buffer.from(bytes), etag: output.ETag ?? '' };
  }

  return {
    read: async (path) => {
      for (let left = attempts; ; left--) {
        try {
          return { state: 'present', value: await readOnce(path) };
        } catch (error) {
          const failure = failureOf('GetObject', error);
          if (failure.code === 'NoSuchKey' && failure.status === 404) return { state: 'absent' };
          if (failure.code !== 'CutAnswer' || left <= 1) return { state: 'unknown', failure };
        }
      }
    },
    write: async (path, bytes, contentType, condition) => {
      try {
        await client().send(
          new PutObjectCommand({ ...place(path), Body: bytes, ContentType: contentType, ...headersOf(condition) }),
        );
        return 'written';
      } catch (error) {
        const { status, code } = failureOf('PutObject', error);
        // 409: another write of the same key was under way. 404: the version to replace is gone.
        const refused = status === 412 || status === 409 || (status === 404 && code === 'NoSuchKey');
        if (condition !== null && refused) return 'refused';
        // Stores say in several ways that they know no conditions; a 400 of another cause comes again without them.
        if (condition !== null && (status === 400 || status === 405 || status === 501)) return 'unsupported';
        throw error;
      }
    },
    url: (path) => `s3://${bucket}/${prefix}${path}`,
  };
}

function headersOf(condition: Condition | null): { IfNoneMatch?: string; IfMatch?: string } {
  if (condition === null) return {};
  return 'absent' in condition ? { IfNoneMatch: '*' } : { IfMatch: condition.etag };
}
