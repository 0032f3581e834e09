import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { readBody } from './body.ts';
import { s3ClientConfig } from './client.ts';
import type { Connection } from './connection.ts';
import type { BucketOptions } from './bucket.ts';
import { CutAnswer, failureOf, unaskable, type Read } from './failure.ts';

/** The last bytes of an object, and how many it has in all. */
export interface Tail {
  bytes: Buffer;
  size: number;
}

/** Reads the ends of objects, read-only: a Parquet file keeps there what it tells of itself. */
export interface Tails {
  /** So many bytes of its end, or all where it has fewer. */
  tail(key: string, bytes: number): Promise<Read<Tail>>;
  close(): void;
}

/** Opens a bucket for such reads. No request is sent yet. @throws CaBundleError */
export function openTails(name: string, connection: Connection, options: BucketOptions = {}): Tails {
  const client = new S3Client(s3ClientConfig(connection, options));
  const limit = pLimit(options.concurrency ?? 32);
  const owner = connection.expectedOwner === null ? {} : { ExpectedBucketOwner: connection.expectedOwner };
  const { signal } = options;

  const tail = (key: string, bytes: number): Promise<Read<Tail>> =>
    limit(async () => {
      if (!key.isWellFormed()) return { state: 'unknown', failure: unaskable('GetObject') };
      try {
        const { Body, ContentLength, ContentRange } = await client.send(
          new GetObjectCommand({ Bucket: name, Key: key, Range: `bytes=-${String(bytes)}`, ...owner }),
          signal === undefined ? {} : { abortSignal: signal },
        );
        // A store that knows no ranges sends the whole object.
        const whole = ContentRange === undefined ? ContentLength : Number(/\/(\d+)$/.exec(ContentRange)?.[1]);
        if (whole === undefined || Number.isNaN(whole)) throw new CutAnswer('the answer does not tell the size');
        const body = await readBody(Body as AsyncIterable<Uint8Array>, ContentLength, bytes);
        return { state: 'present', value: { bytes: body, size: whole } };
      } catch (thrown) {
        const failure = failureOf('GetObject', thrown, signal?.aborted);
        // No end can be had of nothing.
        if (failure.code === 'InvalidRange') return { state: 'present', value: { bytes: Buffer.alloc(0), size: 0 } };
        return failure.code === 'NoSuchKey' && failure.status === 404
          ? { state: 'absent' }
          : { state: 'unknown', failure };
      }
    });
  return {
    tail,
    close: () => {
      client.destroy();
    },
  };
}
