import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atLeast, isKind, kinds } from '../../../src/findings/kinds.ts';
import type { Report } from '../../../src/findings/report.ts';
import { loadRecorded, recordedCases, type Recorded } from '../../support/recorded.ts';
import { clientOf, makeBucket, openGateway, runAt } from './gateway.ts';

/** What is inferred from absence. Everything in these buckets was written just now, so it is all still in its grace. */
const withGrace = new Set(['orphaned-stream-data', 'stream-leftover', 'snapshot-reset']);

const gateway = openGateway();
let client: S3Client;
let folder: string;

beforeAll(() => {
  client = clientOf(gateway, gateway.tests);
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-radosgw-'));
});

afterAll(() => {
  client.destroy();
  rmSync(folder, { recursive: true, force: true });
});

const expectedOf = ({ expected }: Recorded) =>
  expected.findings.filter(([kind]) => isKind(kind) && !expected.free.includes(kind));

const inOrder = (findings: readonly (readonly [string, string, string])[]) =>
  findings.map((finding) => finding.join(' ')).sort();

describe.each(recordedCases)('the recorded bucket %s, on radosgw and a moment old', (name) => {
  const recorded = loadRecorded(name);
  let ran: Awaited<ReturnType<typeof runAt>>;
  let report: Report;

  beforeAll(async () => {
    const bucket = await makeBucket(client, name.replaceAll('.', '-'), recorded.contents.objects);
    const config = join(folder, `${name}.json`);
    writeFileSync(
      config,
      JSON.stringify({
        buckets: [{ name: bucket, ...recorded.expected.config }],
      }),
    );
    ran = await runAt(gateway, gateway.tests, [...['audit', `s3://${bucket}`, '--format', 'json', '--config', config]]);
    report = JSON.parse(ran.stdout || '{}') as Report;
  });

  test('is looked at in full, and without a word of trouble', () => {
    expect(ran.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
    expect(report.completeness).toBe('full');
    expect(report.skipped).toEqual([]);
  });

  test('has exactly the expected rows', () => {
    expect(Object.fromEntries(report.entries.map((entry) => [entry.name, entry.verdict]))).toEqual(
      recorded.expected.entries,
    );
  });

  test('has exactly the expected findings, pending where time has to tell', () => {
    const found = report.findings.filter(({ kind }) => !recorded.expected.free.includes(kind));
    expect(inOrder(found.map(({ kind, subject, status }) => [kind, subject, status]))).toEqual(
      inOrder(expectedOf(recorded).map(([kind, subject]) => [kind, subject, withGrace.has(kind) ? 'pending' : 'new'])),
    );
  });

  test('ends with the exit code of what is past its grace', () => {
    const grave = expectedOf(recorded).some(
      ([kind]) => isKind(kind) && !withGrace.has(kind) && atLeast(kinds[kind].severity, 'warning'),
    );
    expect(ran.code).toBe(grave ? 1 : 0);
  });

  test('gives away none of its secrets', () => {
    expect(ran.stdout + ran.stderr).not.toContain('PLANTED');
  });
});
