import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from 'fauxqs';
import { vi } from 'vitest';
import { openAccount, type Account } from '../../src/entry/demo/embedded-aws.ts';

/** How the embedded AWS answers a request out of order: with an S3 error, or never. */
export type Fault = { status: number; code: string } | 'silence';

/** A request as a fault sees it: `GET /logs-good?list-type=2…`. */
export type FaultRule = (request: string) => Fault | null;

export interface Embedded {
  account: Account;
  topicArn: string;
  queueUrl: string;
  /** Replaces the rule; null heals everything. */
  fail(rule: FaultRule | null): void;
  /** Writes the configuration file that the Lambda reads. */
  configure(config: object): Promise<void>;
  stop(): Promise<void>;
}

const region = 'us-east-1';

/** S3, SNS and SQS on the loopback interface, with the environment of this process pointed at them, and faults on demand. */
export async function startEmbedded(): Promise<Embedded> {
  let rule: FaultRule | null = null;
  const app = buildApp({ logger: false, host: '127.0.0.1' });
  app.addHook('onRequest', (request, reply, done) => {
    const fault = rule?.(`${request.method} ${request.url}`) ?? null;
    if (fault === null) done();
    else if (fault !== 'silence') {
      void reply
        .code(fault.status)
        .type('application/xml')
        .send(`<?xml version="1.0"?><Error><Code>${fault.code}</Code><Message>on demand</Message></Error>`);
    }
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = app.server.address() as AddressInfo;
  const endpoint = `http://127.0.0.1:${String(port)}`;
  const folder = await mkdtemp(join(tmpdir(), 'embedded-aws-'));
  const configPath = join(folder, 'bucket-hygiene.json');
  vi.stubEnv('AWS_ENDPOINT_URL', endpoint);
  vi.stubEnv('AWS_REGION', region);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  vi.stubEnv('BUCKET_HYGIENE_CONFIG', configPath);
  vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'SILENT');
  vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'true');
  const account = openAccount(endpoint, region);
  const { topicArn, queueUrl } = await account.createTopic('bucket-hygiene');
  return {
    account,
    topicArn,
    queueUrl,
    fail: (next) => {
      rule = next;
    },
    configure: (config) => writeFile(configPath, JSON.stringify(config)),
    stop: async () => {
      account.close();
      app.server.closeAllConnections();
      await app.close();
      await rm(folder, { recursive: true });
      vi.unstubAllEnvs();
    },
  };
}
