import { afterEach, describe, expect, it } from 'vitest';
import { objectOf } from '../s3/client.ts';
import { startS3, type S3 } from '../s3/server.ts';

const opened: S3[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((s3) => s3.close()));
});

async function start(...keys: string[]): Promise<S3> {
  const s3 = await startS3({
    buckets: { b: { objects: keys.map((key) => objectOf(key)) } },
    pageSize: 1,
    keepListings: true,
  });
  opened.push(s3);
  return s3;
}

const list = async (s3: S3, token = '') => {
  const query = token === '' ? '' : `&continuation-token=${encodeURIComponent(token)}`;
  const answer = await fetch(`${s3.url}/b?list-type=2${query}`);
  const text = await answer.text();
  return {
    text,
    keys: [...text.matchAll(/<Key>([^<]*)</g)].map(([, key]) => key),
    next: /<NextContinuationToken>([^<]*)</.exec(text)?.[1] ?? '',
    date: answer.headers.get('date') ?? '',
  };
};

describe('a listing out of date', () => {
  it('is what the same request was answered before', async () => {
    const s3 = await start('old');
    await list(s3);
    s3.buckets.get('b')?.remove('old');
    s3.buckets.get('b')?.put(objectOf('young'));
    s3.fail(() => ({ kind: 'stale-page' }));
    expect((await list(s3)).keys).toEqual(['old']);
    expect((await list(s3)).keys).toEqual(['young']);
  });

  it('is the page before, when that is asked for', async () => {
    const s3 = await start('a', 'b');
    const { next } = await list(s3);
    s3.fail(() => ({ kind: 'stale-page', page: 'before' }));
    expect((await list(s3, next)).keys).toEqual(['a']);
  });

  it('is the right one where there is none before', async () => {
    const s3 = await start('a', 'b');
    s3.fail(() => ({ kind: 'stale-page', page: 'before' }));
    expect((await list(s3)).keys).toEqual(['a']);
  });
});

it('a listing that lost rows on the way, and looks whole, still counts them', async () => {
  const s3 = await start('a', 'b');
  s3.fail(() => ({ kind: 'truncate', arrives: 'whole', items: 1 }));
  const { text, keys } = await list(s3);
  expect(keys).toEqual([]);
  expect(text).toContain('<KeyCount>1</KeyCount>');
  expect(text).toMatch(/<\/ListBucketResult>$/);
});

it('a store whose clock is wrong says so in its date alone', async () => {
  const s3 = await start('a');
  s3.fail(() => ({ kind: 'skew', ms: 24 * 3_600_000 }));
  const { keys, date } = await list(s3);
  expect(keys).toEqual(['a']);
  expect(Date.parse(date) - Date.now()).toBeGreaterThan(23 * 3_600_000);
});
