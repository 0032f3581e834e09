import { audit, type AuditOptions } from '../../src/audit/audit.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults, type BucketConfig } from '../../src/config/config.ts';
import { startS3, type BucketContents, type Faults, type StoredObject } from '../s3/server.ts';

export const auditTime = new Date('2026-11-24T06:00:00Z');

/** What else an audit in a test may be given. */
interface Around extends Partial<Pick<AuditOptions, 'layout' | 'earlier' | 'peers' | 'startedAt' | 'mode'>> {
  /** Unfinished uploads, and how the bucket is set. */
  contents?: Omit<BucketContents, 'objects'>;
  faults?: Faults;
}

/** Audits objects that lie on the small S3, over HTTP, and gives the outcome. */
export async function auditObjects(
  objects: readonly StoredObject[],
  config: Partial<BucketConfig> = {},
  { contents = {}, faults, ...around }: Around = {},
): Promise<Outcome> {
  const s3 = await startS3({
    buckets: { bucket: { objects, ...contents } },
    ...(faults === undefined ? {} : { faults }),
  });
  const store = openBucket('bucket', { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  try {
    return await audit({
      bucket: { ...bucketDefaults('bucket'), ...config },
      store,
      startedAt: auditTime,
      ...around,
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

/** The finding of a kind; fails where there is none. */
export function findingOf({ candidates }: Outcome, kind: string): Outcome['candidates'][number] {
  const found = candidates.find((one) => one.kind === kind);
  if (found === undefined) throw new Error(`no ${kind} among ${candidates.map((one) => one.kind).join(', ')}`);
  return found;
}
