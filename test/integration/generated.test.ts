import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditObjects, findingsOf } from '../support/audited.ts';
import {
  healthyBucket,
  healthy,
  markerBody,
  object,
  type Generated,
  type GeneratedObject,
} from '../support/generated.ts';

const runs = { numRuns: 40 };

describe('a healthy bucket of any layout and mode', () => {
  it('gives no finding, whatever its streams, days, hosts, partitions and tenants are', async () => {
    await fc.assert(
      fc.asyncProperty(healthyBucket, async ({ objects, serverVersion }) => {
        const outcome = await auditObjects(objects, { serverVersion });
        expect(outcome.completeness).toBe('full');
        expect(findingsOf(outcome)).toEqual([]);
      }),
      runs,
    );
  });
});

/** Each damage, made to the first stream of a healthy bucket, and the one finding that it must give. */
const damages: Record<string, (bucket: Generated, stream: string) => [GeneratedObject[], string]> = {
  'a delete cut short': ({ objects }, stream) => [
    objects.filter(({ key }) => !key.startsWith(`${stream}.`)),
    `orphaned-stream-data ${stream}`,
  ],
  'metadata files that are lost, with a schema left': ({ objects }, stream) => [
    objects.filter(({ key }) => !(key.startsWith(`${stream}.`) && key.endsWith('stream.json'))),
    `orphaned-stream-data ${stream}`,
  ],
  'a marker of 0 bytes': ({ objects }, stream) => [
    objects.map((one) => (one.key === `${stream}.stream/.stream.json` ? object(one.key, '') : one)),
    `stream-metadata-corrupt ${stream}`,
  ],
  'a marker that is no JSON': ({ objects }, stream) => [
    objects.map((one) => (one.key === `${stream}.stream/.stream.json` ? object(one.key, '{"version":"v7"') : one)),
    `stream-metadata-corrupt ${stream}`,
  ],
  'a marker of an unknown version': ({ objects }, stream) => [
    objects.map((one) => (one.key === `${stream}.stream/.stream.json` ? object(one.key, '{"version":"v99"}') : one)),
    `stream-metadata-newer ${stream}`,
  ],
  'a schema alone': ({ objects }, stream) => [
    objects.filter(({ key }) => !key.startsWith(stream) || key === `${stream}.stream/.schema`),
    `stream-leftover ${stream}`,
  ],
  'a lost deployment file': ({ objects }) => [
    objects.filter(({ key }) => key !== '.parseable/.parseable.json'),
    'deployment-metadata-missing .parseable/',
  ],
  'a damaged deployment file': ({ objects }) => [
    objects.map((one) => (one.key === '.parseable/.parseable.json' ? object(one.key, 'x') : one)),
    'deployment-metadata-corrupt .parseable/',
  ],
  'a backup tool that moved in': ({ objects }) => [
    [...objects, object('zz backups/data/6d/6d8b', 100), object('zz backups/config', 155)],
    'foreign-prefix zz backups/',
  ],
  'a hive dataset': ({ objects }) => [
    [...objects, object('zz.clicks/date=2026-11-20/hour=01/part-0.parquet', 100)],
    'foreign-prefix zz.clicks/',
  ],
  'a file at the root': ({ objects }) => [[...objects, object('notes.txt', 18)], 'foreign-root-object notes.txt'],
  'a folder made in a console': ({ objects }) => [[...objects, object('zz.test/', 0)], 'folder-marker zz.test/'],
  'a hidden folder that a newer server may have made': ({ objects }) => [
    [...objects, object('.future/a.json', '{}')],
    'unrecognised-internal-prefix .future/',
  ],
  'a trash can': ({ objects }) => [[...objects, object('.Trash/a', 1)], 'foreign-prefix .Trash/'],
  'an export that was put into a stream': ({ objects }, stream) => [
    [...objects, object(`${stream}export/a.csv`, 10), object(`${stream}notes.txt`, 10)],
    `foreign-in-stream ${stream}`,
  ],
  'a day that was copied under another name': ({ objects }, stream) => [
    [...objects, object(`${stream}date=2026-10-01-copy/hour=01/a.parquet`, 10)],
    `malformed-date-prefix ${stream}date=2026-10-01-copy/`,
  ],
  'metadata that a server wrote anew': ({ objects }, stream) => [
    [
      ...objects
        .filter(({ key }) => !key.startsWith(`${stream}.stream/.ingestor.`))
        .map((one) => (one.key === `${stream}.stream/.stream.json` ? object(one.key, markerBody('v7')) : one)),
      object(`${stream}date=2026-10-31/host.manifest.json`, '{"version":"v1","files":[]}'),
    ],
    `snapshot-reset ${stream}`,
  ],
};

describe('a damage to a healthy bucket', () => {
  it.each(Object.keys(damages))('%s gives its finding and no other', async (name) => {
    const damage = damages[name]!;
    await fc.assert(
      fc.asyncProperty(healthy.single, async (bucket) => {
        const stream = bucket.streams[0]!;
        const [objects, expected] = damage(bucket, stream);
        expect(findingsOf(await auditObjects(objects, { serverVersion: bucket.serverVersion }))).toEqual([expected]);
      }),
      { numRuns: 8 },
    );
  });
});

const without = ({ objects }: Generated, unwanted: (key: string) => boolean) =>
  objects.filter(({ key }) => !unwanted(key));
const damaged = ({ objects }: Generated, wanted: string, body = 'x') =>
  objects.map((one) => (one.key === wanted ? object(one.key, body) : one));

/** The same for a layout before 1.0. */
const oldDamages: Record<string, (bucket: Generated, stream: string) => [GeneratedObject[], string]> = {
  'a delete cut short': (bucket, stream) => [
    without(bucket, (key) => key.startsWith(`${stream}.`)),
    `orphaned-stream-data ${stream}`,
  ],
  'a lost marker': (bucket, stream) => [
    without(bucket, (key) => key === `${stream}.stream.json`),
    `orphaned-stream-data ${stream}`,
  ],
  'a marker of 0 bytes': (bucket, stream) => [
    damaged(bucket, `${stream}.stream.json`, ''),
    `stream-metadata-corrupt ${stream}`,
  ],
  'a lost deployment file': (bucket) => [
    without(bucket, (key) => key === '.parseable.json'),
    'deployment-metadata-missing .parseable/',
  ],
  'a damaged deployment file': (bucket) => [
    damaged(bucket, '.parseable.json'),
    'deployment-metadata-corrupt .parseable/',
  ],
  'a backup tool that moved in': ({ objects }) => [
    [...objects, object('zz-backups/config', 1)],
    'foreign-prefix zz-backups/',
  ],
};

describe('a damage to a healthy bucket of 0.1 to 0.9', () => {
  it.each(Object.entries(oldDamages))('%s gives its finding and no other', async (_name, damage) => {
    await fc.assert(
      fc.asyncProperty(healthy.old, async (bucket) => {
        const [objects, expected] = damage(bucket, bucket.streams[0]!);
        expect(findingsOf(await auditObjects(objects, { serverVersion: bucket.serverVersion }))).toEqual([expected]);
      }),
      { numRuns: 8 },
    );
  });
});

/** The same for what belongs to tenants; the prefix is a tenant's stream. */
const tenantDamages: Record<string, (bucket: Generated, stream: string) => [GeneratedObject[], string]> = {
  'a delete cut short': (bucket, stream) => [
    without(bucket, (key) => key.startsWith(`${stream}.`)),
    `orphaned-stream-data ${stream}`,
  ],
  'a damaged marker': (bucket, stream) => [
    damaged(bucket, `${stream}.stream/.stream.json`),
    `stream-metadata-corrupt ${stream}`,
  ],
  "a tenant's lost file": (bucket, stream) => {
    const tenant = stream.slice(0, stream.indexOf('/') + 1);
    return [without(bucket, (key) => key === `${tenant}.parseable.json`), `tenant-metadata-missing ${tenant}`];
  },
  "a tenant's damaged file": (bucket, stream) => {
    const tenant = stream.slice(0, stream.indexOf('/') + 1);
    return [damaged(bucket, `${tenant}.parseable.json`), `deployment-metadata-corrupt ${tenant}`];
  },
  'a stranger in a tenant': ({ objects }, stream) => {
    const tenant = stream.slice(0, stream.indexOf('/') + 1);
    return [[...objects, object(`${tenant}zz.junk/x.bin`, 1)], `foreign-prefix ${tenant}zz.junk/`];
  },
};

describe('a damage to a healthy bucket with tenants', () => {
  it.each(Object.entries(tenantDamages))('%s gives its finding and no other', async (_name, damage) => {
    await fc.assert(
      fc.asyncProperty(healthy.tenants, async (bucket) => {
        const [objects, expected] = damage(bucket, bucket.everyStream[0]!);
        expect(findingsOf(await auditObjects(objects, { serverVersion: bucket.serverVersion }))).toEqual([expected]);
      }),
      { numRuns: 8 },
    );
  });
});
