import {
  CreateMultipartUploadCommand,
  ListMultipartUploadsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { clientOf as smallClientOf, objectOf } from '../../s3/client.ts';
import { startS3, type S3 } from '../../s3/server.ts';
import { clientOf, makeBucket, openGateway } from './gateway.ts';
import { buckets } from './questions/buckets.ts';
import { contents, uploadKeys } from './questions/contents.ts';
import { listings } from './questions/listings.ts';
import { objects } from './questions/objects.ts';
import type { Asked, Question } from './questions/question.ts';

const gateway = openGateway();
let client: S3Client;
let small: S3;
let smallClient: S3Client;
let radosgw: Asked;
let ours: Asked;

const lifecycleRule = {
  ID: 'old',
  Filter: { Prefix: 'logs/' },
  Status: 'Enabled' as const,
  Expiration: { Days: 30 },
};

/** A bucket whose lifecycle and versioning are set, on radosgw; encryption it refuses to set without a server for keys. */
async function makeSettled(): Promise<string> {
  const Bucket = await makeBucket(client, 'settled');
  await client.send(
    new PutBucketLifecycleConfigurationCommand({ Bucket, LifecycleConfiguration: { Rules: [lifecycleRule] } }),
  );
  await client.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
}

const settings = {
  lifecycle:
    '<LifecycleConfiguration><Rule><ID>old</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status>' +
    '<Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>',
  versioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
  encryption:
    '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>' +
    '<KMSMasterKeyID>key</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
};

beforeAll(async () => {
  client = clientOf(gateway, gateway.tests);
  const bucket = await makeBucket(client, 'asked', contents);
  for (const Key of uploadKeys) await client.send(new CreateMultipartUploadCommand({ Bucket: bucket, Key }));
  const { Uploads = [] } = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket }));
  const settled = await makeSettled();
  radosgw = { client, url: gateway.url, bucket, settled };
  small = await startS3({
    signed: true,
    buckets: {
      [bucket]: {
        objects: contents.map(({ key, body }) => objectOf(key, body)),
        // Of two uploads of one key the later id is the earlier begun: an order by ids is seen to be none by time.
        uploads: Uploads.map(({ Key = '', UploadId = '' }, index) => ({
          key: Key,
          uploadId: UploadId,
          initiated: new Date(Date.UTC(2026, 10, 1) - index * 1_000),
        })),
      },
      [settled]: { objects: [], settings },
    },
  });
  smallClient = smallClientOf(small.url);
  ours = { client: smallClient, url: small.url, bucket, settled };
});

afterAll(async () => {
  client.destroy();
  smallClient.destroy();
  await small.close();
});

const all: readonly Question[] = [...listings, ...objects, ...buckets];
const alike = all.filter(({ differs }) => differs === undefined);
const unlike = all.flatMap((question) =>
  question.differs === undefined ? [] : [{ ...question, ...question.differs }],
);

describe('radosgw and the small S3 of the tests', () => {
  test.each(alike)('answer alike: $name', async (question) => {
    expect(await question.ask(ours)).toEqual(await question.ask(radosgw));
  });

  test.each(unlike)('answer each in its way: $name', async (question) => {
    const answers = { radosgw: await question.ask(radosgw), small: await question.ask(ours) };
    expect(answers, question.because).toEqual({ radosgw: question.radosgw, small: question.small });
  });

  test('are asked each question once', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  });
});
