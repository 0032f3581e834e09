import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { BucketConfig } from '../../src/config/config.ts';
import { preflightReport } from '../../src/entry/preflight-command.ts';
import type { Report } from '../../src/findings/report.ts';
import { summaryLine } from '../../src/report/summary.ts';
import { renderText } from '../../src/report/text.ts';
import { widthOf } from '../../src/report/width.ts';
import { faultWhen, type BucketContents, type Faults } from '../s3/server.ts';
import { auditObjects, auditTime } from '../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../support/generated.ts';

interface Situation {
  holds: GeneratedObject[];
  config?: Partial<BucketConfig>;
  contents?: Omit<BucketContents, 'objects'>;
  faults?: Faults;
}

/** A bucket on the small S3, looked at as the command does, with the figures that vary from run to run held fast. */
async function reportOn({ holds, config = {}, contents = {}, faults }: Situation): Promise<Report> {
  const around = { mode: 'preflight', contents, ...(faults === undefined ? {} : { faults }) } as const;
  const outcome = await auditObjects(holds, { serverVersion: '2.9.5', ...config }, around);
  const finishedAt = new Date(auditTime.getTime() + 1_812).toISOString();
  return preflightReport({ ...outcome, finishedAt }, auditTime);
}

const render = (report: Report, serverVersion: string | null = '2.9.5', width = 80): string =>
  renderText([report], { width, colour: false, now: auditTime, serverVersion }).replaceAll(
    /127\.0\.0\.1:\d+/g,
    's3:9000',
  );

const deployment = object('.parseable/.parseable.json', deploymentBody());
const stream = (name: string) => object(`${name}/.stream/.stream.json`, markerBody('v7'));
const healthy = [deployment, stream('api'), stream('web')];
const data = 'date=2026-07-22/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet';
const settled: Omit<BucketContents, 'objects'> = {
  settings: {
    lifecycle:
      '<LifecycleConfiguration><Rule><ID>r</ID><Filter></Filter><Status>Enabled</Status><AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload></Rule></LifecycleConfiguration>',
  },
};
const restic = ['config', 'keys/a', 'data/00/a', 'snapshots/a', 'index/a', 'locks/a'];
const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;

const situations: Record<string, Situation> = {
  'preflight-empty-bucket': {
    holds: [],
    contents: {
      settings: { versioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>' },
    },
  },
  'preflight-healthy': { holds: healthy, contents: settled },
  'preflight-foreign': {
    holds: [
      ...healthy,
      ...restic.map((name) => object(`backups/${name}`, 2_000_000_000)),
      object('notes.txt', 1_200),
      object('test/', 0),
    ],
    contents: settled,
  },
  'preflight-orphaned-for-1.6.2': {
    holds: [
      object('.parseable/.parseable.json', deploymentBody('01K3YPQ3C8JMRNV7E9Z0C1HT0H', 'v3')),
      object('app/.stream/.stream.json', markerBody('v5')),
      object(`wide/${data}`, 16_000),
      object('test/', 0),
    ],
    config: { serverVersion: '1.6.2' },
    contents: settled,
  },
  'preflight-multi-tenant': { holds: healthy, config: { multiTenant: true }, contents: settled },
  'preflight-partial': {
    holds: [...healthy, object('exports/x.csv', 900)],
    config: { serverVersion: null },
    faults: faultWhen(
      ({ operation, prefix }) => operation === 'GetBucketVersioning' || prefix.startsWith('api/'),
      denied,
    ),
  },
  'preflight-ignored-kinds': {
    holds: [...healthy, object('exports/x.csv', 900)],
    config: { ignoreKinds: ['foreign-prefix'] },
    contents: settled,
  },
  'preflight-hostile-keys': {
    holds: [
      'evil\u202egnp.exe/x',
      'line\nfeed\r\u001b[31mred/x',
      'a`b $(touch x) \'q\' "d"/x',
      `long-${'x'.repeat(150)}-end/x`,
      'ze\u200bro\u2028.txt',
    ].map((key) => object(key, 100)),
    contents: settled,
  },
};

describe('the text of a pre-flight', () => {
  it.each(Object.entries(situations))('"%s" is as it was read and agreed to', async (name, situation) => {
    const report = await reportOn(situation);
    const { serverVersion = '2.9.5' } = situation.config ?? {};
    const text = render(report, serverVersion);
    const golden = new URL(`golden/${name}.txt`, import.meta.url);
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(golden, text);
    expect(text).toBe(await readFile(golden, 'utf8'));
    // The answer, and nothing that a terminal would obey.
    expect(text).toMatch(/^bucket: (not |not known to be )?ready for .*Parseable \d/);
    expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]| $/mu);
  });

  it('leaves no obstacle out, and tells each only once', async () => {
    const report = await reportOn(situations['preflight-foreign']!);
    const flat = render(report).replaceAll(/\s+/g, ' ');
    expect(report.preflight?.reasons).toHaveLength(2);
    for (const reason of report.preflight!.reasons) expect(flat.split(reason)).toHaveLength(2);
  });

  it('keeps to the width that it is given', async () => {
    const report = await reportOn(situations['preflight-multi-tenant']!);
    for (const line of render(report, '2.9.5', 50).split('\n')) {
      if (!line.startsWith('    aws ')) expect(widthOf(line), line).toBeLessThanOrEqual(50);
    }
  });
});

describe('the summary line of a pre-flight', () => {
  it.each([
    ['preflight-empty-bucket', /^bucket: ready for Parseable \(full, /],
    [
      'preflight-foreign',
      /^bucket: not ready for Parseable, 12\.0 GB that no stream uses, about 0\.26 USD a month at S3 Standard’s list price, 0\.023 USD per GB and month \(full, /,
    ],
    ['preflight-partial', /^bucket: not ready for Parseable \(partial, /],
  ])('of "%s" is the answer', async (name, line) => {
    expect(summaryLine(await reportOn(situations[name]!))).toMatch(line);
  });

  it('of a bucket in which nothing was wrong but that it was not seen whole says so', async () => {
    const faults = faultWhen(({ prefix }) => prefix.startsWith('api/'), denied);
    expect(summaryLine(await reportOn({ holds: healthy, faults }))).toMatch(
      /^bucket: not known to be ready for Parseable \(partial, /,
    );
  });
});
