import type { AddressInfo } from 'node:net';
import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { buildApp } from 'fauxqs';

/** One object to write: its text, or as many zero bytes as the original had. */
export interface DemoObject {
  key: string;
  body?: string;
  size?: number;
}

/** An alert as a subscriber of the topic receives it. */
export interface Mail {
  subject: string;
  message: string;
  attributes: Record<string, string>;
}

/** Starts S3, SNS and SQS in this process, reachable from this machine only. */
export async function startEmbeddedAws(): Promise<{ endpoint: string; stop: () => Promise<void> }> {
  const app = buildApp({ logger: false, host: '127.0.0.1' });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${String(port)}`,
    stop: async () => {
      app.server.closeAllConnections();
      await app.close();
    },
  };
}

/** An account on the embedded AWS, set up and looked at through the public APIs alone. */
export function openAccount(endpoint: string, region: string) {
  const common = { endpoint, region, credentials: { accessKeyId: 'demo', secretAccessKey: 'demo' } };
  const s3 = new S3Client({ ...common, forcePathStyle: true });
  const sns = new SNSClient(common);
  const sqs = new SQSClient(common);

  const write = async (bucket: string, objects: readonly DemoObject[]): Promise<void> => {
    // One after the other would take seconds, all at once as many connections.
    const waiting = [...objects];
    const worker = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const body = next.body === undefined ? Buffer.alloc(next.size ?? 0) : Buffer.from(next.body);
        await s3.send(new PutObjectCommand({ Bucket: bucket, Key: next.key, Body: body }));
      }
    };
    await Promise.all([worker(), worker(), worker(), worker(), worker(), worker(), worker(), worker()]);
  };

  return {
    createBucket: async (name: string): Promise<void> => {
      await s3.send(new CreateBucketCommand({ Bucket: name }));
    },
    write,
    remove: async (bucket: string, objects: readonly DemoObject[]): Promise<void> => {
      for (const { key } of objects) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
    },
    /** A topic and a queue that stands for the reader's mailbox. */
    createTopic: async (name: string): Promise<{ topicArn: string; queueUrl: string }> => {
      const topic = await sns.send(new CreateTopicCommand({ Name: name }));
      const queue = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-mailbox` }));
      const topicArn = topic.TopicArn ?? '';
      const queueUrl = queue.QueueUrl ?? '';
      const attributes = await sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
      );
      const queueArn = attributes.Attributes?.['QueueArn'] ?? '';
      await sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: queueArn }));
      return { topicArn, queueUrl };
    },
    /** Takes everything out of the mailbox. The topic delivers before it answers, so nothing has to be waited for. */
    receive: async (queueUrl: string): Promise<Mail[]> => {
      const mails: Mail[] = [];
      for (;;) {
        const answer = await sqs.send(
          new ReceiveMessageCommand({ QueueUrl: queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 0 }),
        );
        if (answer.Messages === undefined || answer.Messages.length === 0) return mails;
        for (const { Body, ReceiptHandle } of answer.Messages) {
          mails.push(readEnvelope(Body ?? '{}'));
          await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
        }
      }
    },
    close: (): void => {
      for (const client of [s3, sns, sqs]) client.destroy();
    },
  };
}

export type Account = ReturnType<typeof openAccount>;

/** Unpacks the envelope in which SNS delivers to a queue. */
function readEnvelope(body: string): Mail {
  const envelope = JSON.parse(body) as {
    Subject?: string;
    Message?: string;
    MessageAttributes?: Record<string, { Value: string }>;
  };
  const attributes = Object.entries(envelope.MessageAttributes ?? {});
  return {
    subject: envelope.Subject ?? '',
    message: envelope.Message ?? '',
    attributes: Object.fromEntries(attributes.map(([name, { Value }]) => [name, Value])),
  };
}
