import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { openTails, type Tails } from '../../src/bucket/tail.ts';
import { objectOf } from '../s3/client.ts';
import { startS3, type S3 } from '../s3/server.ts';

let s3: S3;
let tails: Tails;

beforeEach(async () => {
  s3 = await startS3({ buckets: { bucket: { objects: [objectOf('a', '0123456789'), objectOf('empty')] } } });
  tails = openTails('bucket', { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
});

afterEach(async () => {
  tails.close();
  await s3.close();
});

describe('the end of an object', () => {
  it.each([
    ['a', 3, '789', 10],
    ['a', 10, '0123456789', 10],
    ['a', 100, '0123456789', 10],
    ['empty', 3, '', 0],
  ])('of %s, %i bytes of it, is told with its whole size', async (key, bytes, end, size) => {
    expect(await tails.tail(key, bytes)).toEqual({ state: 'present', value: { bytes: Buffer.from(end), size } });
    expect(s3.requests.map(({ operation }) => operation)).toEqual(['GetObject']);
  });

  it('is absent only where the store says so', async () => {
    expect(await tails.tail('nothing', 3)).toEqual({ state: 'absent' });
    s3.fail(() => ({ kind: 'status', status: 403, code: 'AccessDenied' }));
    expect(await tails.tail('nothing', 3)).toMatchObject({ state: 'unknown', failure: { code: 'AccessDenied' } });
    s3.fail(() => ({ kind: 'status', status: 404, code: 'NoSuchBucket' }));
    expect(await tails.tail('nothing', 3)).toMatchObject({ state: 'unknown' });
  });

  it('is unknown where it arrives cut', async () => {
    s3.fail(() => ({ kind: 'truncate', keep: 0.5 }));
    expect(await tails.tail('a', 10)).toMatchObject({ state: 'unknown' });
  });

  it('is not asked for by a key that no request can name', async () => {
    expect(await tails.tail('\udc80', 3)).toMatchObject({ state: 'unknown', failure: { code: 'NotUtf8' } });
    expect(s3.requests).toEqual([]);
  });
});
