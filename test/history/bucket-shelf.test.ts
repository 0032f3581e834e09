import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketShelf } from '../../src/history/bucket-shelf.ts';

interface Answer {
  status: number;
  code?: string;
  body?: Buffer;
  etag?: string;
  /** Announced instead of the true length; then the connection ends. */
  announced?: number;
}

let server: Server;
let asked: { line: string; ifMatch: string | undefined; ifNoneMatch: string | undefined; body: string }[];
let answers: Answer[];

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  return Buffer.concat(chunks).toString();
};

beforeEach(async () => {
  asked = [];
  answers = [];
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers;
      asked.push({ line: `${request.method ?? ''} ${request.url ?? ''}`, ifMatch, ifNoneMatch, body });
      const { status, code, body: bytes, etag, announced } = answers.shift() ?? { status: 200 };
      const error =
        code === undefined ? Buffer.alloc(0) : Buffer.from(`<Error><Code>${code}</Code><Message>m</Message></Error>`);
      const content = bytes ?? error;
      response.writeHead(status, {
        'content-length': announced ?? content.length,
        ...(etag === undefined ? {} : { etag }),
        ...(announced === undefined ? {} : { connection: 'close' }),
      });
      response.write(content);
      if (announced === undefined) response.end();
      else setImmediate(() => response.destroy());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});

afterEach(async () => {
  vi.unstubAllEnvs();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const shelf = () => {
  const { port } = server.address() as AddressInfo;
  return bucketShelf('ops-state', 'hygiene/', {
    ...defaultConnection,
    endpoint: `http://127.0.0.1:${String(port)}`,
    region: 'us-east-1',
  });
};

describe('the state in a bucket', () => {
  it('is read with its tag as received', async () => {
    answers = [{ status: 200, body: Buffer.from('bytes'), etag: '"abc"' }];
    expect(await shelf().read('logs-prod/state.json.gz')).toEqual({
      state: 'present',
      value: { bytes: Buffer.from('bytes'), etag: '"abc"' },
    });
    expect(asked[0]?.line).toMatch(/^GET \/ops-state\/hygiene\/logs-prod\/state\.json\.gz/);
  });

  it.each([
    [{ status: 404, code: 'NoSuchKey' }, 'absent'],
    [{ status: 404, code: 'NoSuchBucket' }, 'unknown'],
    [{ status: 403, code: 'AccessDenied' }, 'unknown'],
    [{ status: 404 }, 'unknown'],
    [{ status: 503, code: 'SlowDown' }, 'unknown'],
    [{ status: 500, code: 'InternalError' }, 'unknown'],
  ])('answered with %j is %s', async (answer, state) => {
    answers = [answer];
    expect((await shelf().read('x')).state).toBe(state);
  });

  it('is asked for again when it arrives cut, and unknown when it always does', async () => {
    const cut = { status: 200, body: Buffer.from('by'), announced: 5 };
    answers = [cut, { status: 200, body: Buffer.from('bytes'), etag: '"1"' }];
    expect((await shelf().read('x')).state).toBe('present');
    answers = [cut, cut, cut];
    expect(await shelf().read('x')).toMatchObject({ state: 'unknown', failure: { code: 'CutAnswer' } });
  });

  it('is written on its condition, the tag as received', async () => {
    const one = shelf();
    expect(await one.write('x', Buffer.from('1'), 'text/plain', { absent: true })).toBe('written');
    expect(await one.write('x', Buffer.from('2'), 'text/plain', { etag: '"abc"' })).toBe('written');
    expect(await one.write('x', Buffer.from('3'), 'text/plain', null)).toBe('written');
    expect(asked.map(({ ifMatch, ifNoneMatch, body }) => [body, ifMatch, ifNoneMatch])).toEqual([
      ['1', undefined, '*'],
      ['2', '"abc"', undefined],
      ['3', undefined, undefined],
    ]);
  });

  it.each([
    [{ status: 412, code: 'PreconditionFailed' }, 'refused'],
    [{ status: 409, code: 'ConditionalRequestConflict' }, 'refused'],
    [{ status: 404, code: 'NoSuchKey' }, 'refused'],
    [{ status: 501, code: 'NotImplemented' }, 'unsupported'],
    [{ status: 400, code: 'NotImplemented' }, 'unsupported'],
  ])('a write answered with %j is %s', async (answer, written) => {
    answers = [answer];
    expect(await shelf().write('x', Buffer.from('1'), 'text/plain', { etag: '"abc"' })).toBe(written);
  });

  it.each([
    { status: 403, code: 'AccessDenied' },
    { status: 404, code: 'NoSuchBucket' },
    { status: 503, code: 'SlowDown' },
  ])('a write answered with %j has failed', async (answer) => {
    answers = [answer];
    await expect(shelf().write('x', Buffer.from('1'), 'text/plain', { absent: true })).rejects.toMatchObject({
      name: answer.code,
    });
  });

  it('has an address for people', () => {
    expect(shelf().url('logs-prod/x.json')).toBe('s3://ops-state/hygiene/logs-prod/x.json');
  });
});
