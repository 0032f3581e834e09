import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Earlier } from '../../../src/audit/earlier.ts';
import { startS3, type S3, type StoredBucket } from '../../s3/server.ts';
import { auditTime } from '../../support/audited.ts';
import { markerBody, object } from '../../support/generated.ts';
import { auditOn, bucketOf, delimiterOf, lastDays, listingsOf, type Found } from './ways.ts';

const stream = 'svc-00001/';
const marker = `${stream}.stream/.stream.json`;
const listing = { way: 'swift' as const };
const later = (hours: number) => new Date(auditTime.getTime() + hours * 3_600_000);
const told = ({ candidates }: Found) => candidates.map(({ kind, subject }) => `${kind} ${subject}`);
const daysOf = ({ streams }: Found, name: string) => streams.find((one) => one.name === name)?.days;
const manifests = lastDays(2).map((day) => `${stream}date=${day}/host.manifest.json`);
/** The stream's metadata after a sync. */
const touched = markerBody('v7', manifests, { stream_type: 'UserDefined' });
/** A manifest of a day that no audit has seen yet. */
const newDay = (prefix: string) => object(`${prefix}date=2026-11-24/host.manifest.json`, '{"version":"v1","files":[]}');

let s3: S3;
let bucket: StoredBucket;
let known: Earlier;

beforeEach(async () => {
  const objects = [
    ...bucketOf(3, lastDays(2)),
    object(`${stream}date=2026/a.parquet`, 10),
    object(`${stream}tmp/half.csv`, 10),
  ];
  s3 = await startS3({ buckets: { bucket: { objects } } });
  bucket = s3.buckets.get('bucket')!;
  const first = await auditOn(s3, { listing });
  expect(told(first.found)).toEqual([`malformed-date-prefix ${stream}date=2026/`, `foreign-in-stream ${stream}`]);
  known = first.found.known;
});
afterEach(() => s3.close());

/** An hour later unless told. */
const again = (startedAt = later(1), earlier = known) => auditOn(s3, { listing, earlier, startedAt });

describe('the days of a stream that an audit remembers', () => {
  it('are packed, with when they were listed', () => {
    expect(known.levels[stream]).toEqual({
      at: auditTime.toISOString(),
      markers: expect.stringMatching(/^[\w-]{12}$/) as unknown,
      days: ['2026-11-22..2026-11-23'],
      others: ['date=2026/'],
    });
  });

  it('are not listed again, and what lies beside them is told all the same', async () => {
    const { found, asked } = await again();
    expect(listingsOf(asked).days).toBe(0);
    expect(told(found)).toEqual([`malformed-date-prefix ${stream}date=2026/`, `foreign-in-stream ${stream}`]);
    expect(daysOf(found, stream)).toEqual(['2026-11-22..2026-11-23']);
    expect(found.known.levels).toEqual(known.levels);
  });

  it('are listed again when its metadata changed, and of no other stream', async () => {
    bucket.put(object(marker, touched));
    bucket.put(newDay(stream));
    bucket.put(newDay('svc-00002/'));
    const { found } = await again();
    expect(daysOf(found, stream)).toEqual(['2026-11-22..2026-11-24']);
    expect(daysOf(found, 'svc-00002/')).toEqual(['2026-11-22..2026-11-23']);
    expect([found.known.levels[stream]?.at, found.known.levels['svc-00002/']?.at]).toEqual([
      later(1).toISOString(),
      auditTime.toISOString(),
    ]);
  });

  it('are listed again when a node wrote its own metadata beside it', async () => {
    bucket.put(object(`${stream}.stream/.ingestor.4b8a8f48e53fd8c.stream.json`, markerBody('v7')));
    bucket.put(newDay(stream));
    expect(daysOf((await again()).found, stream)).toEqual(['2026-11-22..2026-11-24']);
  });

  it('are listed again a day after they were, not after the last audit', async () => {
    bucket.put(newDay(stream));
    const { found } = await again(later(23));
    expect(daysOf(found, stream)).toEqual(['2026-11-22..2026-11-23']);
    expect(daysOf((await again(later(24), found.known)).found, stream)).toEqual(['2026-11-22..2026-11-24']);
  });

  it('are listed again when the clock is behind that of the last look', async () => {
    bucket.put(newDay(stream));
    expect(daysOf((await again(later(-1))).found, stream)).toEqual(['2026-11-22..2026-11-24']);
  });

  it('are listed again where there were none', async () => {
    bucket.put(object('svc-9/.stream/.stream.json', markerBody('v7')));
    const { found } = await again();
    expect(daysOf(found, 'svc-9/')).toEqual([]);
    bucket.put(newDay('svc-9/'));
    expect(daysOf((await again(later(2), found.known)).found, 'svc-9/')).toEqual(['2026-11-24']);
  });

  it('are no days any more once all are gone', async () => {
    for (const { key } of bucketOf(3, lastDays(2))) if (key.startsWith(`${stream}date=`)) bucket.remove(key);
    bucket.remove(`${stream}date=2026/a.parquet`);
    const { found } = await again();
    expect(daysOf(found, stream)).toEqual([]);
    expect(told(found)).toEqual([`foreign-in-stream ${stream}`]);
  });

  it('do not keep a folder that looked like a day once it is gone', async () => {
    bucket.remove(`${stream}date=2026/a.parquet`);
    const { found, asked } = await again();
    expect(listingsOf(asked).days).toBe(0);
    expect(told(found)).toEqual([`foreign-in-stream ${stream}`]);
    expect(found.known.levels[stream]?.others).toEqual([]);
  });

  it('are not remembered beside objects that are named like days', async () => {
    bucket.put(object(`${stream}date=2026-11-01`, 3));
    bucket.put(object(marker, touched));
    const { found } = await again();
    expect(Object.keys(found.known.levels)).toEqual(['svc-00000/', 'svc-00002/']);
    expect(listingsOf((await again(later(2), found.known)).asked).days).toBe(1);
  });

  it('are not remembered beside more than twenty folders that look like days', async () => {
    for (let n = 0; n < 20; n++) bucket.put(object(`${stream}date=x${String(n)}/a`, 3));
    bucket.put(object(marker, touched));
    const { found } = await again();
    expect(told(found)).toHaveLength(22);
    expect(Object.keys(found.known.levels)).toEqual(['svc-00000/', 'svc-00002/']);
  });

  it('are not remembered of a stream whose level could not be listed', async () => {
    bucket.put(object(marker, touched));
    s3.fail((request) =>
      delimiterOf(request) === '/hour=' || (request.prefix === stream && delimiterOf(request) === '/')
        ? { kind: 'status', status: 403, code: 'AccessDenied' }
        : null,
    );
    const { found } = await again();
    expect(told(found)).toEqual([`scan-incomplete ${stream}`]);
    expect(Object.keys(found.known.levels)).toEqual(['svc-00000/', 'svc-00002/']);
  });

  it.each(['deep', 'preflight'] as const)('are not what a %s audit goes by', async (mode) => {
    bucket.put(newDay(stream));
    const { found } = await auditOn(s3, { listing, earlier: known, startedAt: later(1), mode });
    expect(daysOf(found, stream)).toEqual(['2026-11-22..2026-11-24']);
  });
});
