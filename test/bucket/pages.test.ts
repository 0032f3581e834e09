import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** A store, or a proxy before it, that answers each page with the token that is told for the one asked. */
async function storeOf(next: (asked: string) => string): Promise<string> {
  const server = createServer((request, response) => {
    const asked = new URL(request.url ?? '/', 'http://s3').searchParams.get('continuation-token') ?? '';
    const token = next(asked);
    const end = token === '' ? '' : `<NextContinuationToken>${token}</NextContinuationToken>`;
    response.setHeader('content-type', 'application/xml');
    response.end(
      `<ListBucketResult><Name>b</Name><KeyCount>0</KeyCount><IsTruncated>${String(token !== '')}</IsTruncated>${end}</ListBucketResult>`,
    );
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

async function statesOf(endpoint: string): Promise<string[]> {
  const bucket = openBucket('b', { ...defaultConnection, endpoint }, { retryDelayMs: 0 });
  const states: string[] = [];
  for await (const answer of bucket.pages({ prefix: '' })) {
    states.push(answer.state === 'unknown' ? answer.failure.code : answer.state);
    if (states.length > 20) break;
  }
  bucket.close();
  return states;
}

it('a listing ends when its token ends', async () => {
  const following: Record<string, string> = { '': 'a', a: 'b', b: '' };
  expect(await statesOf(await storeOf((asked) => following[asked] ?? ''))).toEqual(['present', 'present', 'present']);
});

it('a listing that comes back to a page it has had is not followed for ever, and is not whole', async () => {
  const following: Record<string, string> = { '': 'a', a: 'b', b: 'a' };
  expect(await statesOf(await storeOf((asked) => following[asked] ?? ''))).toEqual(['present', 'present', 'CutAnswer']);
});
