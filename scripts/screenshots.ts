import { mkdir } from 'node:fs/promises';
import { resolve } from 'node:path';
import { audit } from '../src/audit/audit.ts';
import { nothingKnown } from '../src/audit/deep/known.ts';
import { openBucket } from '../src/bucket/bucket.ts';
import { defaultConnection } from '../src/bucket/connection.ts';
import { bucketDefaults } from '../src/config/config.ts';
import type { Report } from '../src/findings/report.ts';
import { assembleReport } from '../src/history/assemble.ts';
import { judge } from '../src/history/judge.ts';
import { emptyMemory } from '../src/history/memory.ts';
import { renderHtml } from '../src/report/html.ts';
import { open, startBrowser } from '../test/browser/browser.ts';
import { startS3 } from '../test/s3/server.ts';
import { loadRecorded } from '../test/support/recorded.ts';
import '../test/support/setup.ts';

/** The clock of the pictures. */
const now = new Date('2026-11-24T06:00:00Z');
const tookMs = 1_812;
/** A recorded bucket in which other programs left their files beside Parseable's streams. */
const shown = 'other-writers';

const folder = resolve(import.meta.dirname, '../docs/pictures');

/** Audits a recorded bucket over HTTP, with everything that differs from run to run held fast. */
async function reportOn(name: string): Promise<Report> {
  const { bucket, contents, expected } = loadRecorded(name, now);
  const s3 = await startS3({ buckets: { [bucket]: contents } });
  const store = openBucket(bucket, { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  try {
    const config = { ...bucketDefaults(bucket), serverVersion: '2.9.5', ...expected.config };
    const outcome = await audit({ bucket: config, store, startedAt: now, mode: 'deep', knownDepth: nothingKnown });
    const report = assembleReport(
      { ...outcome, finishedAt: new Date(now.getTime() + tookMs).toISOString() },
      judge(emptyMemory(bucket), outcome, now),
    );
    return JSON.parse(JSON.stringify(report).replaceAll(s3.url, 'http://minio:9000')) as Report;
  } finally {
    store.close();
    await s3.close();
  }
}

const report = await reportOn(shown);
if (report.completeness !== 'full') throw new Error(`${shown} was not looked at in full`);
const page = renderHtml([report]);
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const opened = await open(browser, page, { colorScheme, viewport: { width: 1280, height: 1080 } });
    const path = resolve(folder, `report-${colorScheme}.png`);
    await opened.page.screenshot({ path });
    if (opened.trouble.length > 0) throw new Error(opened.trouble.join('\n'));
    await opened.close();
    console.log(path);
  }
} finally {
  await browser.close();
}
