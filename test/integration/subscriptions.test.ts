import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { readFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import recorded from '../../src/entry/demo/data/bucket.json' with { type: 'json' };
import { backupFolder } from '../../src/entry/demo/intruders.ts';
import { makeHandler } from '../../src/entry/lambda.ts';
import { startEmbedded, type Embedded } from './embedded.ts';

type Policy = Record<string, unknown[]>;

const page = await readFile(new URL('../../docs/deploy.md', import.meta.url), 'utf8');
const section = page.split(/^## /m).find((part) => part.startsWith('Who is mailed what\n')) ?? '';

/** What the command of the page hands to SNS: the word between its single quotes, which hold none. */
const attributes = JSON.parse(/--attributes '([^']+)'/.exec(section)?.[1] ?? '') as Record<string, string>;
const policyOfCommand = JSON.parse(attributes['FilterPolicy'] ?? '') as Policy;
const policyAlone = JSON.parse(/```json\n([^`]+)```/.exec(section)?.[1] ?? '') as Policy;

const hour = 3_600_000;
let aws: Embedded;
let ahead: number;
let sns: SNSClient;
let sqs: SQSClient;

beforeEach(async () => {
  ahead = 48 * hour;
  aws = await startEmbedded();
  sns = new SNSClient({});
  sqs = new SQSClient({ useQueueUrlAsEndpoint: false });
  await aws.account.createBucket('ops-state');
});

afterEach(async () => {
  sns.destroy();
  sqs.destroy();
  await aws.stop();
});

/** Subscribes a queue with these attributes; the answer takes out of it which alerts have come. */
async function subscribe(name: string, Attributes: Record<string, string>): Promise<() => Promise<string[]>> {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  const queue = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  const Endpoint = queue.Attributes?.['QueueArn'];
  await sns.send(new SubscribeCommand({ TopicArn: aws.topicArn, Protocol: 'sqs', Endpoint, Attributes }));
  return async () => (await aws.account.receive(QueueUrl ?? '')).map(toldIn).toSorted();
}

const filteredBy = (policy: Policy) => ({ FilterPolicy: JSON.stringify(policy) });

const toldIn = ({ attributes: told }: { attributes: Record<string, string> }): string =>
  `${told['bucket'] ?? ''} ${told['status'] ?? ''} ${told['severity'] ?? ''}`;

const watch = (buckets: object[]) =>
  aws.configure({ buckets, alerts: { topicArn: aws.topicArn }, stateUrl: 's3://ops-state/bucket-hygiene/' });

/** One scheduled run; it throws where a bucket cannot be looked at, after it has told so. */
const run = () => makeHandler({ now: () => new Date(Date.now() + ahead) })({}, undefined).catch(() => undefined);

/** Five buckets that are told of in one run, each for another reason to be told to somebody else. */
async function fiveBuckets(): Promise<void> {
  await watch([
    { name: 'prod-error', environment: 'prod' },
    { name: 'prod-gone', environment: 'prod' },
    { name: 'prod-warning', environment: 'prod' },
    { name: 'test-error', environment: 'test' },
    { name: 'plain-error' },
  ]);
  // Nothing of Parseable is in these: an error.
  for (const name of ['prod-error', 'test-error', 'plain-error']) {
    await aws.account.createBucket(name);
    await aws.account.write(name, [{ key: 'photos/1.jpg', body: 'a photo' }]);
  }
  await aws.account.createBucket('prod-warning');
  await aws.account.write('prod-warning', [...recorded.written, ...backupFolder]);
}

const everything = [
  'plain-error new error',
  'prod-error new error',
  'prod-gone failed error',
  'prod-warning new warning',
  'test-error new error',
];

describe('the subscription that docs/deploy.md shows', () => {
  it('is the same in the command and by itself', () => {
    expect(policyOfCommand).toEqual(policyAlone);
    expect(policyOfCommand).toEqual({ environment: ['prod'], severity: ['error'] });
  });

  it('gets errors in production, and nothing else', async () => {
    const oncall = await subscribe('oncall', attributes);
    await fiveBuckets();
    await run();
    expect(await oncall()).toEqual(['prod-error new error', 'prod-gone failed error']);
    expect((await aws.account.receive(aws.queueUrl)).map(toldIn).toSorted()).toEqual(everything);
  });

  it('hears of the end of what it was told, too', async () => {
    const oncall = await subscribe('oncall', attributes);
    await fiveBuckets();
    await run();
    await oncall();
    await aws.account.remove('prod-error', [{ key: 'photos/1.jpg' }]);
    await aws.account.write('prod-error', recorded.written);
    await watch([{ name: 'prod-error', environment: 'prod', ignoreKinds: ['deployment-elsewhere'] }]);
    ahead += hour;
    await run();
    expect(await oncall()).toEqual(['prod-error resolved error']);
  });
});

describe('a filter policy', () => {
  const policies: [name: string, policy: Policy, told: string[]][] = [
    ['by severity', { severity: ['warning'] }, ['prod-warning new warning']],
    ['by status', { status: ['failed'] }, ['prod-gone failed error']],
    ['by bucket', { bucket: ['prod-warning', 'test-error'] }, ['prod-warning new warning', 'test-error new error']],
    ['by environment', { environment: ['test'] }, ['test-error new error']],
    ['by a missing environment', { environment: [{ exists: false }] }, ['plain-error new error']],
    ['by a value that nobody has', { severity: ['fatal'] }, []],
  ];

  it('by any attribute of one value chooses among the alerts of a run', async () => {
    const boxes = await Promise.all(
      policies.map(([, policy], at) => subscribe(`box-${String(at)}`, filteredBy(policy))),
    );
    await fiveBuckets();
    await run();
    const got = await Promise.all(boxes.map((box) => box()));
    expect(policies.map(([name], at) => [name, got[at]])).toEqual(policies.map(([name, , told]) => [name, told]));
  });
});
