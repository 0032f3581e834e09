import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { loadRecorded } from '../../support/recorded.ts';
import { clientOf, makeBucket, openGateway, runAt } from './gateway.ts';
import { hostileNames, hostilePaths, longestKey } from './hostile-keys.ts';

const gateway = openGateway();
const healthy = loadRecorded('layout-1.6');
const byBytes = (names: Iterable<string>) => [...names].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const rootObjects = [...hostileNames, 'y'.repeat(1_024)];
const inPrefixes = [...hostileNames.map((name) => `${name}/in it`), ...hostilePaths, longestKey];
const prefixOf = (key: string) => key.slice(0, key.indexOf('/') + 1);
const prefixes = [...new Set(inPrefixes.map(prefixOf))];

let client: S3Client;
let bucket: string;
let report: Report;

beforeAll(async () => {
  client = clientOf(gateway, gateway.tests);
  bucket = await makeBucket(client, 'hostile', [
    ...healthy.contents.objects,
    ...[...rootObjects, ...inPrefixes].map((key) => ({ key, body: 'x' })),
  ]);
  const ran = await runAt(gateway, gateway.tests, ['audit', `s3://${bucket}`, '--format', 'json']);
  report = JSON.parse(ran.stdout) as Report;
});

afterAll(() => {
  client.destroy();
});

const subjects = (kind: string) =>
  report.findings.filter((finding) => finding.kind === kind).map(({ subject }) => subject);

describe('keys that nobody would think of, on radosgw', () => {
  test('are all there is to tell of, and all are seen', () => {
    expect(report.completeness).toBe('full');
    expect(Buffer.byteLength(longestKey)).toBe(1_024);
    expect(new Set(report.findings.map(({ kind, status }) => `${kind} ${status}`))).toEqual(
      new Set(['foreign-prefix new', 'foreign-root-object new']),
    );
  });

  test('stand exactly as subjects of findings, each once', () => {
    expect(subjects('foreign-root-object')).toEqual(byBytes(rootObjects));
    expect(subjects('foreign-prefix')).toEqual(byBytes(prefixes));
  });

  test('stand exactly in the rows, in the order of their bytes', () => {
    const names = report.entries.map(({ name }) => name);
    expect(names).toEqual(byBytes([...rootObjects, ...prefixes, ...Object.keys(healthy.expected.entries)]));
  });

  test('stand exactly in the evidence', () => {
    const keys = report.findings
      .filter(({ kind }) => kind === 'foreign-prefix')
      .flatMap(({ evidence }) => evidence.keys ?? []);
    expect(byBytes(keys)).toEqual(byBytes(inPrefixes));
  });

  test('never reach a person raw', async () => {
    const shown = await runAt(gateway, gateway.tests, ['audit', `s3://${bucket}`], { env: { FORCE_COLOR: undefined } });
    const raw = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u2028-\u202e\u2066-\u2069\ufeff]/;
    expect(shown.stdout).not.toMatch(raw);
    expect(shown.stderr).not.toMatch(raw);
    for (const { title, message, why, remedy } of report.findings) {
      for (const text of [title, message, why, remedy]) expect(text).not.toMatch(raw);
    }
  });
});
