import { audit } from '../../src/audit/audit.ts';
import type { Earlier } from '../../src/audit/earlier.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import type { Body, Bucket } from '../../src/bucket/bucket.ts';
import type { Page } from '../../src/bucket/page.ts';
import type { BucketConfig } from '../../src/config/config.ts';
import { toSecond } from '../s3/listings.ts';
import { list } from '../s3/listing.ts';
import type { StoredBucket, StoredObject } from '../s3/server.ts';

const listed = ({ key, size, lastModified, etag }: StoredObject) => ({
  key,
  size,
  lastModified: toSecond(lastModified).toISOString(),
  etag: `"${etag}"`,
});

/** The bucket as it is, without a network in between: nothing can go wrong. It has no lifecycle and no unfinished uploads. */
function asItIs(name: string, stored: StoredBucket, pageSize: number): Bucket {
  const counts = { list: 0, get: 0, head: 0, other: 0 };
  return {
    name,
    endpoint: async () => null,
    region: async () => stored.region,
    requests: () => ({ ...counts }),
    close: () => undefined,
    async *pages({ prefix, delimiter = '' }) {
      let after: string | null = '';
      while (after !== null) {
        counts.list++;
        const page = list(stored, { prefix, delimiter, after, max: Math.min(pageSize, 1_000) });
        const value: Page = { objects: page.objects.map(listed), prefixes: page.prefixes, more: page.truncated };
        yield { state: 'present', value };
        after = page.truncated ? page.last : null;
      }
    },
    lifecycle: async () => ({ state: 'present', value: [] }),
    uploads: async () => ({ state: 'present', value: { uploads: [], complete: true } }),
    partsOf: async () => ({ state: 'present', value: { bytes: 0, complete: true } }),
    versioning: async () => ({ state: 'present', value: 'never' }),
    objectLock: async () => ({ state: 'present', value: false }),
    through: async (key, consume) => {
      counts.get++;
      const object = stored.get(key);
      if (object === undefined) return { state: 'absent' };
      const bytes = object.body ?? Buffer.alloc(object.size);
      const pieces = async function* () {
        yield bytes;
      };
      return {
        state: 'present',
        value: { value: await consume(pieces()), etag: listed(object).etag, bytes: bytes.length },
      };
    },
    get: async (key) => {
      counts.get++;
      const object = stored.get(key);
      if (object === undefined) return { state: 'absent' };
      const { etag, lastModified } = listed(object);
      const value: Body = { bytes: object.body ?? Buffer.alloc(object.size), etag, lastModified };
      return { state: 'present', value };
    },
  };
}

/** What an audit of this very moment says when nothing goes wrong. */
export const undisturbedAudit = (
  bucket: BucketConfig,
  stored: StoredBucket,
  pageSize: number,
  startedAt: Date,
  earlier: Earlier,
  mode: 'audit' | 'deep',
): Promise<Outcome> => audit({ bucket, store: asItIs(bucket.name, stored, pageSize), startedAt, earlier, mode });
