import { audit, type AuditOptions } from '../../../src/audit/audit.ts';
import type { Thrift } from '../../../src/audit/look/follow.ts';
import type { Outcome } from '../../../src/audit/outcome.ts';
import { openBucket } from '../../../src/bucket/bucket.ts';
import { defaultConnection } from '../../../src/bucket/connection.ts';
import { bucketDefaults, type BucketConfig } from '../../../src/config/config.ts';
import type { BucketContents, RequestLog, S3 } from '../../s3/server.ts';
import { startS3 } from '../../s3/server.ts';
import { auditTime } from '../../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../../support/generated.ts';

/** Leaps at every opportunity and is never out of patience: for pages of a few rows. */
export const eager: Thrift = { enough: 3, fullRows: 3, shortPages: 100_000, pagesPerLane: 1 };

type Around = Partial<Pick<AuditOptions, 'earlier' | 'startedAt' | 'mode' | 'listing' | 'onProgress'>> & {
  config?: Partial<BucketConfig>;
};

/** What an audit found; what it cost is left out. */
export type Found = Outcome;

/** One audit of the bucket `bucket` of a server: what it found and what it asked. */
export async function auditOn(
  s3: S3,
  { config = {}, ...around }: Around = {},
): Promise<{ found: Found; asked: RequestLog[] }> {
  const store = openBucket('bucket', { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  const before = s3.requests.length;
  try {
    const outcome = await audit({
      bucket: { ...bucketDefaults('bucket'), ...config },
      store,
      startedAt: auditTime,
      ...around,
    });
    const found = { ...outcome, requests: { list: 0, get: 0, head: 0, other: 0 }, finishedAt: outcome.startedAt };
    return { found, asked: s3.requests.slice(before) };
  } finally {
    store.close();
  }
}

/** The same bucket audited both ways. */
export async function bothWays(
  contents: BucketContents,
  { pageSize, thrift, ...around }: Around & { pageSize?: number; thrift?: Thrift } = {},
): Promise<{ plain: Found; swift: Found; asked: RequestLog[] }> {
  const s3 = await startS3({ buckets: { bucket: contents }, ...(pageSize === undefined ? {} : { pageSize }) });
  try {
    const { found: plain } = await auditOn(s3, { ...around, listing: { way: 'plain' } });
    const listing = { way: 'swift' as const, ...(thrift === undefined ? {} : { thrift }) };
    const { found: swift, asked } = await auditOn(s3, { ...around, listing });
    return { plain, swift, asked };
  } finally {
    await s3.close();
  }
}

/** How a listing is folded; empty for not at all. */
export const delimiterOf = ({ query }: Pick<RequestLog, 'query'>): string => query.get('delimiter') ?? '';

/** Listings by what they are for: the whole bucket, the days of many streams, or one prefix. */
export function listingsOf(asked: readonly RequestLog[]): { bucket: number; days: number; own: RequestLog[] } {
  const lists = asked.filter(({ operation }) => operation === 'ListObjectsV2');
  return {
    bucket: lists.filter((one) => one.prefix === '' && delimiterOf(one) !== '/hour=').length,
    days: lists.filter((one) => one.prefix === '' && delimiterOf(one) === '/hour=').length,
    own: lists.filter(({ prefix }) => prefix !== ''),
  };
}

/** The last days before the audit, the youngest first. */
export const lastDays = (count: number): string[] =>
  Array.from({ length: count }, (_, back) =>
    new Date(auditTime.getTime() - (back + 1) * 86_400_000).toISOString().slice(0, 10),
  );

/** A healthy stream with its schema, and with a manifest and two data files for each day. */
export function streamOf(prefix: string, days: readonly string[]): GeneratedObject[] {
  const manifests = days.map((day) => `${prefix}date=${day}/host.manifest.json`);
  return [
    object(`${prefix}.stream/.stream.json`, markerBody('v7', manifests)),
    object(`${prefix}.stream/.schema`, '{"fields":[],"metadata":{}}'),
    ...manifests.map((key) => object(key, '{"version":"v1","files":[]}')),
    ...days.flatMap((day) =>
      ['05', '06'].map((hour) =>
        object(`${prefix}date=${day}/hour=${hour}/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`, 100),
      ),
    ),
  ];
}

/** A bucket of so many streams, named in order. */
export const bucketOf = (streams: number, days: readonly string[]): GeneratedObject[] => [
  object('.parseable/.parseable.json', deploymentBody()),
  ...Array.from({ length: streams }, (_, n) => streamOf(nameOf(n), days)).flat(),
];

/** The prefix of the nth stream. */
export const nameOf = (n: number): string => `svc-${String(n).padStart(5, '0')}/`;
