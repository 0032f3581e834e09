import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { audit } from '../../src/audit/audit.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { openTails } from '../../src/bucket/tail.ts';
import { bucketDefaults, type BucketConfig } from '../../src/config/config.ts';
import type { Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import type { PlanFile } from '../../src/repair/plan-files.ts';
import { makePlan, type Plan } from '../../src/repair/plan.ts';
import { startS3, type BucketContents, type Faults } from '../s3/server.ts';

/** Audits a bucket deep over HTTP, and plans what would mend it, as if it lay on AWS. Faults are there for the plan alone. */
export async function planned(
  name: string,
  contents: BucketContents,
  now: Date,
  { config = {}, faults }: { config?: Partial<BucketConfig>; faults?: Faults } = {},
): Promise<{ report: Report; plan: Plan | null }> {
  const s3 = await startS3({ buckets: { [name]: contents } });
  const connection = { ...defaultConnection, endpoint: s3.url };
  const store = openBucket(name, connection, { retryDelayMs: 0 });
  const tails = openTails(name, connection, { retryDelayMs: 0 });
  try {
    const bucket = { ...bucketDefaults(name), ...config };
    const outcome = await audit({ bucket, store, startedAt: now, mode: 'deep' });
    const told = assembleReport(outcome, judge(null, outcome, now));
    const report = { ...told, bucket: { ...told.bucket, endpoint: null } };
    s3.fail(faults);
    return { report, plan: await makePlan({ bucket: store, tails, report, now }) };
  } finally {
    store.close();
    tails.close();
    await s3.close();
  }
}

/** Writes a plan into a new folder. */
export function unpack(folder: string, files: readonly PlanFile[]): void {
  for (const { name, content } of files) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

export const told = ({ findings }: Report): string[] =>
  findings.map(({ kind, subject }) => `${kind} ${subject}`).sort();
