import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { GetObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { openAccount, startEmbeddedAws } from '../../../src/entry/demo/embedded-aws.ts';
import { makeHandler } from '../../../src/entry/lambda.ts';
import type { Report } from '../../../src/findings/report.ts';
import { loadRecorded } from '../../support/recorded.ts';
import { clientOf, empty, fill, makeBucket, openGateway } from './gateway.ts';

const gateway = openGateway();
const hour = 3_600_000;
let client: S3Client;
let states: string;
let watched: string;
let folder: string;
let ahead = 0;
let stopMail: () => Promise<void>;
let mails: () => Promise<(string | undefined)[]>;

beforeAll(async () => {
  client = clientOf(gateway, gateway.tests);
  states = await makeBucket(client, 'ops-state');
  watched = await makeBucket(client, 'logs', loadRecorded('layout-1.6').contents.objects);
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-radosgw-'));
  const embedded = await startEmbeddedAws();
  const account = openAccount(embedded.endpoint, 'us-east-1');
  const { topicArn, queueUrl } = await account.createTopic('bucket-hygiene');
  mails = async () => (await account.receive(queueUrl)).map(({ attributes }) => attributes['status']);
  stopMail = async () => {
    account.close();
    await embedded.stop();
  };
  const config = join(folder, 'bucket-hygiene.json');
  writeFileSync(
    config,
    JSON.stringify({
      buckets: [{ name: watched, serverVersion: '1.6.2' }],
      alerts: { topicArn },
      stateUrl: `s3://${states}/hygiene/`,
    }),
  );
  vi.stubEnv('BUCKET_HYGIENE_CONFIG', config);
  vi.stubEnv('AWS_ENDPOINT_URL_S3', gateway.url);
  vi.stubEnv('AWS_ENDPOINT_URL_SNS', embedded.endpoint);
  vi.stubEnv('AWS_REGION', 'us-east-1');
  vi.stubEnv('AWS_ACCESS_KEY_ID', gateway.tests.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', gateway.tests.secretAccessKey);
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
});

afterAll(async () => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
  client.destroy();
  await stopMail();
});

/** A run of the Lambda, an hour after the one before, and what it mailed. */
async function run() {
  ahead += hour;
  const now = () => new Date(Date.now() + ahead);
  const { buckets } = await makeHandler({ now })({});
  return { buckets, mails: await mails() };
}

describe('the Lambda with state, reports and watched bucket on radosgw', () => {
  test('tells what is new once, is silent while it lasts, and tells its end once', async () => {
    const foreign = [{ key: 'backups/monday.tar', body: 'x' }];
    expect((await run()).mails).toEqual([]);
    await fill(client, watched, foreign);
    expect((await run()).mails).toEqual(['new']);
    expect((await run()).mails).toEqual([]);
    expect((await run()).mails).toEqual([]);
    await empty(client, watched, ['backups/monday.tar']);
    expect((await run()).mails).toEqual(['resolved']);
    expect((await run()).mails).toEqual([]);
  });

  test('keeps the report where it says', async () => {
    const { buckets } = await run();
    expect(buckets).toMatchObject([{ name: watched, completeness: 'full' }]);
    const Key = buckets[0]?.reportUrl?.slice(`s3://${states}/`.length);
    const { Body } = await client.send(new GetObjectCommand({ Bucket: states, Key }));
    const report = JSON.parse((await Body?.transformToString()) ?? '') as Report;
    expect(report.bucket.name).toBe(watched);
    expect(report.summary).toEqual(buckets[0]?.summary);
  });
});
