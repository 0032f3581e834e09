import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { main } from '../../src/entry/cli.ts';
import { makeHandler } from '../../src/entry/lambda.ts';
import { startEmbedded, type Embedded } from '../integration/embedded.ts';
import { startS3, type S3 } from '../s3/server.ts';
import { runCli, type CliOptions } from '../support/cli.ts';
import { leaksIn, secretBucket, secrets, unread } from './canaries.ts';
import { faultOf } from './keys.ts';
import { formats } from './outputs.ts';

/** Credentials whose secret parts are planted. */
const credentials = {
  AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST',
  AWS_SECRET_ACCESS_KEY: secrets.accessSecret,
  AWS_SESSION_TOKEN: secrets.sessionToken,
  AWS_MAX_ATTEMPTS: '1',
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-secrets-'));
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** What the command prints, run in this process: many runs of their own take their time. */
async function printed(args: readonly string[], env: Record<string, string | undefined>) {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const text: string[] = [];
  const ear = {
    write: (line: string, done?: () => void) => {
      text.push(line);
      done?.();
    },
  };
  try {
    const code = await main(['audit', 's3://logs', ...args], process.env, { stdout: ear, stderr: ear });
    return { code, left: text.join('') };
  } finally {
    vi.unstubAllEnvs();
  }
}

/** What the command prints, run in a process of its own: a crash would show in it, too. */
async function audited(args: readonly string[], options: CliOptions): Promise<{ code: number | null; left: string }> {
  const { code, stdout, stderr } = await runCli(['audit', 's3://logs', ...args], options);
  expect(stderr).not.toMatch(/^\s+at .*:\d+/m);
  return { code, left: stdout + stderr };
}

describe('the secrets in a bucket', () => {
  let s3: S3;

  beforeAll(async () => {
    s3 = await startS3({ buckets: { logs: { objects: secretBucket } } });
  });

  afterAll(() => s3.close());

  it.each(formats)('are in nothing that the command line prints as %s', async (format) => {
    const state = join(folder, `state-${format}`);
    const { code, left } = await audited(['--format', format, '--state', state], {
      endpoint: s3.url,
      env: credentials,
    });
    expect(code).toBe(1);
    // Metrics name no key: a label for each would be a time series for each.
    expect(left).toContain(format === 'openmetrics' ? 'verdict="corrupt"' : 'broken-tenant/');
    expect(leaksIn(left)).toEqual([]);
    const stored = readFileSync(join(state, 'logs', 'state.json.gz'));
    expect(leaksIn(gunzipSync(stored).toString())).toEqual([]);
  });

  it('are asked for only where a deployment file or a marker is needed', () => {
    const asked = new Set(s3.requests.filter(({ operation }) => operation !== 'ListObjectsV2').map(({ key }) => key));
    expect(asked).toContain('.parseable/.parseable.json');
    expect([...asked].filter((key) => unread.some((object) => object.key === key))).toEqual([]);
  });
});

/** A store that answers everything in the same way. */
async function answering<T>(
  answer: (response: ServerResponse, path: string) => void,
  ask: (url: string) => Promise<T>,
) {
  const server = createServer((message, response) => {
    message.resume();
    answer(response, message.url ?? '');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    return await ask(`http://127.0.0.1:${String((server.address() as AddressInfo).port)}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const error = (message: string, code = 'AccessDenied') =>
  `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${message}</Message><Token-0>${secrets.storesWords}</Token-0><StringToSign>${secrets.storesWords}</StringToSign></Error>`;
const listing = (rows: string) =>
  `<?xml version="1.0"?><ListBucketResult><Name>logs</Name><IsTruncated>false</IsTruncated><KeyCount>1</KeyCount><Contents>${rows}</Contents></ListBucketResult>`;
const nonsense = secrets.nonsense;

/** Answers of stores, proxies and portals that repeat what they were sent, or that make no sense. */
const answers: [what: string, status: number, headers: Record<string, string>, body: string][] = [
  ['an error that repeats the token', 403, {}, error(`The token ${secrets.sessionToken} is not known`)],
  [
    'an error that repeats the secret key',
    403,
    {},
    error(`x-amz-security-token: ${secrets.sessionToken}; key=${secrets.accessSecret}`),
  ],
  [
    'an error that repeats an address with a password',
    400,
    {},
    error(`http://user:${secrets.endpointPassword}@minio:9000/ is no address`, 'InvalidArgument'),
  ],
  ['an error whose code is a story', 400, {}, error('x', `Bad\n\u202e${secrets.sessionToken}`)],
  ['an error with line feeds and colours', 400, {}, error('one\ntwo&#27;[31m\u202e', 'InvalidArgument')],
  ['a page of HTML', 502, { 'content-type': 'text/html' }, `<html><body>${nonsense}<br></html>`],
  ['a page of HTML that is well', 200, { 'content-type': 'text/html' }, `<html><body>${nonsense}</body></html>`],
  ['JSON in place of XML', 200, { 'content-type': 'application/json' }, JSON.stringify({ nonsense })],
  ['text in place of XML', 200, {}, nonsense],
  ['XML that breaks off', 200, {}, `<ListBucketResult><Name>${nonsense}`],
  ['an error in JSON', 500, {}, JSON.stringify({ message: nonsense, token: secrets.sessionToken })],
  [
    'headers full of secrets',
    403,
    { 'x-amz-request-id': nonsense, 'x-amz-id-2': nonsense, 'x-minio-error-desc': nonsense },
    '',
  ],
  ['a time that is none', 200, {}, listing(`<Key>x</Key><Size>1</Size><LastModified>${nonsense}</LastModified>`)],
  [
    'a size that is none',
    200,
    {},
    listing(`<Key>x</Key><Size>${nonsense}</Size><LastModified>2026-11-01T00:00:00Z</LastModified>`),
  ],
  ['an object without a key', 200, {}, listing(`<Size>1</Size><ETag>${nonsense}</ETag>`)],
  [
    'another size of infinity',
    200,
    {},
    listing('<Key>x</Key><Size>1e999</Size><LastModified>2026-11-01T00:00:00Z</LastModified>'),
  ],
  ['a redirect', 301, { location: `http://user:${secrets.endpointPassword}@127.0.0.1:9/` }, ''],
];

describe('a store that answers with', () => {
  it.each(answers)('%s gets no secret and no nonsense out of the command line', async (_, status, headers, body) => {
    await answering(
      (response) => {
        response.writeHead(status, headers).end(body);
      },
      async (endpoint) => {
        for (const format of formats) {
          const { code, left } = await printed(['--format', format], { ...credentials, AWS_ENDPOINT_URL_S3: endpoint });
          expect([1, 3, 4]).toContain(code);
          expect(leaksIn(left)).toEqual([]);
          expect(faultOf(left)).toBeNull();
        }
      },
    );
  });
});

it('a process of its own that meets nonsense does not crash, and tells no secret', async () => {
  await answering(
    (response, path) => {
      // The root is listed well; what is asked next is torn, and the socket with it.
      if (/prefix=(&|$)/.test(path))
        response.end(listing('<Key>x/</Key><Size>1e999</Size><LastModified>0</LastModified>'));
      else response.write(nonsense, () => response.socket?.destroy());
    },
    async (endpoint) => {
      const { left } = await audited(['--format', 'json'], {
        endpoint,
        env: { ...credentials, BUCKET_HYGIENE_DEBUG: '1', NODE_OPTIONS: '--unhandled-rejections=strict' },
      });
      expect(leaksIn(left)).toEqual([]);
    },
  );
});

describe('the secrets around an audit', () => {
  const quiet = { ...credentials, AWS_ENDPOINT_URL_S3: undefined };
  const profile = (lines: string[]): Record<string, string | undefined> => {
    const config = join(folder, 'aws-config');
    writeFileSync(config, ['[default]', 'region = us-east-1', ...lines, ''].join('\n'));
    return { ...quiet, AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws-credentials') };
  };
  const withoutKeys = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };
  const address = (rest: string) => `http://user:${secrets.endpointPassword}@127.0.0.1:9${rest}`;

  it.each([
    ['the variable AWS_ENDPOINT_URL_S3', { AWS_ENDPOINT_URL_S3: address('/') }, []],
    ['the variable AWS_ENDPOINT_URL', { AWS_ENDPOINT_URL: address('') }, []],
    ['the option --endpoint-url', {}, ['--endpoint-url', address('')]],
  ])('in an address of %s are refused unseen', async (_, env, args) => {
    const { code, left } = await printed(args, { ...quiet, ...env });
    expect(code).toBe(2);
    expect(leaksIn(left)).toEqual([]);
  });

  it.each(formats)('in an address of a profile are not told as %s', async (format) => {
    const env = profile([`endpoint_url = ${address(`/?token=${secrets.endpointPassword}`)}`]);
    const { code, left } = await printed(['--format', format], env);
    expect(code).toBe(4);
    expect(left).toContain('127.0.0.1:9');
    expect(leaksIn(left)).toEqual([]);
  });

  it('in the file of credentials, and in what a credential process is given and says, are not told', async () => {
    writeFileSync(join(folder, 'aws-credentials'), `[default]\naws_secret_access_key = ${secrets.profileSecret}\n`);
    const failing = `node -e "console.error('${secrets.processOutput}');process.exit(1)" ${secrets.profileSecret}`;
    const talking = `node -e "console.log('${secrets.processOutput}')"`;
    for (const process of [failing, talking]) {
      const env = { ...profile([`credential_process = ${process}`]), ...withoutKeys };
      const { code, left } = await audited(['--endpoint-url', 'http://127.0.0.1:9'], { env });
      expect(code).toBe(4);
      expect(leaksIn(left)).toEqual([]);
    }
  });
});

describe('the secrets in a bucket that the Lambda watches', () => {
  let aws: Embedded;
  let s3: S3;
  let lines: string[];

  beforeEach(async () => {
    s3 = await startS3({ buckets: { logs: { objects: secretBucket } } });
    aws = await startEmbedded();
    await aws.account.createBucket('ops-state');
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', secrets.accessSecret);
    vi.stubEnv('AWS_SESSION_TOKEN', secrets.sessionToken);
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_LOG_LEVEL', 'DEBUG');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    lines = [];
    for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
      vi.spyOn(console, method).mockImplementation((...line: unknown[]) => void lines.push(line.map(String).join(' ')));
    }
  });

  afterEach(async () => {
    vi.restoreAllMocks();
    await aws.stop();
    await s3.close();
  });

  /** One run, and all that it leaves: logs, metrics, the mail, the answer or the error. */
  async function invoked(endpoint: string): Promise<string> {
    await aws.configure({
      buckets: [{ name: 'logs', endpoint }],
      alerts: { topicArn: aws.topicArn, minSeverity: 'note' },
      stateUrl: 's3://ops-state/bucket-hygiene/',
    });
    const answer = await makeHandler()({}).catch((thrown: unknown) => {
      const failed = thrown as Error;
      return [failed.name, failed.message, failed.stack, JSON.stringify(failed), String(failed.cause)];
    });
    return [JSON.stringify(answer), ...lines, JSON.stringify(await aws.account.receive(aws.queueUrl))].join('\n');
  }

  it('are in no log, metric, mail or answer', async () => {
    const left = await invoked(s3.url);
    expect(left).toContain('broken-tenant/');
    expect(left).toContain('"_aws"');
    expect(leaksIn(left)).toEqual([]);
    const asked = s3.requests.filter(({ operation }) => operation !== 'ListObjectsV2').map(({ key }) => key);
    expect(asked.filter((key) => unread.some((object) => object.key === key))).toEqual([]);
  });

  it.each(answers)('are in none of them when the store answers with %s', async (_, status, headers, body) => {
    await answering(
      (response) => {
        response.writeHead(status, headers).end(body);
      },
      async (endpoint) => {
        const left = await invoked(endpoint);
        expect(leaksIn(left)).toEqual([]);
        expect(faultOf(left)).toBeNull();
      },
    );
  });
});
