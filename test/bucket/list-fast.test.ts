import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { openBucket, type Bucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';

const servers: Server[] = [];
const buckets: Bucket[] = [];
afterEach(() => {
  for (const bucket of buckets.splice(0)) bucket.close();
  for (const server of servers.splice(0)) server.close();
});

interface Asked {
  query: URLSearchParams;
  /** From 0: how many requests came before. */
  turn: number;
}

/** A bucket on a store that answers as told. */
async function bucketOn(answer: (asked: Asked, response: ServerResponse) => void, concurrency = 32): Promise<Bucket> {
  let turn = 0;
  const server = createServer((request, response) => {
    response.setHeader('content-type', 'application/xml');
    answer({ query: new URL(request.url ?? '/', 'http://s3').searchParams, turn: turn++ }, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  const bucket = openBucket('b', { ...defaultConnection, endpoint }, { retryDelayMs: 0, concurrency });
  buckets.push(bucket);
  return bucket;
}

const document = (keys: readonly string[], between = '') =>
  `<ListBucketResult><Name>b</Name><KeyCount>${String(keys.length)}</KeyCount><IsTruncated>false</IsTruncated>${between}${keys
    .map(
      (key) =>
        `<Contents><Key>${key}</Key><LastModified>2026-11-24T05:07:08.000Z</LastModified><ETag>&quot;1&quot;</ETag><Size>7</Size></Contents>`,
    )
    .join('')}</ListBucketResult>`;

const refuse = (response: ServerResponse, status: number, code: string): void => {
  response.statusCode = status;
  response.end(`<Error><Code>${code}</Code><Message>m</Message></Error>`);
};

/** The keys of a listing, or why it failed. */
async function keysOf(bucket: Bucket, prefix = ''): Promise<string[]> {
  const keys: string[] = [];
  for await (const answer of bucket.pages({ prefix })) {
    if (answer.state === 'unknown') keys.push(`${String(answer.failure.status)} ${answer.failure.code}`);
    else keys.push(...answer.value.objects.map(({ key }) => key));
  }
  return keys;
}

describe('listings that are read from their bytes', () => {
  it('are asked for again by the SDK while the store is busy', async () => {
    const bucket = await bucketOn(({ turn }, response) => {
      if (turn < 2) refuse(response, 503, 'SlowDown');
      else response.end(document(['a']));
    });
    expect(await keysOf(bucket)).toEqual(['a']);
    expect(bucket.requests().list).toBe(1);
  });

  it('are asked for again where the body breaks off', async () => {
    const turns: number[] = [];
    const bucket = await bucketOn(({ turn }, response) => {
      turns.push(turn);
      const whole = document(['a', 'b']);
      if (turn > 0) response.end(whole);
      else {
        response.setHeader('content-length', whole.length);
        response.write(whole.slice(0, 150), () => response.socket?.destroy());
      }
    });
    expect(await keysOf(bucket)).toEqual(['a', 'b']);
    expect(turns).toEqual([0, 1]);
  });

  it.each([
    [403, 'AccessDenied'],
    [404, 'NoSuchBucket'],
    [400, 'InvalidArgument'],
  ])('fail with the status %d and the code %s that the store gave', async (status, code) => {
    const bucket = await bucketOn((_, response) => {
      refuse(response, status, code);
    });
    expect(await keysOf(bucket)).toEqual([`${String(status)} ${code}`]);
  });

  it('are left to the SDK where they are not as stores usually write them', async () => {
    const bucket = await bucketOn((_, response) => response.end(document(['a', 'b'], '<!-- a gateway was here -->')));
    expect(await keysOf(bucket)).toEqual(['a', 'b']);
  });

  it('come whole in however many pieces', async () => {
    const bucket = await bucketOn((_, response) => {
      const whole = Buffer.from(document(['a', 'ö', 'z']));
      for (let at = 0; at < whole.length; at += 7) response.write(whole.subarray(at, at + 7));
      response.end();
    });
    expect(await keysOf(bucket)).toEqual(['a', 'ö', 'z']);
  });

  it('tell the region of the bucket all the same', async () => {
    const bucket = await bucketOn((_, response) => {
      response.setHeader('x-amz-bucket-region', 'eu-south-2');
      response.end(document([]));
    });
    await keysOf(bucket);
    expect(await bucket.region()).toBe('eu-south-2');
  });

  it('are not mixed up when many are under way, some of which the SDK reads and some of which are asked for again', async () => {
    const refused = new Set<string>();
    const waiting: (() => void)[] = [];
    const bucket = await bucketOn(({ query, turn }, response) => {
      const prefix = query.get('prefix') ?? '';
      const answer = () => {
        if (turn % 5 === 0 && !refused.has(prefix)) {
          refused.add(prefix);
          refuse(response, 503, 'SlowDown');
        } else response.end(document([`${prefix}1`, `${prefix}2`], turn % 3 === 0 ? '<!-- -->' : ''));
      };
      waiting.push(answer);
      // Answers come in another order than questions.
      setImmediate(() => waiting.pop()?.());
    }, 200);
    const prefixes = Array.from({ length: 200 }, (_, at) => `p${String(at)}/`);
    const found = await Promise.all(prefixes.map((prefix) => keysOf(bucket, prefix)));
    expect(found).toEqual(prefixes.map((prefix) => [`${prefix}1`, `${prefix}2`]));
    expect(refused.size).toBeGreaterThan(0);
  });
});
