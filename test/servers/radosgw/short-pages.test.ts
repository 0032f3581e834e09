import { ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { audit } from '../../../src/audit/audit.ts';
import { openBucket } from '../../../src/bucket/bucket.ts';
import { defaultConnection } from '../../../src/bucket/connection.ts';
import { bucketDefaults } from '../../../src/config/config.ts';
import { loadRecorded } from '../../support/recorded.ts';
import { clientOf, makeBucket, openGateway } from './gateway.ts';

/** How many rows the audit asks for; null for as many as usual. */
const asked = vi.hoisted((): { rows: number | null } => ({ rows: null }));

vi.mock(import('@aws-sdk/client-s3'), async (original) => {
  const sdk = await original();
  class Asking extends sdk.ListObjectsV2Command {
    constructor(input: ConstructorParameters<typeof sdk.ListObjectsV2Command>[0]) {
      super(asked.rows === null ? input : { MaxKeys: asked.rows, ...input });
    }
  }
  return { ...sdk, ListObjectsV2Command: Asking };
});

const gateway = openGateway();
const rows = 12;
let client: S3Client;
let bucket: string;

beforeAll(async () => {
  client = clientOf(gateway, gateway.tests);
  const foreign = Array.from({ length: 300 }, (_, index) => ({
    key: `foreign-${String(index % 20).padStart(2, '0')}/${String(index)}`,
    body: 'x',
  }));
  bucket = await makeBucket(client, 'short', [...loadRecorded('layout-1.6').contents.objects, ...foreign]);
});

afterAll(() => {
  client.destroy();
});

async function pageSizes(): Promise<number[]> {
  const sizes: number[] = [];
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, Delimiter: '/', MaxKeys: rows, ContinuationToken: token }),
    );
    sizes.push(page.KeyCount ?? -1);
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return sizes;
}

async function auditBy(size: number | null) {
  asked.rows = size;
  vi.stubEnv('AWS_ACCESS_KEY_ID', gateway.tests.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', gateway.tests.secretAccessKey);
  const store = openBucket(bucket, { ...defaultConnection, endpoint: gateway.url });
  try {
    return await audit({ bucket: bucketDefaults(bucket), store, startedAt: new Date('2026-11-24T06:00:00Z') });
  } finally {
    store.close();
    vi.unstubAllEnvs();
    asked.rows = null;
  }
}

describe('pages of radosgw', () => {
  test('are short and go on, as S3 reserves the right to', async () => {
    const before = (await pageSizes()).slice(0, -1);
    expect(before.length).toBeGreaterThan(1);
    expect(before.some((size) => size < rows)).toBe(true);
  });

  test('give the same audit short as whole', async () => {
    const whole = await auditBy(null);
    const short = await auditBy(rows);
    expect(whole.completeness).toBe('full');
    expect(whole.candidates.filter(({ kind }) => kind === 'foreign-prefix')).toHaveLength(20);
    expect(short.requests.list).toBeGreaterThan(whole.requests.list);
    const seen = { requests: null, finishedAt: null };
    expect({ ...short, ...seen }).toEqual({ ...whole, ...seen });
  });
});
