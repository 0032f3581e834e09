import { createServer, type RequestListener, type Server } from 'node:http';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { ConfigError } from '../../src/config/errors.ts';
import { loadConfig, noConfig, parseConfig } from '../../src/config/load.ts';

let folder: string;
let server: Server | null = null;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-config-'));
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  vi.stubEnv('AWS_ENDPOINT_URL', undefined);
  vi.stubEnv('AWS_ENDPOINT_URL_SSM', undefined);
  vi.stubEnv('AWS_PROFILE', undefined);
});

afterEach(async () => {
  vi.unstubAllEnvs();
  await rm(folder, { recursive: true });
  server?.close();
  server?.closeAllConnections();
  server = null;
});

const serve = async (answer: RequestListener) => {
  const listening = createServer(answer);
  server = listening;
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
  return { ...defaultConnection, endpoint: `http://127.0.0.1:${String((listening.address() as AddressInfo).port)}` };
};

const text = JSON.stringify({ buckets: [{ name: 'logs' }] });

const linesOf = async (work: Promise<unknown>): Promise<string[]> => {
  const error: unknown = await work.then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(ConfigError);
  return (error as ConfigError).lines;
};

describe('loading a configuration', () => {
  it('reads a path, relative to the folder that is given', async () => {
    await writeFile(join(folder, 'settings.json'), text);
    const config = await loadConfig('settings.json', defaultConnection, folder);
    expect(config.buckets.map(({ name }) => name)).toEqual(['logs']);
  });

  it('takes bucket-hygiene.json when nothing is named, and the defaults when it is not there', async () => {
    expect(await loadConfig(null, defaultConnection, folder)).toEqual(noConfig());
    await writeFile(join(folder, 'bucket-hygiene.json'), text);
    expect((await loadConfig(null, defaultConnection, folder)).buckets).toHaveLength(1);
  });

  it('refuses a named file that does not exist', async () => {
    expect(await linesOf(loadConfig('gone.json', defaultConnection, folder))).toEqual([
      'the configuration gone.json does not exist',
    ]);
  });

  it('says why a file cannot be read', async () => {
    expect(await linesOf(loadConfig('.', defaultConnection, folder))).toEqual([
      'the configuration . cannot be read: EISDIR',
    ]);
  });

  it.each(['s3://ops', 's3://ops/', 'https://example.com/c.json', 'ssm:'])(
    'refuses %s, which names none',
    async (source) => {
      expect(await linesOf(loadConfig(source, defaultConnection, folder))).toEqual([
        `${source} names no configuration`,
        '  expected a path, s3://BUCKET/KEY or ssm:/NAME',
      ]);
    },
  );

  it('reads an object of a bucket', async () => {
    const asked: string[] = [];
    const connection = await serve((request, response) => {
      asked.push(`${request.method ?? ''} ${(request.url ?? '').replace(/\?.*/, '')}`);
      response.end(text);
    });
    expect((await loadConfig('s3://ops/conf/a b.json', connection)).buckets).toHaveLength(1);
    expect(asked).toEqual(['GET /ops/conf/a%20b.json']);
  });

  it('tells an object that is not there from one that may not be read', async () => {
    let answer = { status: 404, code: 'NoSuchKey' };
    const connection = await serve((_, response) => {
      response.writeHead(answer.status, { 'content-type': 'application/xml' });
      response.end(`<Error><Code>${answer.code}</Code><Message>no luck</Message></Error>`);
    });
    expect(await linesOf(loadConfig('s3://ops/c.json', connection))).toEqual([
      'the configuration s3://ops/c.json does not exist',
    ]);
    answer = { status: 403, code: 'AccessDenied' };
    expect(await linesOf(loadConfig('s3://ops/c.json', connection))).toEqual([
      'the configuration s3://ops/c.json cannot be read: GetObject answered AccessDenied',
      '  no luck',
    ]);
  });

  it('reads a parameter, decrypted', async () => {
    let asked = '';
    const connection = await serve((request, response) => {
      request.on('data', (part: Buffer) => (asked += part.toString()));
      request.on('end', () => {
        response.setHeader('content-type', 'application/x-amz-json-1.1');
        response.end(JSON.stringify({ Parameter: { Name: '/hygiene', Value: text } }));
      });
    });
    expect((await loadConfig('ssm:/hygiene', connection)).buckets).toHaveLength(1);
    expect(JSON.parse(asked)).toEqual({ Name: '/hygiene', WithDecryption: true });
  });

  it('refuses a parameter that does not exist', async () => {
    const connection = await serve((_, response) => {
      response.writeHead(400, { 'content-type': 'application/x-amz-json-1.1' });
      response.end(JSON.stringify({ __type: 'ParameterNotFound' }));
    });
    expect(await linesOf(loadConfig('ssm:/gone', connection))).toEqual(['the configuration ssm:/gone does not exist']);
  });
});

describe('the errors of a configuration', () => {
  const errorOf = (source: string): string[] => {
    try {
      parseConfig(source, 'hygiene.json');
    } catch (error) {
      if (error instanceof ConfigError) return error.lines;
    }
    return [];
  };

  it('name the file', () => {
    expect(errorOf('{"buckets": [{"name": "logs", "alow": []}]}')).toEqual([
      'buckets[0].alow is not a setting (did you mean allow?)',
      '  in hygiene.json',
    ]);
  });

  it('name line and column of what is not JSON', () => {
    expect(errorOf('{\n  "buckets": [],\n}')).toEqual([
      'hygiene.json:2:16 is not JSON: a comma before } is one too many',
    ]);
  });

  it('refuse state inside a watched bucket', () => {
    expect(errorOf('{"buckets": [{"name": "logs"}], "stateUrl": "s3://logs/state/"}')).toEqual([
      'stateUrl lies in logs, which is watched: the monitor never writes there, keep its state in a bucket of its own',
      '  in hygiene.json',
    ]);
  });
});
