// Makes the pictures of the README from a recorded bucket; with --check it holds those that are there against what it would make.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Browser } from 'playwright-core';
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

/** Of pixels: another Chromium draws letters a little otherwise, another report looks another way. */
const mostOdd = 0.03;

/** The share of pixels by which two PNGs differ to the eye; 1 where they are not of one size. */
async function differenceOf(browser: Browser, before: Buffer, after: Buffer): Promise<number> {
  const page = await browser.newPage();
  const sources = [before, after].map((png) => `data:image/png;base64,${png.toString('base64')}`);
  const share = await page.evaluate<number>(`(async () => {
    const [a, b] = await Promise.all(${JSON.stringify(sources)}.map(async (source) => {
      const image = new Image();
      image.src = source;
      await image.decode();
      const canvas = new OffscreenCanvas(image.width, image.height).getContext('2d');
      canvas.drawImage(image, 0, 0);
      return canvas.getImageData(0, 0, image.width, image.height);
    }));
    if (a.width !== b.width || a.height !== b.height) return 1;
    let odd = 0;
    for (let at = 0; at < a.data.length; at += 4) {
      odd += Math.max(...[0, 1, 2].map((colour) => Math.abs(a.data[at + colour] - b.data[at + colour]))) > 48;
    }
    return odd / (a.width * a.height);
  })()`);
  await page.close();
  return share;
}

/** Holds a picture against the one that is there. */
async function check(browser: Browser, path: string, picture: Buffer): Promise<void> {
  const share = await differenceOf(browser, await readFile(path), picture);
  const percent = `${(share * 100).toFixed(2)} % of the pixels of ${path} are others than they would be made now`;
  if (share > mostOdd) throw new Error(`${percent}: npm run screenshots makes it anew`);
  console.log(percent);
}

const { values } = parseArgs({ options: { check: { type: 'boolean', default: false } } });
const report = await reportOn(shown);
if (report.completeness !== 'full') throw new Error(`${shown} was not looked at in full`);
const page = renderHtml([report]);
await mkdir(folder, { recursive: true });
const browser = await startBrowser();
try {
  for (const colorScheme of ['light', 'dark'] as const) {
    const opened = await open(browser, page, { colorScheme, viewport: { width: 1280, height: 1080 } });
    const path = resolve(folder, `report-${colorScheme}.png`);
    const picture = await opened.page.screenshot();
    if (opened.trouble.length > 0) throw new Error(opened.trouble.join('\n'));
    await opened.close();
    if (values.check) await check(browser, path, picture);
    else {
      await writeFile(path, picture);
      console.log(path);
    }
  }
} finally {
  await browser.close();
}
