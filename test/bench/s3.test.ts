import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { madeBucket, type MadeBucket } from '../../bench/s3/bucket.ts';
import { startMadeS3, type MadeS3 } from '../../bench/s3/server.ts';
import { filesOfStreams, shapeOf, type Shape } from '../../bench/s3/shape.ts';
import { audit } from '../../src/audit/audit.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults } from '../../src/config/config.ts';
import { clientOf } from '../s3/client.ts';
import { startS3, type S3, type StoredObject } from '../s3/server.ts';
import { auditTime } from '../support/audited.ts';

const shape: Shape = shapeOf(300, { streams: 4, days: 3, skew: 1, foreign: 2, foreignObjects: 5 });

const everything = (bucket: MadeBucket): StoredObject[] =>
  Array.from({ length: bucket.size }, (_, index) => {
    const { key, size, lastModified, etag } = bucket.object(index);
    const body = bucket.body(index);
    return { key, size, lastModified: new Date(lastModified), etag, ...(body === null ? {} : { body }) };
  });

let made: MadeS3;
let stored: S3;
let clients: { made: S3Client; stored: S3Client };

beforeAll(async () => {
  made = await startMadeS3({ shape });
  stored = await startS3({ buckets: { [shape.bucket]: { objects: everything(made.bucket) } } });
  clients = { made: clientOf(made.url), stored: clientOf(stored.url) };
});

afterAll(async () => {
  clients.made.destroy();
  clients.stored.destroy();
  await made.close();
  await stored.close();
});

interface Asked {
  Prefix: string;
  Delimiter: string;
  StartAfter: string;
  MaxKeys: number;
  EncodingType?: 'url';
}

/** Every page of a listing, without the tokens, which are each server's own. */
async function pagesOf(client: S3Client, { Prefix, Delimiter, StartAfter, ...asked }: Asked) {
  const pages: unknown[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({
        Bucket: shape.bucket,
        ...asked,
        ...(Prefix === '' ? {} : { Prefix }),
        ...(Delimiter === '' ? {} : { Delimiter }),
        ...(StartAfter === '' ? {} : { StartAfter }),
        ContinuationToken: token,
      }),
    );
    token = page.NextContinuationToken;
    pages.push({
      rows: page.Contents?.map(({ Key, Size, ETag, LastModified }) => ({ Key, Size, ETag, LastModified })),
      prefixes: page.CommonPrefixes,
      count: page.KeyCount,
      more: page.IsTruncated,
      echo: [page.Name, page.Prefix, page.Delimiter, page.StartAfter, page.MaxKeys, page.EncodingType],
    });
  } while (token !== undefined && pages.length < 1_000);
  return pages;
}

/** A key of the bucket, a part of one, or something near it. */
const nearKeys = fc
  .tuple(fc.nat(), fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom('', '', '!', '/', '~', 'ä'))
  .map(([index, share, end]) => {
    const key = made.bucket.key(index % made.bucket.size);
    return key.slice(0, Math.round(key.length * share)) + end;
  });

describe('the made-up S3', () => {
  test('lists what a plain server lists that holds the same objects, page by page', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          Prefix: fc.oneof(fc.constant(''), nearKeys),
          Delimiter: fc.constantFrom('', '/', '/date=', '/hour=', '-0', 'e'),
          StartAfter: fc.oneof(fc.constant(''), nearKeys),
          MaxKeys: fc.integer({ min: 20, max: 1_500 }),
        }),
        fc.boolean(),
        async (given, url) => {
          const asked = url ? { ...given, EncodingType: 'url' as const } : given;
          expect(await pagesOf(clients.made, asked)).toEqual(await pagesOf(clients.stored, asked));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('finds each key where it is, and between two keys the second', () => {
    const { bucket } = made;
    for (let index = 0; index < bucket.size; index++) {
      const key = bucket.key(index);
      expect(bucket.object(index).key).toBe(key);
      expect(bucket.place(key)).toBe(index);
      expect(bucket.place(`${key}!`)).toBe(index + 1);
      expect(index === 0 || bucket.key(index - 1) < key).toBe(true);
    }
  });

  test('is the same bucket for the same seed, and another for another', () => {
    const again = everything(madeBucket(shape));
    expect(again).toEqual(everything(made.bucket));
    expect(everything(madeBucket({ ...shape, seed: 2 }))).not.toEqual(again);
  });

  test.each([0, 1])('holds about as many objects as were asked for, at a skew of %d', (skew) => {
    const { size } = madeBucket(shapeOf(1_000_000, { skew }));
    expect(Math.abs(size - 1_000_000)).toBeLessThan(2_000);
  });

  test('gives the largest stream most of a skewed bucket, and an even one to all alike', () => {
    expect(new Set(filesOfStreams(shapeOf(10_000, { skew: 0 }))).size).toBe(1);
    const files = filesOfStreams(shapeOf(1_000_000, { skew: 1 }));
    expect(Math.max(...files)).toBeGreaterThan(50 * Math.min(...files));
  });

  test('tells manifests as long as they are, and in them each file of the day as it is listed', async () => {
    const { bucket } = made;
    let manifests = 0;
    for (let index = 0; index < bucket.size; index++) {
      const body = bucket.body(index);
      const { key, size } = bucket.object(index);
      if (body !== null) expect(body.length).toBe(size);
      if (body === null || !key.endsWith('.manifest.json')) continue;
      manifests++;
      const answer = await fetch(`${made.url}/${shape.bucket}/${key}`);
      const manifest = (await answer.json()) as { files: { file_path: string; file_size: number }[] };
      const first = index - manifest.files.length;
      expect(manifest.files.map(({ file_path, file_size }) => [file_path, file_size])).toEqual(
        manifest.files.map((_, at) => [bucket.object(first + at).key, bucket.object(first + at).size]),
      );
    }
    expect(manifests).toBe(shape.streams * shape.days);
  });

  test('refuses the share of the requests that it is told to, the same ones each time', async () => {
    const statuses = async () => {
      const s3 = await startMadeS3({ shape, slowDownRate: 0.25 });
      const seen: number[] = [];
      for (let one = 0; one < 200; one++) seen.push((await fetch(`${s3.url}/${shape.bucket}?list-type=2`)).status);
      expect(s3.usage()).toMatchObject({ list: 200, slowDown: seen.filter((status) => status === 503).length });
      await s3.close();
      return seen;
    };
    const seen = await statuses();
    expect(seen.filter((status) => status === 503).length).toBeGreaterThan(25);
    expect(seen.filter((status) => status === 200).length).toBeGreaterThan(100);
    expect(await statuses()).toEqual(seen);
  });

  test('says to another process what it was asked, and begins anew when it is told to', async () => {
    const s3 = await startMadeS3({ shape });
    const ask = async (what: string) => (await fetch(`${s3.url}/-/${what}`)).json();
    await fetch(`${s3.url}/${shape.bucket}?list-type=2`);
    await fetch(`${s3.url}/${shape.bucket}/nothing`);
    expect(await ask('usage')).toMatchObject({ list: 1, get: 1, other: 0, slowDown: 0 });
    expect(await ask('reset')).toMatchObject({ list: 0, get: 0 });
    const tagOf = async () =>
      (await fetch(`${s3.url}/${shape.bucket}/stream-00000/.stream/.stream.json`)).headers.get('etag');
    const before = await tagOf();
    await ask('touch?streams=1');
    expect(await tagOf()).not.toBe(before);
    await s3.close();
  });

  test('serves a bucket that an audit finds healthy to the bottom of its streams', async () => {
    const s3 = await startMadeS3({ shape: { ...shape, foreign: 0 } });
    const store = openBucket(shape.bucket, { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
    const outcome = await audit({
      bucket: bucketDefaults(shape.bucket),
      store,
      startedAt: auditTime,
      mode: 'deep',
    });
    store.close();
    await s3.close();
    expect(outcome.completeness).toBe('full');
    expect(outcome.candidates).toEqual([]);
    expect(outcome.streams.reduce((sum, { objects }) => sum + (objects ?? 0), 0)).toBeGreaterThan(250);
  });
});
