import { describe, expect, it } from 'vitest';
import type { BucketConfig } from '../../src/config/config.ts';
import { epochs } from '../../src/parseable/epochs.ts';
import { layoutOf } from '../../src/parseable/layout.ts';
import { auditObjects, findingsOf, verdictsOf } from '../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../support/generated.ts';

const deployment = object('.parseable/.parseable.json', deploymentBody());
const oldDeployment = object('.parseable.json', deploymentBody('01GP0000000000000000000000', 'v1'));
const marker = (stream: string) => object(`${stream}.stream/.stream.json`, markerBody('v7'));
const nodeMarker = (stream: string, id = '4b8a8f48e53fd8c', body = markerBody('v7')) =>
  object(`${stream}.stream/.ingestor.${id}.stream.json`, body);
const oldMarker = (stream: string) => object(`${stream}.stream.json`, markerBody('v3'));
const data = (stream: string) =>
  object(`${stream}date=2026-07-22/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`, 100);
const schema = (key: string) => object(key, '{"fields":[],"metadata":{}}');
const tenantFile = (tenant: string) => object(`${tenant}.parseable.json`, deploymentBody());
const alert = (folder: string) => object(`${folder}.alerts/01K6MWTP0R1HEAD8X4A1JH69RE.json`, '{}');

interface Case {
  holds: GeneratedObject[];
  config?: Partial<BucketConfig>;
  rows: Record<string, string>;
  findings: string[];
}

const base = { '.parseable/': 'deployment' };

const cases: Record<string, Case> = {
  'a stream and its deployment': {
    holds: [deployment, marker('app/'), data('app/')],
    rows: { ...base, 'app/': 'stream' },
    findings: [],
  },
  'a stream that only ingest nodes know': {
    holds: [deployment, nodeMarker('app/'), data('app/')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-metadata-base-missing app/'],
  },
  'a good base file beside a damaged node file': {
    holds: [deployment, marker('app/'), nodeMarker('app/', undefined, '')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-metadata-corrupt app/'],
  },
  'a good node file beside a damaged one, no base file': {
    holds: [deployment, nodeMarker('app/'), nodeMarker('app/', 'aed6611b093c525', '[]')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-metadata-base-missing app/', 'stream-metadata-corrupt app/'],
  },
  'a damaged base file beside a good node file': {
    holds: [deployment, object('app/.stream/.stream.json', '{}'), nodeMarker('app/')],
    rows: { ...base, 'app/': 'corrupt' },
    findings: ['stream-metadata-corrupt app/'],
  },
  'only damaged node files': {
    holds: [deployment, nodeMarker('app/', undefined, 'x')],
    rows: { ...base, 'app/': 'corrupt' },
    findings: ['stream-metadata-corrupt app/'],
  },
  'data without a marker': {
    holds: [deployment, data('app/')],
    rows: { ...base, 'app/': 'orphaned' },
    findings: ['orphaned-stream-data app/'],
  },
  'a manifest alone': {
    holds: [deployment, object('app/date=2026-07-22/host.manifest.json', '{}')],
    rows: { ...base, 'app/': 'orphaned' },
    findings: ['orphaned-stream-data app/'],
  },
  'schema and data without a marker': {
    holds: [deployment, schema('app/.stream/.schema'), data('app/')],
    rows: { ...base, 'app/': 'orphaned' },
    findings: ['orphaned-stream-data app/'],
  },
  'a schema alone': {
    holds: [deployment, schema('app/.stream/.schema')],
    rows: { ...base, 'app/': 'leftover' },
    findings: ['stream-leftover app/'],
  },
  'an overview alone': {
    holds: [deployment, object('app/overview', '{}')],
    rows: { ...base, 'app/': 'leftover' },
    findings: ['stream-leftover app/'],
  },
  "leftovers of a stream beside another writer's files": {
    holds: [deployment, schema('app/.stream/.schema'), object('app/_SUCCESS', 0)],
    rows: { ...base, 'app/': 'foreign' },
    findings: ['foreign-prefix app/'],
  },
  'a stream of 0.1 to 0.9 under its own deployment': {
    holds: [oldDeployment, oldMarker('app/'), object('app/.schema', 0)],
    config: { serverVersion: '0.9.0' },
    rows: { '.parseable.json': 'deployment', 'app/': 'stream' },
    findings: [],
  },
  'a stream of 0.1 to 0.9 under a newer deployment': {
    holds: [deployment, oldMarker('app/'), object('app/.schema', 0)],
    rows: { ...base, 'app/': 'unmigrated' },
    findings: ['unmigrated-stream app/'],
  },
  'a half migrated bucket': {
    holds: [deployment, oldMarker('app/'), marker('done/'), oldMarker('both/'), marker('both/')],
    rows: { ...base, 'app/': 'unmigrated', 'both/': 'stream', 'done/': 'stream' },
    findings: ['unmigrated-stream app/'],
  },
  'a damaged marker of 0.1 to 0.9': {
    holds: [oldDeployment, object('app/.stream.json', '')],
    config: { serverVersion: '0.9.0' },
    rows: { '.parseable.json': 'deployment', 'app/': 'corrupt' },
    findings: ['stream-metadata-corrupt app/'],
  },
  'streams of 0.0.x': {
    holds: [
      object('app/.schema', 0),
      object('app/.alert.json', '{}'),
      object('late/.parseable.json', '{"objectstore-format":"v1"}'),
      object('late/.schema', 0),
    ],
    config: { serverVersion: '0.0.8' },
    rows: { 'app/': 'stream', 'late/': 'stream' },
    findings: [],
  },
  'a schema at the old place beside a newer stream': {
    holds: [deployment, marker('app/'), object('gone/.schema', 0)],
    rows: { ...base, 'app/': 'stream', 'gone/': 'leftover' },
    findings: ['stream-leftover gone/'],
  },
  'a stream of 0.0.4 to 0.0.8 beside any deployment file': {
    holds: [oldDeployment, object('app/.parseable.json', '{"objectstore-format":"v1"}')],
    config: { serverVersion: '0.9.0' },
    rows: { '.parseable.json': 'deployment', 'app/': 'unmigrated' },
    findings: ['unmigrated-stream app/'],
  },
  'a tenant with a stream, a foreign child, an orphan, an object, its own folders': {
    holds: [
      deployment,
      tenantFile('acme/'),
      alert('acme/'),
      marker('acme/app/'),
      data('acme/gone/'),
      object('acme/junk/x.bin', 7),
      object('acme/x.txt', 3),
      object('acme/.Trash/a', 1),
    ],
    rows: {
      ...base,
      'acme/': 'tenant',
      'acme/.Trash/': 'foreign',
      'acme/app/': 'stream',
      'acme/gone/': 'orphaned',
      'acme/junk/': 'foreign',
      'acme/x.txt': 'foreign',
    },
    findings: [
      'foreign-prefix acme/.Trash/',
      'foreign-prefix acme/junk/',
      'foreign-root-object acme/x.txt',
      'orphaned-stream-data acme/gone/',
    ],
  },
  'a tenant whose file is gone': {
    holds: [deployment, tenantFile('other/'), marker('acme/app/'), alert('acme/')],
    rows: { ...base, 'acme/': 'tenant', 'acme/app/': 'stream', 'other/': 'tenant' },
    findings: ['tenant-metadata-missing acme/'],
  },
  'a prefix with nothing of Parseable but the name of a folder': {
    holds: [deployment, object('acme/.alerts/readme.txt', 3)],
    rows: { ...base, 'acme/': 'foreign' },
    findings: ['foreign-prefix acme/'],
  },
  'a copied bucket': {
    holds: [deployment, object('copy/.parseable/.parseable.json', deploymentBody()), marker('copy/app/')],
    rows: { ...base, 'copy/': 'foreign' },
    findings: ['foreign-prefix copy/'],
  },
  'a damaged tenant file': {
    holds: [deployment, object('acme/.parseable.json', 'x'), marker('acme/app/')],
    rows: { ...base, 'acme/': 'corrupt', 'acme/app/': 'stream' },
    findings: ['deployment-metadata-corrupt acme/'],
  },
  'tenant and stream in one prefix': {
    holds: [deployment, tenantFile('acme/'), marker('acme/'), data('acme/'), marker('acme/app/')],
    rows: { ...base, 'acme/': 'tenant', 'acme/app/': 'stream' },
    findings: ['tenant-stream-collision acme/'],
  },
  'a root stream in a bucket with tenants': {
    holds: [deployment, tenantFile('acme/'), marker('app/')],
    rows: { ...base, 'acme/': 'tenant', 'app/': 'stream' },
    findings: ['stream-outside-tenant app/'],
  },
  'a root stream in a bucket that is about to get tenants': {
    holds: [deployment, marker('app/')],
    config: { multiTenant: true },
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-outside-tenant app/'],
  },
  'leaked alerts': {
    holds: [deployment, alert('DEFAULT_TENANT/')],
    rows: { ...base, 'DEFAULT_TENANT/': 'deployment' },
    findings: [],
  },
  'leaked alerts with something else beside them': {
    holds: [deployment, alert('DEFAULT_TENANT/'), object('DEFAULT_TENANT/x', 1)],
    rows: { ...base, 'DEFAULT_TENANT/': 'foreign' },
    findings: ['foreign-prefix DEFAULT_TENANT/'],
  },
  'a stream named DEFAULT_TENANT': {
    holds: [deployment, alert('DEFAULT_TENANT/'), marker('DEFAULT_TENANT/')],
    rows: { ...base, 'DEFAULT_TENANT/': 'stream' },
    findings: [],
  },
  'a static name without a key of Parseable': {
    holds: [deployment, object('.users/notes.txt', 3), object('.settings/a.json', '{}'), object('.keystone/', 0)],
    rows: { ...base, '.keystone/': 'marker', '.settings/': 'unrecognised', '.users/': 'foreign' },
    findings: ['folder-marker .keystone/', 'foreign-prefix .users/', 'unrecognised-internal-prefix .settings/'],
  },
  'nested folder markers': {
    holds: [deployment, object('a/', 0), object('a/b/', 0), object('a/b/c/', 0)],
    rows: { ...base, 'a/': 'marker' },
    findings: ['folder-marker a/'],
  },
  'keys that begin with a slash': {
    holds: [deployment, object('/x', 1), object('//y', 1)],
    rows: { ...base, '/': 'foreign' },
    findings: ['foreign-prefix /'],
  },
  'a node file whose id looks like none': {
    holds: [deployment, nodeMarker('app/', 'node-1'), data('app/')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-metadata-base-missing app/'],
  },
  'a schema at the old place beside metadata of a newer layout': {
    holds: [object('app/.schema', 0), schema('app/.stream/.schema')],
    config: { serverVersion: '0.0.8' },
    rows: { 'app/': 'leftover' },
    findings: ['stream-leftover app/'],
  },
  'objects of a tenant that look like metadata of a stream': {
    holds: [deployment, tenantFile('acme/'), object('acme/overview', 1), object('acme/.schema', 1)],
    rows: { ...base, 'acme/': 'tenant', 'acme/.schema': 'foreign', 'acme/overview': 'foreign' },
    findings: ['foreign-root-object acme/.schema', 'foreign-root-object acme/overview'],
  },
  'a hidden prefix with a damaged file of a tenant': {
    holds: [deployment, object('.bak/.parseable.json', 'x')],
    rows: { ...base, '.bak/': 'unrecognised' },
    findings: ['unrecognised-internal-prefix .bak/'],
  },
  'leaked alerts beside a damaged file of a tenant': {
    holds: [deployment, alert('DEFAULT_TENANT/'), object('DEFAULT_TENANT/.parseable.json', 'x')],
    rows: { ...base, 'DEFAULT_TENANT/': 'foreign' },
    findings: ['foreign-prefix DEFAULT_TENANT/'],
  },
  "the deployment's folder without a key of Parseable": {
    holds: [object('.parseable/foo.txt', 1), marker('app/')],
    rows: { '.parseable/': 'foreign', 'app/': 'stream' },
    findings: ['deployment-metadata-missing .parseable/', 'foreign-prefix .parseable/'],
  },
  'a version that is a name of every object': {
    holds: [deployment, object('app/.stream/.stream.json', '{"version":"constructor"}')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['stream-metadata-newer app/'],
  },
  "another application's bucket, and nobody wants to hear that": {
    holds: [object('AWSLogs/1/x.log', 1)],
    config: { ignoreKinds: ['not-parseable'] },
    rows: { 'AWSLogs/': 'foreign' },
    findings: ['foreign-prefix AWSLogs/'],
  },
  'an empty bucket': { holds: [], rows: {}, findings: ['not-parseable /'] },
  "another application's bucket": {
    holds: [object('AWSLogs/1/x.log', 1), object('index.html', 5), object('tmp/', 0)],
    rows: { 'AWSLogs/': 'foreign', 'index.html': 'foreign', 'tmp/': 'marker' },
    findings: ['not-parseable /'],
  },
  'an orphan in a bucket without anything else': {
    holds: [data('app/')],
    rows: { 'app/': 'orphaned' },
    findings: ['orphaned-stream-data app/'],
  },
  'a lost deployment file': {
    holds: [marker('app/')],
    rows: { 'app/': 'stream' },
    findings: ['deployment-metadata-missing .parseable/'],
  },
  'the old deployment file does not serve newer streams': {
    holds: [oldDeployment, marker('app/')],
    rows: { '.parseable.json': 'deployment', 'app/': 'stream' },
    findings: ['deployment-metadata-missing .parseable/'],
  },
  'a deployment file without its id': {
    holds: [object('.parseable/.parseable.json', '{"version":"v8"}'), marker('app/')],
    rows: { ...base, 'app/': 'stream' },
    findings: ['deployment-metadata-corrupt .parseable/'],
  },
  'hidden folders under a server that refuses them': {
    holds: [deployment, marker('app/'), alert(''), object('.users/a/dashboards/1.json', '{}')],
    config: { serverVersion: '1.6.2' },
    rows: { ...base, '.alerts/': 'deployment', '.users/': 'deployment', 'app/': 'stream' },
    findings: ['newer-than-server .alerts/'],
  },
};

describe('a bucket that holds', () => {
  it.each(Object.keys(cases))('%s', async (name) => {
    const { holds, config, rows, findings } = cases[name]!;
    const outcome = await auditObjects(holds, config);
    expect(verdictsOf(outcome)).toEqual(rows);
    expect(findingsOf(outcome)).toEqual(findings);
    expect(outcome.completeness).toBe('full');
  });
});

describe('what is too much to be told apart', () => {
  const many = (count: number, name: (n: number) => string) =>
    Array.from({ length: count }, (_, n) => object(name(n), 1));

  it('is folded into one row above 1,000 foreign root objects, allowed ones keep theirs', async () => {
    const holds = [deployment, ...many(1_002, (n) => `log-${String(n).padStart(5, '0')}`)];
    const allow = [{ prefix: 'log-00007', reason: null, owner: null, expires: null }];
    const outcome = await auditObjects(holds, { allow });
    expect(verdictsOf(outcome)).toEqual({ ...base, '*': 'foreign', 'log-00007': 'allowed' });
    expect(findingsOf(outcome)).toEqual(['foreign-root-object *']);
    expect(outcome.candidates[0]?.evidence).toMatchObject({ objects: 1_001, bytes: 1_001 });
    expect(outcome.candidates[0]?.evidence.keys).toHaveLength(20);
  });
  it('is told one by one up to 1,000', async () => {
    const outcome = await auditObjects([deployment, ...many(1_000, (n) => `log-${String(n)}`)]);
    expect(outcome.candidates).toHaveLength(1_000);
  });
  it('is folded for foreign prefixes too', async () => {
    const outcome = await auditObjects([deployment, ...many(1_001, (n) => `p${String(n)}/x`)]);
    expect(verdictsOf(outcome)).toEqual({ ...base, '*': 'foreign' });
    expect(findingsOf(outcome)).toEqual(['foreign-prefix *']);
  });
  it('finds a marker behind 1,500 node files', async () => {
    const ids = Array.from({ length: 750 }, (_, n) => n.toString(16).padStart(15, '0'));
    const holds = ids.flatMap((id) => [nodeMarker('app/', id), schema(`app/.stream/.ingestor.${id}.schema`)]);
    const outcome = await auditObjects([deployment, ...holds, schema('app/.stream/.schema'), marker('app/')]);
    expect(verdictsOf(outcome)).toEqual({ ...base, 'app/': 'stream' });
    expect(findingsOf(outcome)).toEqual([]);
  });
  it('is sized up to 20 pages, beyond which figures are lower bounds', async () => {
    const outcome = await auditObjects([deployment, ...many(20_500, (n) => `big/${String(n)}`)]);
    const [, big] = outcome.entries;
    expect(big).toMatchObject({ name: 'big/', verdict: 'foreign', objects: 20_000, sizeComplete: false });
  });
});

describe('what damaged files of a stream are told with', () => {
  it('counts all of them and names twenty', async () => {
    const ids = Array.from({ length: 30 }, (_, n) => n.toString(16).padStart(15, '0'));
    const outcome = await auditObjects([deployment, marker('app/'), ...ids.map((id) => nodeMarker('app/', id, ''))]);
    const { evidence } = outcome.candidates[0] ?? {};
    expect(evidence).toMatchObject({ objects: 30, bytes: 0, oldest: expect.any(String) as string });
    expect(evidence?.keys).toHaveLength(20);
  });
});

describe('the allow list', () => {
  const entry = (prefix: string, expires: string | null = null) => ({ prefix, reason: 'r', owner: 'o', expires });
  const holds = [deployment, marker('app/'), object('app/tmp/x', 1), object('exports/x', 1), object('index.html', 1)];

  it('vouches for a prefix, an object, and a name inside a stream, exactly', async () => {
    const allow = [entry('exports/'), entry('index.html'), entry('app/tmp/')];
    const outcome = await auditObjects(holds, { allow });
    expect(verdictsOf(outcome)).toEqual({ ...base, 'app/': 'stream', 'exports/': 'allowed', 'index.html': 'allowed' });
    expect(findingsOf(outcome)).toEqual([]);
  });
  it('has no effect after its last day, and the entry is told as stale', async () => {
    const outcome = await auditObjects(holds, {
      allow: [entry('exports/', '2026-11-23'), entry('index.html', '2026-11-24')],
    });
    expect(findingsOf(outcome)).toEqual([
      'foreign-in-stream app/',
      'foreign-prefix exports/',
      'stale-allow-entry exports/',
    ]);
  });
  it.each(['app/', '.parseable/', 'nothing/', 'exports', 'app/nothing/', 'app/tmp/x'])(
    'is stale where it names %s',
    async (prefix) => {
      const outcome = await auditObjects(holds, { allow: [entry(prefix)] });
      expect(findingsOf(outcome)).toContain(`stale-allow-entry ${prefix}`);
    },
  );
});

describe('a layout of a server to come', () => {
  it('is recognised from its description alone', async () => {
    const layout = layoutOf([
      ...epochs,
      {
        name: 'made up',
        since: '9.0.0',
        deploymentFile: '.parseable/deployment.json',
        tenantFile: null,
        markers: [{ place: '.meta/dataset.json', form: 'versioned' }],
        metadata: [/^\.meta\/schema\.json$/],
        data: [/^year=\d{4}\/[^/]+\.parquet$/],
        folders: [{ folder: '.parseable/', keys: [/^deployment\.json$/], perTenant: false, since: '9.0.0' }],
      },
    ]);
    const holds = [
      object('.parseable/deployment.json', deploymentBody()),
      object('app/.meta/dataset.json', markerBody('v7')),
      object('app/year=2030/a.parquet', 1),
      object('gone/year=2030/a.parquet', 1),
      marker('before/'),
    ];
    const outcome = await auditObjects(holds, {}, { layout });
    expect(verdictsOf(outcome)).toEqual({ ...base, 'app/': 'stream', 'before/': 'unmigrated', 'gone/': 'orphaned' });
    expect(findingsOf(outcome)).toEqual(['orphaned-stream-data gone/', 'unmigrated-stream before/']);
  });
});
