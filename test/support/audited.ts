import { audit } from '../../src/audit/audit.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults, type BucketConfig } from '../../src/config/config.ts';
import type { Layout } from '../../src/parseable/layout.ts';
import { startS3, type StoredObject } from '../s3/server.ts';

export const auditTime = new Date('2026-11-24T06:00:00Z');

/** Audits objects that lie on the small S3, over HTTP, and gives the outcome. */
export async function auditObjects(
  objects: readonly StoredObject[],
  config: Partial<BucketConfig> = {},
  layout?: Layout,
): Promise<Outcome> {
  const s3 = await startS3({ buckets: { bucket: { objects } } });
  const store = openBucket('bucket', { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  try {
    return await audit({
      bucket: { ...bucketDefaults('bucket'), ...config },
      store,
      startedAt: auditTime,
      ...(layout === undefined ? {} : { layout }),
    });
  } finally {
    store.close();
    await s3.close();
  }
}

export const verdictsOf = ({ entries }: Outcome): Record<string, string> =>
  Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict]));

export const findingsOf = ({ candidates }: Outcome): string[] =>
  candidates.map(({ kind, subject }) => `${kind} ${subject}`).sort();
