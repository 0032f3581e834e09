import { CreateBucketCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { fillBucket, NotEmpty } from '../../bench/fill/fill-bucket.ts';
import { usualShape, type Shape } from '../../bench/s3/shape.ts';
import { madeBucket } from '../../bench/s3/bucket.ts';
import { startEmbeddedAws } from '../../src/entry/demo/embedded-aws.ts';
import { clientOf } from '../s3/client.ts';
import { runCli } from '../support/cli.ts';

const shape: Shape = { ...usualShape, streams: 3, days: 2, filesPerDay: 5, skew: 1, fileBytes: 55 };
const options = { concurrency: 8, intoNonEmpty: false };

let aws: Awaited<ReturnType<typeof startEmbeddedAws>>;
let client: ReturnType<typeof clientOf>;

beforeEach(async () => {
  aws = await startEmbeddedAws();
  client = clientOf(aws.endpoint, 3);
  await client.send(new CreateBucketCommand({ Bucket: shape.bucket }));
});

afterEach(async () => {
  client.destroy();
  await aws.stop();
});

describe('filling a bucket', () => {
  test('writes what an audit finds healthy to the bottom of its streams', async () => {
    const { size } = madeBucket(shape);
    expect(await fillBucket(client, shape, options)).toBe(size);
    const { code, stdout } = await runCli(['audit', `s3://${shape.bucket}`, '--deep', '--format', 'json', '--quiet'], {
      endpoint: aws.endpoint,
    });
    const report = JSON.parse(stdout) as { completeness: string; findings: unknown[] };
    expect(report.findings).toEqual([]);
    expect(report.completeness).toBe('full');
    expect(code).toBe(0);
  });

  test('refuses a bucket that holds something, and writes into it only when told to', async () => {
    const count = async () => (await client.send(new ListObjectsV2Command({ Bucket: shape.bucket }))).KeyCount;
    const written = await fillBucket(client, shape, options);
    await expect(fillBucket(client, shape, options)).rejects.toThrow(NotEmpty);
    expect(await fillBucket(client, shape, { ...options, intoNonEmpty: true })).toBe(written);
    expect(await count()).toBe(written);
  });
});
