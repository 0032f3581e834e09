import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { BucketContents } from '../../s3/server.ts';
import { hostileKeys } from '../../hostile/keys.ts';
import { healthyBucket, deploymentBody, markerBody, object, type GeneratedObject } from '../../support/generated.ts';
import { loadRecorded, recordedCases } from '../../support/recorded.ts';
import { troubledBucket, troubledSettings } from '../../support/troubled-bucket.ts';
import { auditTime } from '../../support/audited.ts';
import { bothWays, bucketOf, delimiterOf, eager, lastDays, streamOf } from './ways.ts';

const few = { pageSize: 5, thrift: eager };

/** Whole pages, and pages of a few rows. */
async function expectSame(contents: BucketContents, config = {}): Promise<void> {
  for (const way of [{}, few]) {
    const { plain, swift, asked } = await bothWays(contents, { ...way, config });
    expect(swift).toEqual(plain);
    expect(asked.map(delimiterOf)).toContain('/date=');
  }
}

const deployment = object('.parseable/.parseable.json', deploymentBody());
const many = (prefix: string, count: number): GeneratedObject[] =>
  Array.from({ length: count }, (_, n) => object(`${prefix}part-${String(n).padStart(5, '0')}`, 10));

/** What else lies in buckets, each beside two streams. */
const shapes: Record<string, GeneratedObject[]> = {
  'foreign prefixes, small, large, deep and hidden': [
    ...many('backups/', 3),
    ...many('dump/', 12),
    ...many('a/b/c/', 7),
    ...many('.Trash/', 4),
    ...many('svc-00000x/', 9),
  ],
  "another writer's hive dataset": [
    object('sales/date=2026-11-20/hour=01/part-0.parquet', 10),
    object('sales/x/date=2026-11-20/part-0.parquet', 10),
    object('sales/_SUCCESS', 0),
  ],
  'root prefixes and objects that look like days': [
    object('date=2026-11-20/hour=01/a.parquet', 10),
    object('date=x/s/date=2026-11-20/a.parquet', 10),
    object('date=', 3),
    object('/date=2026-11-20/a', 3),
    object('hour=01/.stream/.stream.json', markerBody('v7')),
    object('hour=01/date=2026-11-20/hour=01/a.parquet', 10),
  ],
  'a stream with malformed days, strangers, and objects named like days': [
    ...streamOf('odd/', lastDays(2)),
    object('odd/date=2026/hour=01/a.parquet', 10),
    object('odd/date=2026-13-45/a.parquet', 10),
    object('odd/date-backup/a.parquet', 10),
    object('odd/date=', 0),
    object('odd/date=2026-11-01', 7),
    object('odd/date=/x', 7),
    object('odd/tmp/half.csv', 7),
    object('odd/nested/date=2026-11-20/hour=01/a', 7),
    object('odd/.stream/junk.bin', 7),
    object('odd/notes.txt', 7),
    object('odd/', 0),
    object('odd/date=2026-11-23/', 0),
  ],
  'a stream with many strangers': [...streamOf('full/', lastDays(2)), ...many('full/exports/', 14)],
  'a stream with hidden days': [...streamOf('hid/', lastDays(1)), object('hid/.tmp/date=2026-11-20/a', 1)],
  'a stream whose day holds many objects of its own': [
    ...streamOf('wide/', lastDays(3)),
    ...many('wide/date=2026-11-22/', 13),
  ],
  'a reset snapshot': [
    ...streamOf('reset/', lastDays(9)).filter(({ key }) => !key.endsWith('.stream.json')),
    object('reset/.stream/.stream.json', markerBody('v7')),
  ],
  'an orphan, leftovers and damaged markers': [
    ...streamOf('lost/', lastDays(2)).filter(({ key }) => !key.startsWith('lost/.stream/')),
    object('left/.stream/.schema', '{}'),
    object('broken/.stream/.stream.json', '{'),
    object('broken/date=2026-11-20/hour=01/minute=01/h.data.01KY43JFV84TFF59TDWH9EDD1R.parquet', 9),
    object('base-lost/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', markerBody('v7')),
  ],
  'folder markers': [object('empty/', 0), object('nested/', 0), object('nested/a/', 0)],
  'the leaked tenant': [object('DEFAULT_TENANT/.alerts/01KY43JFV84TFF59TDWH9EDD1R.json', '{}')],
  'the leaked tenant with more in it': [
    object('DEFAULT_TENANT/.alerts/01KY43JFV84TFF59TDWH9EDD1R.json', '{}'),
    object('DEFAULT_TENANT/x/y', '{}'),
  ],
  'tenants, whole, damaged, with their own folders and strangers': [
    object('acme/.parseable.json', deploymentBody()),
    object('acme/.alerts/01KY43JFV84TFF59TDWH9EDD1R.json', '{}'),
    ...streamOf('acme/app/', lastDays(3)),
    ...streamOf('acme/web/', lastDays(3)),
    ...streamOf('acme/hour=1/', lastDays(2)),
    ...many('acme/dump/', 11),
    object('acme/date=2026-11-20/hour=01/a.parquet', 1),
    object('acme/x.txt', 1),
    object('bust/.parseable.json', '{'),
    ...streamOf('bust/app/', lastDays(2)),
    ...streamOf('nofile/app/', lastDays(2)),
  ],
  'a prefix that is tenant and stream': [
    object('both/.parseable.json', deploymentBody()),
    ...streamOf('both/', lastDays(2)),
    ...streamOf('both/app/', lastDays(2)),
  ],
  'the copy of a bucket': [
    object('copy/.parseable/.parseable.json', deploymentBody()),
    ...streamOf('copy/app/', lastDays(2)),
    ...streamOf('copy/web/', lastDays(2)),
  ],
  'a stream of an older layout': [
    object('old/.stream.json', markerBody('v3')),
    object('old/.schema', '{}'),
    object('old/date=2026-11-01/hour=01/minute=01/host.data.parquet', 5),
    object('older/.parseable.json', '{"objectstore-format":"v1"}'),
    object('older/.schema', ''),
    object('older/date=2026-11-01/hour=01/minute=01/host.data.parquet', 5),
  ],
  "a cluster's stream": [
    ...streamOf('cluster/', lastDays(3)),
    ...Array.from({ length: 12 }, (_, n) =>
      object(`cluster/.stream/.ingestor.0123456789abc${String(n).padStart(2, '0')}.stream.json`, markerBody('v7')),
    ),
  ],
};

describe('the swift way finds what the plain way finds', () => {
  it.each(Object.entries(shapes))('in a bucket with %s', async (_, objects) => {
    await expectSame({ objects: [...bucketOf(2, lastDays(3)), ...objects] });
  });

  it('in the troubled bucket', async () => {
    await expectSame({ objects: troubledBucket, ...troubledSettings });
  });

  it.each(recordedCases)('in the recorded bucket %s', async (name) => {
    const { contents, expected } = loadRecorded(name, auditTime);
    await expectSame(contents, expected.config);
  });

  it('in a bucket of hostile keys', async () => {
    const short = Object.values(hostileKeys).filter((key) => Buffer.byteLength(key) < 900);
    const segments = short.filter((key) => !key.includes('/'));
    await expectSame({
      objects: [
        deployment,
        object('acme/.parseable.json', deploymentBody()),
        ...streamOf('web/', lastDays(1)),
        ...short.flatMap((key) => [object(key, 1), object(`web/${key}`, 1), object(`acme/${key}/y`, 1)]),
        ...segments.flatMap((key) => [
          ...streamOf(`${key}.s/`, lastDays(2)),
          ...streamOf(`acme/${key}.s/`, lastDays(1)),
        ]),
      ],
    });
  });

  it('in healthy buckets of any layout and mode', async () => {
    await fc.assert(
      fc.asyncProperty(healthyBucket, fc.integer({ min: 1, max: 9 }), async ({ objects }, pageSize) => {
        const { plain, swift } = await bothWays({ objects }, { pageSize, thrift: eager });
        expect(swift).toEqual(plain);
      }),
      { numRuns: 25 },
    );
  });

  const segment = fc.constantFrom(
    ...[
      'a',
      'b',
      's',
      'tmp',
      'date=2026-11-01',
      'date=2026-11-02',
      'date=2026',
      'date=',
      'date',
      'hour=01',
      'minute=07',
    ],
    ...['.stream', '.stream.json', '.schema', '.parseable.json', '.parseable', '.alerts', 'DEFAULT_TENANT', '.', '..'],
    ...['manifest.json', 'h.data.parquet', 'mttr.json', '\u{10ffff}', '\ue000', '\u{1f600}', ' ', '~', ''],
  );
  const key = fc
    .array(segment, { minLength: 1, maxLength: 6 })
    .map((segments) => segments.join('/'))
    .filter((text) => text !== '');
  const body = (name: string, isSound: boolean): GeneratedObject => {
    if (name.endsWith('/')) return object(name, isSound ? 0 : 5);
    if (name.endsWith('.stream.json')) return object(name, isSound ? markerBody('v7') : '{');
    if (name.endsWith('.parseable.json')) return object(name, isSound ? deploymentBody() : '{');
    return object(name, 5);
  };
  const anything = fc
    .uniqueArray(fc.tuple(key, fc.boolean()), { minLength: 1, maxLength: 60, selector: ([name]) => name })
    .map((keys) => keys.map(([name, isSound]) => body(name, isSound)));

  it('in buckets where everything lies where it should not', async () => {
    await fc.assert(
      fc.asyncProperty(anything, fc.integer({ min: 1, max: 12 }), async (objects, pageSize) => {
        const { plain, swift } = await bothWays({ objects }, { pageSize, thrift: eager });
        expect(swift).toEqual(plain);
      }),
      { numRuns: 150 },
    );
  }, 60_000);
});
