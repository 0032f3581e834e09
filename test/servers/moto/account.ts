import {
  CreateBucketCommand,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { CreateQueueCommand, DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import pLimit from 'p-limit';
import type { AllowStatement } from './policy.ts';
import { toldToTheTests } from '../support/environment.ts';

/** The account that moto gives to whoever does not name one. */
export const accountId = '123456789012';
export const region = 'eu-west-1';

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string;
}

/** What is put into a bucket; without a body `size` zero bytes. */
export interface Content {
  key: string;
  body?: Buffer | string;
  size?: number;
}

/** An alert as a queue behind the topic receives it. */
export interface Mail {
  subject: string;
  message: string;
  attributes: Record<string, { Type: string; Value: string }>;
}

/** Somebody with a role: what it allows is weighed anew at every request. */
export interface Session {
  /** As moto knows whoever took the role on. */
  arn: string;
  credentials: Credentials;
  /** Replaces everything that the role allows. */
  allow(statements: readonly AllowStatement[]): Promise<void>;
}

/** An empty account whose IAM refuses, set up with credentials that may do everything. */
export interface Account {
  url: string;
  /** May do everything. */
  root: Credentials;
  s3(credentials: Credentials): S3Client;
  sns(credentials: Credentials): SNSClient;
  createBucket(name: string): Promise<void>;
  fill(bucket: string, contents: readonly Content[]): Promise<void>;
  remove(bucket: string, keys: readonly string[]): Promise<void>;
  /** What is in a bucket: ETag and time of every key. */
  look(bucket: string): Promise<Record<string, string>>;
  read(bucket: string, key: string): Promise<Buffer>;
  createTopic(name: string): Promise<string>;
  /** A queue behind a topic, for mails that the filter policy lets through. @returns what takes everything out of it */
  subscribe(topicArn: string, filter?: Record<string, string[]>): Promise<() => Promise<Mail[]>>;
  /** @param trusted the `Principal` of its trust policy */
  createRole(name: string, trusted: object, statements: readonly AllowStatement[]): Promise<Session>;
  close(): void;
}

/** The part of an XML answer between the tags of a name; empty when it has none. */
const textOf = (xml: string, tag: string): string => new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1] ?? '';

const policyOf = (statements: readonly object[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

/** @throws when the tests were started without moto */
export async function openAccount(): Promise<Account> {
  const url = toldToTheTests('BUCKET_HYGIENE_MOTO', 'moto', 'npm run test:moto');
  const tell = async (path: string, body: string) => {
    const answer = await fetch(`${url}/moto-api/${path}`, { method: 'POST', body });
    if (!answer.ok) throw new Error(`moto answered ${String(answer.status)} to ${path}`);
  };

  /** IAM and STS, while nobody is asked who he is: the SDK's clients for them are no dependency of the project. */
  const askOpenly = async (service: 'iam' | 'sts', parameters: Record<string, string>): Promise<string> => {
    await tell('reset-auth', 'inf');
    const scope = `Credential=AKIASETUPSETUPSETUPS/20260101/${region}/${service}/aws4_request`;
    const answer = await fetch(url, {
      method: 'POST',
      headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=none` },
      body: new URLSearchParams(parameters),
    });
    const xml = await answer.text();
    await tell('reset-auth', '0');
    if (!answer.ok) throw new Error(`moto answered ${String(answer.status)} to ${parameters['Action'] ?? ''}: ${xml}`);
    return xml;
  };
  const credentialsIn = (xml: string): Credentials => ({
    accessKeyId: textOf(xml, 'AccessKeyId'),
    secretAccessKey: textOf(xml, 'SecretAccessKey'),
    ...(textOf(xml, 'SessionToken') === '' ? {} : { sessionToken: textOf(xml, 'SessionToken') }),
  });

  await tell('reset', '');
  await askOpenly('iam', { Action: 'CreateUser', UserName: 'root' });
  await askOpenly('iam', {
    Action: 'PutUserPolicy',
    UserName: 'root',
    PolicyName: 'everything',
    PolicyDocument: policyOf([{ Effect: 'Allow', Action: '*', Resource: '*' }]),
  });
  const root = credentialsIn(await askOpenly('iam', { Action: 'CreateAccessKey', UserName: 'root' }));

  const common = { endpoint: url, region };
  const opened: { destroy: () => void }[] = [];
  const keep = <Client extends { destroy: () => void }>(client: Client): Client => {
    opened.push(client);
    return client;
  };
  const s3 = (credentials: Credentials) =>
    keep(new S3Client({ ...common, credentials, forcePathStyle: true, maxAttempts: 1 }));
  const sns = (credentials: Credentials) => keep(new SNSClient({ ...common, credentials, maxAttempts: 1 }));
  const rootS3 = s3(root);
  const rootSns = sns(root);
  const sqs = keep(new SQSClient({ ...common, credentials: root }));
  const atATime = pLimit(8);
  let queues = 0;

  return {
    url,
    root,
    s3,
    sns,
    createBucket: async (name) => {
      await rootS3.send(
        new CreateBucketCommand({ Bucket: name, CreateBucketConfiguration: { LocationConstraint: region } }),
      );
    },
    fill: async (bucket, contents) => {
      await Promise.all(
        contents.map(({ key, body, size = 0 }) =>
          atATime(() =>
            rootS3.send(
              new PutObjectCommand({
                Bucket: bucket,
                Key: key,
                Body: body === undefined ? Buffer.alloc(size) : Buffer.from(body),
              }),
            ),
          ),
        ),
      );
    },
    remove: async (bucket, keys) => {
      await Promise.all(
        keys.map((key) => atATime(() => rootS3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key })))),
      );
    },
    look: async (bucket) => {
      const seen: Record<string, string> = {};
      let token: string | undefined;
      do {
        const page = await rootS3.send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: token }));
        for (const { Key = '', ETag = '', LastModified } of page.Contents ?? []) {
          seen[Key] = `${ETag} ${LastModified?.toISOString() ?? ''}`;
        }
        token = page.NextContinuationToken;
      } while (token !== undefined);
      return seen;
    },
    read: async (bucket, key) => {
      const { Body } = await rootS3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
      return Buffer.from((await Body?.transformToByteArray()) ?? []);
    },
    createTopic: async (name) => (await rootSns.send(new CreateTopicCommand({ Name: name }))).TopicArn ?? '',
    subscribe: async (topicArn, filter) => {
      const name = `mailbox-${String(++queues)}`;
      const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
      await rootSns.send(
        new SubscribeCommand({
          TopicArn: topicArn,
          Protocol: 'sqs',
          Endpoint: `arn:aws:sqs:${region}:${accountId}:${name}`,
          ...(filter === undefined ? {} : { Attributes: { FilterPolicy: JSON.stringify(filter) } }),
        }),
      );
      return async () => {
        const mails: Mail[] = [];
        // The topic delivers before it answers, so nothing has to be waited for.
        for (;;) {
          const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
          if (Messages.length === 0) return mails;
          for (const { Body = '{}', ReceiptHandle } of Messages) {
            mails.push(readEnvelope(Body));
            await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
          }
        }
      };
    },
    createRole: async (name, trusted, statements) => {
      const allow = async (allowed: readonly AllowStatement[]) => {
        await askOpenly('iam', {
          Action: 'PutRolePolicy',
          RoleName: name,
          PolicyName: 'policy',
          PolicyDocument: policyOf(allowed),
        });
      };
      await askOpenly('iam', {
        Action: 'CreateRole',
        RoleName: name,
        AssumeRolePolicyDocument: policyOf([{ Effect: 'Allow', Principal: trusted, Action: 'sts:AssumeRole' }]),
      });
      await allow(statements);
      const xml = await askOpenly('sts', {
        Action: 'AssumeRole',
        RoleArn: `arn:aws:iam::${accountId}:role/${name}`,
        RoleSessionName: 'tests',
      });
      return { arn: textOf(xml, 'Arn'), credentials: credentialsIn(xml), allow };
    },
    close: () => {
      for (const client of opened) client.destroy();
    },
  };
}

/** Unpacks the envelope in which SNS delivers to a queue. */
function readEnvelope(body: string): Mail {
  const { Subject, Message, MessageAttributes } = JSON.parse(body) as {
    Subject?: string;
    Message?: string;
    MessageAttributes?: Mail['attributes'];
  };
  return { subject: Subject ?? '', message: Message ?? '', attributes: MessageAttributes ?? {} };
}
