import { describe, expect, it } from 'vitest';
import { follow, leap, thrift, type Next, type Step } from '../../../src/audit/look/follow.ts';
import { endOf } from '../../../src/audit/look/rows.ts';
import { openBucket } from '../../../src/bucket/bucket.ts';
import { defaultConnection } from '../../../src/bucket/connection.ts';
import { objectOf } from '../../s3/client.ts';
import {
  cutsLongDelimiters,
  ignoresLongDelimiters,
  ignoresStartAfter,
  listsOutOfOrder,
  repeatsTokens,
} from '../../s3/oddities.ts';
import { startS3, type S3Options } from '../../s3/server.ts';

const keys = ['a/.x', 'a/date=1/x', 'a/date=2/x', 'b/1', 'b/2', 'b/3', 'b/4', 'c/date=1/x', 'c/y', 'd'];

/** Follows a listing of these keys, folded at `/date=`: the rows that came, and how it ended. */
async function followed(
  options: Partial<S3Options> = {},
  onPage: (step: Step) => Next = () => 'on',
  { from = null, ...patience }: { from?: string | null; fullRows?: number; shortPages?: number } = {},
) {
  const objects = keys.map((key) => objectOf(key, 'x'));
  const s3 = await startS3({ buckets: { bucket: { objects } }, pageSize: 2, ...options });
  const bucket = openBucket('bucket', { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  const rows: string[] = [];
  try {
    const ended = await follow(bucket, '/date=', { from, ...thrift, shortPages: 100, ...patience }, (step) => {
      rows.push(...step.rows.map(({ at }) => at));
      return onPage(step);
    });
    return { rows, ...ended };
  } finally {
    bucket.close();
    await s3.close();
  }
}

const folded = ['a/.x', 'a/date=', 'b/1', 'b/2', 'b/3', 'b/4', 'c/date=', 'c/y', 'd'];

describe('a listing that is followed', () => {
  it('comes to the end of the bucket', async () => {
    expect(await followed()).toEqual({ rows: folded, end: 'whole', position: 'd' });
  });

  it('begins where it is told to', async () => {
    expect((await followed({}, undefined, { from: 'b/3' })).rows).toEqual(folded.slice(5));
  });

  it('ends when it is told to, and knows how far it came: with a folded row, past all that it stands for', async () => {
    expect(await followed({}, () => 'stop')).toEqual({
      rows: folded.slice(0, 2),
      end: 'stopped',
      position: endOf('a/date='),
    });
  });

  it('leaps over a prefix', async () => {
    const { rows } = await followed({}, ({ position }) => (position === 'b/2' ? leap(endOf('b/'), position) : 'on'));
    expect(rows).toEqual([...folded.slice(0, 4), ...folded.slice(6)]);
  });

  it('never leaps back, nor to what cannot be asked for', () => {
    expect([leap('a', 'b'), leap('b', 'b'), leap('c\udc80', 'b'), leap('c', 'b')]).toEqual([
      'on',
      'on',
      'on',
      { past: 'c' },
    ]);
  });

  it('is cut where a page cannot be had: what came before it counts', async () => {
    const faults: S3Options['faults'] = ({ query }) =>
      query.has('continuation-token') ? { kind: 'status', status: 403, code: 'AccessDenied' } : null;
    expect(await followed({ faults })).toEqual({ rows: folded.slice(0, 2), end: 'cut', position: endOf('a/date=') });
  });

  it('is cut after so many short pages', async () => {
    expect(await followed({}, undefined, { shortPages: 1 })).toEqual({
      rows: folded.slice(0, 4),
      end: 'cut',
      position: 'b/2',
    });
    expect((await followed({}, undefined, { shortPages: 1, fullRows: 2 })).end).toBe('whole');
  });

  it.each([
    ['ignores the delimiter', ignoresLongDelimiters],
    ['takes the first of its characters', cutsLongDelimiters],
    ['lists out of order', listsOutOfOrder],
  ])('is not trusted where the store %s', async (_, oddity) => {
    expect((await followed({ oddity, pageSize: 5 })).end).toBe('distrusted');
  });

  it('is not trusted where a leap brings back what was seen', async () => {
    const onPage = ({ position }: Step): Next => (position === 'b/2' ? leap(endOf('b/'), position) : 'on');
    expect((await followed({ oddity: ignoresStartAfter }, onPage)).end).toBe('distrusted');
  });

  it('is cut where the store gives the same token twice', async () => {
    expect((await followed({ oddity: repeatsTokens() })).end).toBe('cut');
  });
});
