import type { S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { clientOf, makeBucket, openGateway, runAt, type Credentials } from './gateway.ts';

const gateway = openGateway();
let client: S3Client;
let bucket: string;

beforeAll(async () => {
  client = clientOf(gateway, gateway.tests);
  bucket = await makeBucket(client, 'ours', [{ key: 'secret-plans', body: 'x' }]);
});

afterAll(() => {
  client.destroy();
});

interface Refusal {
  what: string;
  who: Credentials;
  /** The bucket that is there unless named. */
  bucket?: string;
  code: string;
  words: RegExp;
}

const refusals: Refusal[] = [
  {
    what: 'a wrong secret',
    who: { ...gateway.tests, secretAccessKey: 'not-the-secret' },
    code: 'SignatureDoesNotMatch',
    words: /credentials are missing, wrong or expired/,
  },
  {
    what: 'a key id that nobody has',
    who: { ...gateway.tests, accessKeyId: 'AKIANOBODYHASTHISONE' },
    code: 'InvalidAccessKeyId',
    words: /credentials are missing, wrong or expired/,
  },
  {
    what: 'a bucket that is not there',
    who: gateway.tests,
    bucket: 'nobody-ever-made-this',
    code: 'NoSuchBucket',
    words: /There is no such bucket at this endpoint/,
  },
  {
    what: 'the bucket of another user',
    who: gateway.somebodyElse,
    code: 'AccessDenied',
    words: /lack s3:ListBucket on arn:aws:s3:::/,
  },
];

describe.each(refusals)('$what, on radosgw', ({ who, bucket: named, code, words }) => {
  const audit = (...more: string[]) => runAt(gateway, who, ['audit', `s3://${named ?? bucket}`, ...more]);

  test('ends with 4 and the cause in plain words, what to do and no stack', async () => {
    const { code: exit, stdout, stderr } = await audit();
    expect(exit).toBe(4);
    const unwrapped = `${stdout} ${stderr}`.replace(/\s+/g, ' ');
    expect(unwrapped).toContain(code);
    expect(unwrapped).toMatch(words);
    expect(unwrapped).not.toMatch(/\bat \S+:\d+:\d+|UnknownError|\$metadata/);
  });

  test('is a failed report in JSON, which infers nothing and shows no secret', async () => {
    const { code: exit, stdout, stderr } = await audit('--format', 'json');
    expect(exit).toBe(4);
    const report = JSON.parse(stdout) as Report;
    expect(report.completeness).toBe('failed');
    expect(report.entries).toEqual([]);
    expect(report.findings.map(({ kind, subject }) => [kind, subject])).toEqual([['scan-incomplete', '/']]);
    expect(report.findings[0]?.evidence['code']).toBe(code);
    expect(stdout + stderr).not.toContain(who.secretAccessKey);
  });
});
