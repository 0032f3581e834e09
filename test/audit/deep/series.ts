import { onTestFinished } from 'vitest';
import { audit, type AuditOptions } from '../../../src/audit/audit.ts';
import type { Outcome } from '../../../src/audit/outcome.ts';
import { openBucket, type BucketOptions } from '../../../src/bucket/bucket.ts';
import { defaultConnection } from '../../../src/bucket/connection.ts';
import { bucketDefaults } from '../../../src/config/config.ts';
import { startS3, StoredBucket, type RequestLog, type S3, type S3Options, type StoredObject } from '../../s3/server.ts';
import { auditTime } from '../../support/audited.ts';

type Given = Partial<Pick<AuditOptions, 'knownDepth' | 'startedAt' | 'slots' | 'earlier'>> & BucketOptions;

/** A bucket that is audited several times, and may change in between. */
export interface Series {
  s3: S3;
  bucket: StoredBucket;
  /** A deep audit; with what the one before left where that is given. */
  look: (given?: Given) => Promise<Outcome>;
  /** What was asked since this was asked last. */
  asked: () => RequestLog[];
}

export async function openSeries(objects: readonly StoredObject[], options: Partial<S3Options> = {}): Promise<Series> {
  const bucket = new StoredBucket({ objects });
  const s3 = await startS3({ ...options, buckets: { bucket } });
  onTestFinished(() => s3.close());
  return {
    s3,
    bucket,
    look: async ({ knownDepth, startedAt = auditTime, slots = 4, earlier, ...connection } = {}) => {
      const store = openBucket(
        'bucket',
        { ...defaultConnection, endpoint: s3.url },
        { retryDelayMs: 0, ...connection },
      );
      try {
        return await audit({
          bucket: bucketDefaults('bucket'),
          store,
          startedAt,
          mode: 'deep',
          slots,
          ...(knownDepth === undefined ? {} : { knownDepth }),
          ...(earlier === undefined ? {} : { earlier }),
        });
      } finally {
        store.close();
      }
    },
    asked: () => s3.requests.splice(0),
  };
}

/** What a deep audit left, for the next one. */
export function left({ knownDepth }: Outcome): NonNullable<Outcome['knownDepth']> {
  if (knownDepth === null) throw new Error('the audit did not look inside');
  return knownDepth;
}

const keysRead = (asked: readonly RequestLog[], end: RegExp): string[] =>
  asked
    .filter(({ operation, key }) => operation === 'GetObject' && end.test(key))
    .map(({ key }) => key)
    .sort();
export const manifestsRead = (asked: readonly RequestLog[]): string[] => keysRead(asked, /manifest\.json$/);
export const schemasRead = (asked: readonly RequestLog[]): string[] => keysRead(asked, /\.schema$/);

/** Listings of what lies in the folders of days: by their prefix, or by where they begin. */
export const daysListed = (asked: readonly RequestLog[]): string[] =>
  asked
    .filter(({ operation, query }) => operation === 'ListObjectsV2' && query.get('delimiter') === null)
    .map(({ query }) => query.get('start-after') ?? query.get('prefix') ?? '')
    .filter((place) => place.includes('date='));

/** So many hours after the first audit. */
export const hours = (n: number): Date => new Date(auditTime.getTime() + n * 3_600_000);
