import {
  AbortMultipartUploadCommand,
  CopyObjectCommand,
  CreateMultipartUploadCommand,
  DeleteBucketCommand,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeleteBucketTaggingCommand,
  DeleteObjectCommand,
  DeleteObjectsCommand,
  DeleteObjectTaggingCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutBucketAclCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketPolicyCommand,
  PutBucketTaggingCommand,
  PutBucketVersioningCommand,
  PutObjectAclCommand,
  PutObjectCommand,
  PutObjectTaggingCommand,
  PutPublicAccessBlockCommand,
  UploadPartCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { PublishCommand, SetTopicAttributesCommand, SubscribeCommand, type SNSClient } from '@aws-sdk/client-sns';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  accountId,
  openAccount,
  region,
  type Account,
  type Content,
  type Credentials,
  type Session,
} from './account.ts';
import { deployLook } from './look.ts';
import { deployMonitor, stateBucket, type Monitor } from './monitor.ts';

const bucket = 'logs-prod';
const empty = 'logs-empty';
const unrelated = 'not-watched';

const markers = ['.parseable.json', '.parseable/.parseable.json', 'acme/.parseable.json', 'web/.stream/.stream.json'];
const ingestorMarker = 'web/.stream/.ingestor.4b8a8f48e53fd8c.stream.json';
const nodeFile = '.parseable/ingestor.4b8a8f48e53fd8c.json';
const target = '.settings/.targets/01KY43JFV84TFF59TDWH9EDD1R.json';
const parquet = 'web/date=2026-11-01/hour=05/minute=07/a.data.01KY43JFV84TFF59TDWH9EDD1R.parquet';
const manifest = 'web/date=2026-11-01/manifest.json';
const contents: Content[] = [...markers, ingestorMarker, nodeFile, target, parquet, manifest].map((key) => ({
  key,
  body: '{}',
}));

let account: Account;
let monitor: Monitor;
let look: Session;
let otherTopic: string;
let upload: string;

/** Who asks, through the clients of whoever it is. */
interface Caller {
  s3: S3Client;
  sns: SNSClient;
}
type Attempt = (caller: Caller) => Promise<unknown>;

const callerOf = (credentials: Credentials): Caller => ({
  s3: account.s3(credentials),
  sns: account.sns(credentials),
});

/** The code of the refusal; null when the request was carried out. */
async function refusalOf(attempt: Attempt, credentials: Credentials): Promise<string | null> {
  try {
    const answer = (await attempt(callerOf(credentials))) as { Errors?: { Code?: string }[] };
    // A request for several keys is answered key by key.
    return answer.Errors?.[0]?.Code ?? null;
  } catch (error) {
    return (error as Error).name;
  }
}

const grantEverybody = JSON.stringify({
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: `arn:aws:s3:::${bucket}/*` }],
});
const tags = { TagSet: [{ Key: 'a', Value: 'b' }] };
const expireAll = {
  Rules: [{ ID: 'all', Status: 'Enabled' as const, Filter: { Prefix: '' }, Expiration: { Days: 1 } }],
};
const at = { Bucket: bucket };
const marker = { ...at, Key: 'web/.stream/.stream.json' };
const put =
  (Bucket: string, Key: string): Attempt =>
  ({ s3 }) =>
    s3.send(new PutObjectCommand({ Bucket, Key, Body: Buffer.from('{}') }));
const get =
  (Bucket: string, Key: string): Attempt =>
  ({ s3 }) =>
    s3.send(new GetObjectCommand({ Bucket, Key }));

const writes: [what: string, attempt: Attempt][] = [
  ['put an object', put(bucket, 'new.txt')],
  [
    'put an object where the state would be, were this its bucket',
    put(bucket, `bucket-hygiene/${bucket}/state.json.gz`),
  ],
  ['put an object in the place of a marker', put(bucket, 'web/.stream/.stream.json')],
  ['delete an object', ({ s3 }) => s3.send(new DeleteObjectCommand(marker))],
  [
    'delete several objects',
    ({ s3 }) => s3.send(new DeleteObjectsCommand({ ...at, Delete: { Objects: [{ Key: manifest }] } })),
  ],
  [
    'copy an object within the bucket',
    ({ s3 }) => s3.send(new CopyObjectCommand({ ...at, Key: 'copy', CopySource: `${bucket}/${manifest}` })),
  ],
  ['tag an object', ({ s3 }) => s3.send(new PutObjectTaggingCommand({ ...marker, Tagging: tags }))],
  ['untag an object', ({ s3 }) => s3.send(new DeleteObjectTaggingCommand(marker))],
  ['open an object to others', ({ s3 }) => s3.send(new PutObjectAclCommand({ ...marker, ACL: 'public-read' }))],
  ['begin an upload in parts', ({ s3 }) => s3.send(new CreateMultipartUploadCommand({ ...at, Key: 'large' }))],
  [
    'upload a part',
    ({ s3 }) =>
      s3.send(new UploadPartCommand({ ...at, Key: 'begun', UploadId: upload, PartNumber: 1, Body: Buffer.from('x') })),
  ],
  [
    'abort an upload in parts',
    ({ s3 }) => s3.send(new AbortMultipartUploadCommand({ ...at, Key: 'begun', UploadId: upload })),
  ],
  ['set the policy', ({ s3 }) => s3.send(new PutBucketPolicyCommand({ ...at, Policy: grantEverybody }))],
  ['remove the policy', ({ s3 }) => s3.send(new DeleteBucketPolicyCommand(at))],
  [
    'let objects expire',
    ({ s3 }) => s3.send(new PutBucketLifecycleConfigurationCommand({ ...at, LifecycleConfiguration: expireAll })),
  ],
  ['remove the lifecycle', ({ s3 }) => s3.send(new DeleteBucketLifecycleCommand(at))],
  ['tag the bucket', ({ s3 }) => s3.send(new PutBucketTaggingCommand({ ...at, Tagging: tags }))],
  ['untag the bucket', ({ s3 }) => s3.send(new DeleteBucketTaggingCommand(at))],
  ['open the bucket to others', ({ s3 }) => s3.send(new PutBucketAclCommand({ ...at, ACL: 'public-read' }))],
  [
    'change the versioning',
    ({ s3 }) => s3.send(new PutBucketVersioningCommand({ ...at, VersioningConfiguration: { Status: 'Suspended' } })),
  ],
  [
    'lift the block of public access',
    ({ s3 }) =>
      s3.send(new PutPublicAccessBlockCommand({ ...at, PublicAccessBlockConfiguration: { BlockPublicAcls: false } })),
  ],
  ['delete the bucket', ({ s3 }) => s3.send(new DeleteBucketCommand({ Bucket: empty }))],
];

const reads: [what: string, attempt: Attempt][] = [
  ['a node file, which holds a password', get(bucket, nodeFile)],
  ['a target of alerts', get(bucket, target)],
  ['data', get(bucket, parquet)],
];

const beyond: [what: string, attempt: Attempt][] = [
  ['keep state beside its place', put(stateBucket, 'state.json.gz')],
  ['keep state in a bucket that is nobody’s business', put(unrelated, 'bucket-hygiene/state.json.gz')],
  ['read beside the place of the state', get(stateBucket, 'other.json')],
  [
    'remove a state',
    ({ s3 }) => s3.send(new DeleteObjectCommand({ Bucket: stateBucket, Key: 'bucket-hygiene/x/state.json.gz' })),
  ],
  ['list a bucket that is not watched', ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: unrelated }))],
  ['publish to another topic', ({ sns }) => sns.send(new PublishCommand({ TopicArn: otherTopic, Message: 'x' }))],
  [
    'subscribe to its topic',
    ({ sns }) =>
      sns.send(
        new SubscribeCommand({
          TopicArn: monitor.topicArn,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:${region}:${accountId}:any`,
        }),
      ),
  ],
  [
    'change its topic',
    ({ sns }) =>
      sns.send(
        new SetTopicAttributesCommand({
          TopicArn: monitor.topicArn,
          AttributeName: 'DisplayName',
          AttributeValue: 'x',
        }),
      ),
  ],
];

const denied = /^(AccessDenied|AccessDeniedException|AuthorizationError)$/;

beforeAll(async () => {
  account = await openAccount();
  monitor = await deployMonitor(account, { buckets: [{ name: bucket }, { name: empty }] });
  ({ session: look } = await deployLook(account, { role: 'look', bucket, trusted: monitor.session.arn }));
  otherTopic = await account.createTopic('of-others');
  for (const name of [bucket, unrelated]) await account.createBucket(name);
  const begun = await account.s3(account.root).send(new CreateMultipartUploadCommand({ Bucket: bucket, Key: 'begun' }));
  upload = begun.UploadId ?? '';
  await account.createBucket(empty);
  return async () => {
    await monitor.close();
    account.close();
  };
});
beforeEach(async () => {
  await account.fill(bucket, contents);
  await account.fill(stateBucket, [{ key: 'other.json' }, { key: 'bucket-hygiene/x/state.json.gz' }]);
});

describe('with the packaged role', () => {
  it.each([...markers, ingestorMarker])('reading %s is allowed', async (key) => {
    expect(await refusalOf(get(bucket, key), monitor.session.credentials)).toBeNull();
    expect(await refusalOf(get(bucket, key), look.credentials)).toBeNull();
  });

  it('listing, keeping state and publishing are allowed', async () => {
    const allowed: Attempt[] = [
      ({ s3 }) => s3.send(new ListObjectsV2Command({ Bucket: bucket })),
      put(stateBucket, `bucket-hygiene/${bucket}/state.json.gz`),
      get(stateBucket, 'bucket-hygiene/x/state.json.gz'),
      ({ sns }) => sns.send(new PublishCommand({ TopicArn: monitor.topicArn, Message: 'x' })),
    ];
    for (const attempt of allowed) expect(await refusalOf(attempt, monitor.session.credentials)).toBeNull();
  });

  describe.each([
    ['nobody can, in the watched bucket,', writes],
    ['nobody reads', reads],
    ['nobody can', beyond],
  ])('%s', (_, table) => {
    // Root comes last, and shows that the request is one that a server carries out.
    it.each(table)('%s', async (_, attempt) => {
      expect(await refusalOf(attempt, monitor.session.credentials)).toMatch(denied);
      expect(await refusalOf(attempt, look.credentials)).toMatch(denied);
      expect(await refusalOf(attempt, account.root)).toBeNull();
    });
  });

  it('a key that is not there is told as absent in the place of the state, and in a watched bucket', async () => {
    const gone = [get(stateBucket, 'bucket-hygiene/gone'), get(bucket, 'gone/.stream/.stream.json')];
    for (const attempt of gone) expect(await refusalOf(attempt, monitor.session.credentials)).toBe('NoSuchKey');
  });
});
