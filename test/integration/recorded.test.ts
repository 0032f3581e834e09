import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atLeast, isKind, kinds } from '../../src/findings/kinds.ts';
import type { Report } from '../../src/findings/report.ts';
import { startS3, type S3 } from '../s3/server.ts';
import { runCli } from '../support/cli.ts';
import { loadRecorded, recordedCases, type Recorded } from '../support/recorded.ts';

type Depth = 'shallow' | 'deep';

/** What the case expects. A deep audit adds to what a shallow one finds. */
function expectedFindings({ expected }: Recorded, depth: Depth): [string, string][] {
  return [...expected.findings, ...(depth === 'deep' ? expected.deep : [])].filter(
    ([kind]) => !expected.free.includes(kind),
  );
}

const sorted = (findings: readonly (readonly [string, string])[]) => findings.map((pair) => pair.join(' ')).sort();

test('every kind of server and accident is among the recorded cases', () => {
  expect(recordedCases).toEqual([
    'before-multi-tenant',
    'distributed',
    'five-days',
    'five-days-zstd',
    'holes',
    'host-renamed',
    'interrupted-delete',
    'layout-0.9',
    'layout-1.6',
    'marker-reset',
    'other-writers',
    'skipped-upgrade',
    'standalone-full',
  ]);
});

const both = recordedCases.flatMap((name): [string, Depth][] => [
  [name, 'shallow'],
  [name, 'deep'],
]);

describe.each(both)('the recorded bucket %s, in a %s audit by the command', (name, depth) => {
  let s3: S3;
  let folder: string;
  let recorded: Recorded;
  let ran: Awaited<ReturnType<typeof runCli>>;
  let report: Report;

  beforeAll(async () => {
    recorded = loadRecorded(name);
    s3 = await startS3({ buckets: { [recorded.bucket]: recorded.contents }, signed: true });
    folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-recorded-'));
    const config = join(folder, 'config.json');
    writeFileSync(config, JSON.stringify({ buckets: [{ name: recorded.bucket, ...recorded.expected.config }] }));
    const options = ['--format', 'json', '--config', config, ...(depth === 'deep' ? ['--deep'] : [])];
    ran = await runCli(['audit', `s3://${recorded.bucket}`, ...options], { endpoint: s3.url });
    report = JSON.parse(ran.stdout || '{}') as Report;
  }, 30_000);

  afterAll(async () => {
    rmSync(folder, { recursive: true, force: true });
    await s3.close();
  });

  test('is looked at in full', () => {
    expect(ran.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
    expect(report.completeness).toBe('full');
  });

  test('has exactly the expected rows, in the order of their bytes', () => {
    expect(Object.fromEntries(report.entries.map((entry) => [entry.name, entry.verdict]))).toEqual(
      recorded.expected.entries,
    );
    const names = report.entries.map((entry) => entry.name);
    expect(names).toEqual([...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))));
    expect(new Set(names).size).toBe(names.length);
  });

  test('has exactly the expected findings', () => {
    const found = report.findings.filter(({ kind }) => !recorded.expected.free.includes(kind));
    expect(sorted(found.map(({ kind, subject }) => [kind, subject] as const))).toEqual(
      sorted(expectedFindings(recorded, depth)),
    );
  });

  test('has in their grace only what is expected to be', () => {
    const pending = report.findings.filter(({ status }) => status === 'pending');
    expect(sorted(pending.map(({ kind, subject }) => [kind, subject] as const))).toEqual(
      sorted(recorded.expected.pending ?? []),
    );
  });

  test('ends with the exit code of what was found', () => {
    const pending = new Set(sorted(recorded.expected.pending ?? []));
    const grave = expectedFindings(recorded, depth).some(
      ([kind, subject]) =>
        isKind(kind) && atLeast(kinds[kind].severity, 'warning') && !pending.has(`${kind} ${subject}`),
    );
    expect(ran.code).toBe(grave ? 1 : 0);
  });

  test('gives away none of its secrets', () => {
    expect(ran.stdout).not.toContain('PLANTED');
    expect(ran.stderr).not.toContain('PLANTED');
  });

  test('is only read', () => {
    expect(s3.writes).toEqual([]);
    expect(new Set(s3.requests.map(({ operation }) => operation))).toEqual(
      new Set(['ListObjectsV2', 'GetObject', 'GetBucketLifecycleConfiguration', 'ListMultipartUploads']),
    );
  });
});

describe('the recorded secrets', () => {
  test('are there to be given away', () => {
    const withSecrets = recordedCases.filter((name) =>
      loadRecorded(name).contents.objects.some(({ body }) => body?.includes('PLANTED') === true),
    );
    expect(withSecrets).toEqual(['before-multi-tenant', 'layout-0.9', 'skipped-upgrade']);
  });
});
