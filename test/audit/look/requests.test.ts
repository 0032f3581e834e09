import { afterEach, describe, expect, it } from 'vitest';
import type { AuditProgress } from '../../../src/audit/audit.ts';
import { startS3, type RequestLog, type S3 } from '../../s3/server.ts';
import { object } from '../../support/generated.ts';
import { auditOn, bucketOf, lastDays, listingsOf, nameOf } from './ways.ts';

const opened: S3[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((s3) => s3.close()));
});

async function start(objects: ReturnType<typeof bucketOf>): Promise<S3> {
  const s3 = await startS3({ buckets: { bucket: { objects } } });
  opened.push(s3);
  return s3;
}

/** So many prefixes of another writer, each beside a stream, with so many keys each. */
const foreign = (prefixes: number, keys: number, streams: number) =>
  Array.from({ length: prefixes }, (_, n) =>
    Array.from({ length: keys }, (__, key) =>
      object(
        `${nameOf(Math.floor((n * streams) / prefixes)).slice(0, -1)}.backup/part-${String(key).padStart(5, '0')}`,
        9,
      ),
    ),
  ).flat();

const later = (hours: number) => new Date(Date.parse('2026-11-24T06:00:00Z') + hours * 3_600_000);
const reads = (asked: readonly RequestLog[]) =>
  asked.filter(({ operation, key }) => operation === 'GetObject' && key.includes('/.stream/')).length;

/** What the whole bucket may cost to be listed without its days. */
const rowsLimit = (streams: number, others: number) => Math.ceil((3 * streams + 2 * others) / 1_000) + 10;
const daysLimit = (streams: number, days: number) => (1.1 * streams * (2 + 2 * days)) / 1_000;

describe('a bucket of two thousand streams and twenty foreign prefixes', () => {
  const [streams, days, others] = [2_000, 3, 20];

  it('costs a listing per thousand rows, one of days that neighbours share, and a read per marker; later nearly nothing', async () => {
    const s3 = await start([...bucketOf(streams, lastDays(days)), ...foreign(others, 3, streams)]);
    const first = await auditOn(s3);
    expect(first.found.entries).toHaveLength(1 + streams + others);
    expect(first.found.completeness).toBe('full');
    const cost = listingsOf(first.asked);
    expect(cost.bucket).toBeLessThanOrEqual(rowsLimit(streams, others));
    expect(cost.days).toBeLessThanOrEqual(daysLimit(streams, days));
    // The small foreign prefixes were seen whole already.
    expect(cost.own).toEqual([]);
    expect(reads(first.asked)).toBe(streams);

    const second = await auditOn(s3, { earlier: first.found.known, startedAt: later(3) });
    expect(second.asked.length).toBeLessThanOrEqual(rowsLimit(streams, others));
    expect([listingsOf(second.asked).days, reads(second.asked)]).toEqual([0, 0]);
    expect(second.found.streams).toEqual(first.found.streams);
    expect(second.found.candidates.map(({ kind, subject }) => [kind, subject])).toEqual(
      first.found.candidates.map(({ kind, subject }) => [kind, subject]),
    );

    const nextDay = await auditOn(s3, { earlier: second.found.known, startedAt: later(24) });
    expect(listingsOf(nextDay.asked).days).toBe(cost.days);
    expect(reads(nextDay.asked)).toBe(0);
  }, 60_000);
});

it('a bucket that is listed as a whole tells how many objects it has seen, then how many prefixes are done', async () => {
  const streams = 400;
  const s3 = await start(bucketOf(streams, lastDays(1)));
  const told: AuditProgress[] = [];
  await auditOn(s3, { onProgress: (progress) => told.push({ ...progress }) });
  const listed = told.flatMap(({ phase, objects }) => (phase === 'listing' ? [objects?.done ?? -1] : []));
  expect(listed.length).toBeGreaterThan(0);
  expect(listed).toEqual(listed.toSorted((a, b) => a - b));
  expect(listed.at(-1)).toBeGreaterThanOrEqual(streams);
  expect(told.findLastIndex(({ phase }) => phase === 'listing')).toBeLessThan(
    told.findIndex(({ phase }) => phase === 'looking'),
  );
  expect(told.findLast(({ phase }) => phase === 'looking')).toMatchObject({ done: streams + 1, total: streams + 1 });
});

describe('foreign prefixes of several pages', () => {
  it('cost one more page each, of the bucket and of days, beside their sizing', async () => {
    const [streams, days, others] = [400, 4, 8];
    const s3 = await start([...bucketOf(streams, lastDays(days)), ...foreign(others, 2_500, streams)]);
    const { found, asked } = await auditOn(s3);
    expect(found.entries).toHaveLength(1 + streams + others);
    const cost = listingsOf(asked);
    expect(cost.bucket).toBeLessThanOrEqual(rowsLimit(streams, others) + others);
    expect(cost.days).toBeLessThanOrEqual(daysLimit(streams, days) + others);
    expect(cost.own).toHaveLength(3 * others);
  }, 60_000);
});

describe('days', () => {
  it('of many pages are listed side by side, for a tenth more', async () => {
    const [streams, days] = [80, 365];
    const s3 = await start(bucketOf(streams, lastDays(days)));
    const { found, asked } = await auditOn(s3);
    const { days: pages, own } = listingsOf(asked);
    expect(pages).toBeGreaterThan(24);
    expect(pages).toBeLessThanOrEqual(daysLimit(streams, days));
    expect(own).toEqual([]);
    expect(found.streams.every((stream) => stream.days?.length === 1)).toBe(true);
  }, 60_000);

  it('are listed anew only of streams whose metadata changed, with leaps over the others', async () => {
    const streams = 300;
    const s3 = await start(bucketOf(streams, lastDays(10)));
    const { found } = await auditOn(s3);
    for (const n of [0, 150, 151, 299]) {
      const key = `${nameOf(n)}.stream/.stream.json`;
      const one = s3.buckets.get('bucket')?.get(key);
      if (one !== undefined) s3.buckets.get('bucket')?.put({ ...one, etag: 'changed' });
    }
    const { asked } = await auditOn(s3, { earlier: found.known, startedAt: later(1) });
    expect([listingsOf(asked).days, reads(asked)]).toEqual([3, 4]);
  }, 60_000);
});

it('a bucket of few prefixes is listed prefix by prefix', async () => {
  const s3 = await start(bucketOf(20, lastDays(2)));
  const { asked } = await auditOn(s3);
  expect(listingsOf(asked)).toMatchObject({ bucket: 1, days: 0 });
});
