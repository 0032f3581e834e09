import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { epochs } from '../../src/parseable/epochs.ts';
import { layout, layoutOf } from '../../src/parseable/layout.ts';

const classOf = (relative: string, size = 10) => layout.classOf(relative, size);

describe('keys of streams', () => {
  it.each([
    ['0.0.1 to 1.0.0', 'date=2022-11-20/hour=07/minute=41/ip-10-0-3-17.ec2.internal.data.parquet'],
    ['1.0.0, ingest node', 'date=2024-04-26/hour=23/minute=05/ingestor-0eb57e5f5dddeab6.data.parquet'],
    ['1.1.0 to 2.3.2', 'date=2024-09-30/hour=00/minute=59/parseable-0.data.d6GncfBAepfJBd0.parquet'],
    [
      'with custom partitions',
      'date=2024-09-30/hour=00/minute=59/level=error/region=eu-west-1/parseable-0.data.d6GncfBAepfJBd0.parquet',
    ],
    ['2.3.3 to 2.4.1', 'date=2025-06-20/hour=12/minute=00/parseable-0.data.000000000000000.parquet'],
    [
      '2.4.2 to 2.8.0',
      'date=2025-10-03/hour=11/minute=19/ip-10-0-3-17ec2internal.data.01K6MWTP0R1HEAD8X4A1JH69RE.parquet',
    ],
    [
      '2.9.0 and newer',
      'date=2026-07-22/hour=05/minute=07/ingestor-086a3146fed055d2.data.01KY43JFV84TFF59TDWH9EDD1R-1.parquet',
    ],
    ['with an empty host', 'date=2026-07-22/hour=05/minute=07/.data.01KY43JFV84TFF59TDWH9EDD1R.parquet'],
    [
      'with an encoded partition value',
      'date=2026-07-22/hour=05/minute=07/level=a b%231%7E/h.data.01KY43JFV84TFF59TDWH9EDD1R.parquet',
    ],
    ['manifest since 0.7.2', 'date=2024-05-08/manifest.json'],
    ['manifest of a node', 'date=2024-05-08/ingestor.86a3146fed055d2.manifest.json'],
    ['manifest of a host', 'date=2026-07-22/ip-10-0-3-17ec2internal.manifest.json'],
    ['manifest of a host and node', 'date=2026-07-22/ingestor.ingestor-0.86a3146fed055d2.manifest.json'],
  ])('data, %s', (_epoch, key) => {
    expect(classOf(key)).toBe('data');
  });
  it.each([
    'date=2026-11-20/part-0.parquet',
    'date=2026-11-20/hour=01/part-0.parquet',
    'date=2026-11-20/part-00000-a4734c7e-c000.snappy.parquet',
    'date=2026-11-20/hour=24/minute=00/h.data.parquet',
    'date=2026-11-20/hour=01/minute=60/h.data.parquet',
    'date=2026-11-20/hour=01/minute=00/h.data.tooshort.parquet',
    'dt=2026-11-20/hour=01/minute=00/h.data.parquet',
    'date=2026-11-20/config/2026-11-20T01-00Z/manifest.json',
    'inventory/manifest.json',
    '_delta_log/00000000000000000000.json',
  ])('another writer: %s', (key) => {
    expect(classOf(key)).toBe('foreign');
  });
  it.each([
    ['.schema', 'bare-metadata'],
    ['.alert.json', 'bare-metadata'],
    ['.stream/.schema', 'metadata'],
    ['.stream/.alert.json', 'metadata'],
    ['.stream/.ingestor.86a3146fed055d2.schema', 'metadata'],
    ['overview', 'metadata'],
  ])('metadata that makes no stream: %s', (key, what) => {
    expect(classOf(key)).toBe(what);
  });
  it.each([
    ['.stream/.stream.json', false],
    ['.stream/.ingestor.86a3146fed055d2.stream.json', true],
    ['.stream.json', false],
    ['.parseable.json', false],
  ])('marker: %s', (key, node) => {
    expect(layout.markerOf(key)?.node).toBe(node);
  });
  it.each(['.stream/.stream.json', '.stream/.ingestor.86a3146fed055d2.stream.json', '.stream.json', '.parseable.json'])(
    'a marker is told as such: %s',
    (key) => {
      expect(classOf(key)).toBe('marker');
    },
  );
  it('tells folder markers by their size', () => {
    expect([classOf('', 0), classOf('date=2026-01-01/', 0), classOf('x/', 1)]).toEqual(['folder', 'folder', 'foreign']);
    expect(classOf('date=2026-11-20/empty.txt', 0)).toBe('foreign');
  });
  it.each([
    ['app/.stream/.stream.json', 'child-stream'],
    ['app/.stream/.ingestor.86a3146fed055d2.stream.json', 'child-stream'],
    ['/.stream/.stream.json', 'foreign'],
    ['app/.stream.json', 'foreign'],
    ['app/.schema', 'foreign'],
    ['app', 'foreign'],
  ])('%s, one level down, is %s: only streams of 1.0 and newer lie in tenants', (key, what) => {
    expect(classOf(key)).toBe(what);
  });
  it('tells a copied bucket, a stream one level down, a folder of a tenant', () => {
    expect([
      classOf('.parseable/.parseable.json'),
      classOf('app/.stream/.stream.json'),
      classOf('.alerts/01K6MWTP0R1HEAD8X4A1JH69RE.json'),
    ]).toEqual(['copied-deployment', 'child-stream', 'tenant-folder']);
  });
});

describe("the deployment's own folders", () => {
  it.each([
    '.parseable/.parseable.json',
    '.parseable/ingestor.4b8a8f48e53fd8c.json',
    '.users/alice/dashboards/1.json',
    '.users/alice/filters/backend/1.json',
    '.alerts/01K6MWTP0R1HEAD8X4A1JH69RE.json',
    '.alerts/alert_state_01K6MWTP0R1HEAD8X4A1JH69RE.json',
    '.alerts/mttr.json',
    '.settings/.targets/01K6MWTP0R1HEAD8X4A1JH69RE.json',
    '.settings/outbound_http_policy.json',
    '.keystone/conv_1.json',
    `.correlations/${'a'.repeat(64)}.json`,
  ])('hold %s', (key) => {
    expect(layout.ownKey(key, false)).toBe(true);
  });
  it.each(['.parseable/notes.txt', '.alerts/readme.json', '.users/x.json', '.trash/a.json'])(
    'do not hold %s',
    (key) => {
      expect(layout.ownKey(key, false)).toBe(false);
    },
  );
});

describe('any key', () => {
  it('has a class, quickly, whatever it is made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 1_024 }), fc.nat(), (key, size) => {
        expect(layout.classOf(key, size)).toBeTypeOf('string');
      }),
    );
  });
});

describe('a layout that this program has never met', () => {
  it('is one more epoch and nothing else', () => {
    const next = layoutOf([
      ...epochs,
      {
        name: 'made up',
        since: '9.0.0',
        deploymentFile: '.parseable/deployment.json',
        tenantFile: null,
        markers: [{ place: '.meta/dataset.json', form: 'versioned', nodes: /^\.meta\/node-\d+\.json$/ }],
        metadata: [/^\.meta\/schema\.json$/],
        data: [/^year=\d{4}\/[^/]+\.parquet$/],
        folders: [],
      },
    ]);
    expect(next.markerOf('.meta/dataset.json')?.node).toBe(false);
    expect(next.markerOf('.meta/node-7.json')?.node).toBe(true);
    expect(next.classOf('year=2030/a.parquet', 1)).toBe('data');
    expect(next.deploymentFiles[0]?.key).toBe('.parseable/deployment.json');
  });
});
