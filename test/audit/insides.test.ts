import { describe, expect, it } from 'vitest';
import type { BucketConfig } from '../../src/config/config.ts';
import { dayThatRetentionReads } from '../../src/parseable/days.ts';
import { faultWhen, type Fault, type Faults } from '../s3/server.ts';
import { auditObjects, findingOf, findingsOf } from '../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../support/generated.ts';

const deployment = object('.parseable/.parseable.json', deploymentBody());
const keeps = (days: number, ...more: number[]) => ({
  retention: [days, ...more].map((one) => ({ description: '', action: 'delete', duration: `${String(one)}d` })),
});
const marker = (stream: string, days: readonly string[] = [], more: Record<string, unknown> = {}, version = 'v7') =>
  object(
    `${stream}.stream/.stream.json`,
    markerBody(
      version,
      days.map((day) => `${stream}date=${day}/host.manifest.json`),
      more,
    ),
  );
const nodeMarker = (stream: string, days: readonly string[] = [], id = '4b8a8f48e53fd8c') =>
  object(
    `${stream}.stream/.ingestor.${id}.stream.json`,
    markerBody(
      'v7',
      days.map((day) => `${stream}date=${day}/host.manifest.json`),
    ),
  );
const data = (stream: string, day: string) =>
  object(`${stream}date=${day}/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`, 100);
const manifest = (stream: string, day: string) => object(`${stream}date=${day}/host.manifest.json`, '{"files":[]}');
const days = (stream: string, ...all: string[]) => all.flatMap((day) => [manifest(stream, day), data(stream, day)]);
const young = (one: GeneratedObject): GeneratedObject => ({ ...one, lastModified: new Date('2026-11-24T05:00:00Z') });

interface Case {
  holds: GeneratedObject[];
  config?: Partial<BucketConfig>;
  findings: string[];
}

const recent = ['2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'];

const cases: Record<string, Record<string, Case>> = {
  'foreign-in-stream': {
    'is told for a folder, an object, a name that begins with date, and junk among the metadata': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/tmp/x', 1),
        object('app/date-notes.txt', 1),
        object('app/.stream/core.dump', 1),
        object('app/.DS_Store', 1),
      ],
      findings: ['foreign-in-stream app/'],
    },
    'is told for a hidden folder': {
      holds: [marker('app/'), object('app/.trash/x', 1)],
      findings: ['foreign-in-stream app/'],
    },
    'is told for a stream in a tenant, and for a damaged one': {
      holds: [
        object('acme/.parseable.json', deploymentBody()),
        marker('acme/app/'),
        object('acme/app/x.csv', 1),
        object('acme/bad/.stream/.stream.json', ''),
        object('acme/bad/x.csv', 1),
      ],
      findings: ['foreign-in-stream acme/app/', 'foreign-in-stream acme/bad/', 'stream-metadata-corrupt acme/bad/'],
    },
    'is silent for what servers write, old metadata beside new, and folder markers on their paths': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/', 0),
        object('app/.stream/', 0),
        object('app/date=2026-11-20/', 0),
        object('app/date=2026-11-20/hour=05/', 0),
        object('app/overview', '{}'),
        object('app/.alert.json', '{}'),
        object('app/.schema', '{}'),
        object('app/.stream.json', markerBody('v3')),
        object('app/.stream/.alert.json', '{}'),
        nodeMarker('app/'),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.schema', '{}'),
      ],
      findings: [],
    },
    'is silent for what is allowed, and only for that': {
      holds: [marker('app/'), object('app/tmp/x', 1), marker('web/'), object('web/tmp/x', 1), object('web/x', 1)],
      config: {
        allow: ['app/tmp/', 'web/tmp/'].map((prefix) => ({ prefix, reason: null, owner: null, expires: null })),
      },
      findings: ['foreign-in-stream web/'],
    },
    'is not asked inside what is no stream': {
      holds: [marker('app/'), object('dump/date-x/y', 1), data('lost/', '2026-07-22'), object('lost/tmp/x', 1)],
      findings: ['foreign-prefix dump/', 'orphaned-stream-data lost/'],
    },
  },
  'malformed-date-prefix': {
    'is told for each folder that bears a date and is no day': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/date-backup/x', 1),
        object('app/date=2026-13-45/x', 1),
        object('app/date=2026-11-1/x', 1),
        object('app/date=2026-11-20-backup/x', 1),
        object('app/dates/x', 1),
      ],
      findings: [
        'malformed-date-prefix app/date-backup/',
        'malformed-date-prefix app/date=2026-11-1/',
        'malformed-date-prefix app/date=2026-11-20-backup/',
        'malformed-date-prefix app/date=2026-13-45/',
        'malformed-date-prefix app/dates/',
      ],
    },
    'is told where an allow entry names it: that entry is for strangers': {
      holds: [marker('app/'), object('app/date-backup/x', 1)],
      config: { allow: [{ prefix: 'app/date-backup/', reason: null, owner: null, expires: null }] },
      findings: ['malformed-date-prefix app/date-backup/'],
    },
    'is silent for every day of a leap year': {
      holds: [marker('app/', ['2024-02-29']), ...days('app/', '2024-02-29')],
      findings: [],
    },
  },
  'retention-overdue': {
    'is told when the oldest day is more than two days behind': {
      holds: [marker('app/', ['2026-11-10', ...recent], keeps(11)), ...days('app/', '2026-11-10', ...recent)],
      findings: ['retention-overdue app/'],
    },
    'goes by the strictest task': {
      holds: [marker('app/', recent, keeps(90, 1)), ...days('app/', ...recent)],
      findings: ['retention-overdue app/'],
    },
    'is silent up to two days behind': {
      holds: [marker('app/', recent, keeps(2)), ...days('app/', ...recent)],
      findings: [],
    },
    'is silent for a stream that keeps its data for ever, and for one whose metadata is unusable': {
      holds: [
        marker('app/', ['2020-01-01']),
        ...days('app/', '2020-01-01'),
        object('bad/.stream/.stream.json', '{'),
        ...days('bad/', '2020-01-01'),
      ],
      findings: ['stream-metadata-corrupt bad/'],
    },
    'stands beside the folder that blocks retention': {
      holds: [
        marker('app/', ['2026-01-01', ...recent], keeps(10)),
        ...days('app/', '2026-01-01', ...recent),
        object('app/date-backup/x', 1),
      ],
      findings: ['malformed-date-prefix app/date-backup/', 'retention-overdue app/'],
    },
    'goes by the base file, not by the copies of nodes': {
      holds: [
        marker('app/', recent),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', markerBody('v7', [], keeps(1))),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
    'cannot be told of a version that is not known': {
      holds: [marker('app/', ['2020-01-01'], keeps(1), 'v99'), ...days('app/', '2020-01-01')],
      findings: ['stream-metadata-newer app/'],
    },
  },
  'snapshot-reset': {
    'is told when the snapshot is empty and a day has its manifest': {
      holds: [marker('app/'), ...days('app/', '2026-11-20')],
      findings: ['snapshot-reset app/'],
    },
    'is told when the snapshot begins two days after a day that is there': {
      holds: [marker('app/', ['2026-11-22']), ...days('app/', '2026-11-20', '2026-11-22')],
      findings: ['snapshot-reset app/'],
    },
    'is silent when it begins one day after: times differ around midnight': {
      holds: [marker('app/', ['2026-11-21']), ...days('app/', '2026-11-20', '2026-11-21')],
      findings: [],
    },
    'is silent for days without manifests: they are older than manifests are': {
      holds: [marker('app/', ['2026-11-22']), data('app/', '2023-01-01'), ...days('app/', '2026-11-22')],
      findings: [],
    },
    'is silent for days that retention has forgotten and not yet removed': {
      holds: [
        marker('app/', ['2026-11-22', '2026-11-23'], keeps(2)),
        ...days('app/', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'),
      ],
      findings: [],
    },
    'is silent when the file of a node knows the day': {
      holds: [marker('app/'), nodeMarker('app/', recent), ...days('app/', ...recent)],
      findings: [],
    },
    'is told in tenants, also in those whose own file is lost or damaged': {
      holds: [
        object('ok/.parseable.json', deploymentBody()),
        object('bad/.parseable.json', '{'),
        ...['ok/app/', 'bad/app/', 'gone/app/'].flatMap((app) => [marker(app), ...days(app, '2026-11-20')]),
      ],
      findings: [
        'deployment-metadata-corrupt bad/',
        'snapshot-reset bad/app/',
        'snapshot-reset gone/app/',
        'snapshot-reset ok/app/',
        'tenant-metadata-missing gone/',
      ],
    },
    'cannot be told where the snapshot of one file is not of the form that servers write': {
      holds: [
        marker('app/'),
        object(
          'app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json',
          markerBody('v7', [], { snapshot: { manifest_list: [{ bogus: 1 }] } }),
        ),
        ...days('app/', '2026-11-20'),
      ],
      findings: [],
    },
    'is never told of a version without snapshot': {
      holds: [
        object(
          'app/.stream/.stream.json',
          markerBody('v3', [], { snapshot: undefined, stats: { events: 0, ingestion: 0, storage: 0 } }),
        ),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
    'cannot be told while one of several files is unusable or of a newer version': {
      holds: [
        marker('app/'),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', ''),
        ...days('app/', ...recent),
        marker('web/'),
        object('web/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', markerBody('v99')),
        ...days('web/', ...recent),
      ],
      findings: ['stream-metadata-corrupt app/', 'stream-metadata-newer web/'],
    },
  },
  'manifest-duplicated': {
    'is told when one file lists a manifest twice': {
      holds: [marker('app/', ['2026-11-20', '2026-11-20']), ...days('app/', '2026-11-20')],
      findings: ['manifest-duplicated app/'],
    },
    'is told when two files list the same one': {
      holds: [marker('app/', recent), nodeMarker('app/', ['2026-11-21']), ...days('app/', ...recent)],
      findings: ['manifest-duplicated app/'],
    },
    'is silent when each is listed once': {
      holds: [
        marker('app/', ['2026-11-20', '2026-11-22']),
        nodeMarker('app/', ['2026-11-21', '2026-11-23']),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
  },
};

describe.each(Object.entries(cases))('%s', (_, ofKind) => {
  it.each(Object.entries(ofKind))('%s', async (__, { holds, config, findings }) => {
    const outcome = await auditObjects([deployment, ...holds], config);
    expect(findingsOf(outcome)).toEqual(findings);
    expect(outcome.completeness).toBe('full');
  });
});

const refused: Fault = { kind: 'status', status: 403, code: 'AccessDenied' };
/** Listings of what lies in the stream, below its hidden keys. */
const insideListing: Faults = faultWhen(
  ({ operation, prefix }) => operation === 'ListObjectsV2' && prefix.startsWith('app/') && !prefix.startsWith('app/.'),
  refused,
);

describe('a stream whose first level cannot be listed', () => {
  it('is told as such, and nothing is inferred from what was not seen', async () => {
    const holds = [
      marker('app/', ['2026-01-01'], keeps(1)),
      ...days('app/', '2026-01-01'),
      object('app/date-backup/x', 1),
      object('app/tmp/x', 1),
    ];
    const allow = [{ prefix: 'app/nothing/', reason: null, owner: null, expires: null }];
    const outcome = await auditObjects([deployment, ...holds], { allow }, { faults: insideListing });
    expect(findingsOf(outcome)).toEqual(['scan-incomplete app/']);
    expect(outcome.completeness).toBe('partial');
  });
});

describe('a folder inside a stream that cannot be sized', () => {
  it('is told all the same, with lower bounds, in an audit that is not full', async () => {
    const faults = faultWhen(({ prefix }) => prefix === 'app/tmp/', refused);
    const outcome = await auditObjects([deployment, marker('app/'), object('app/tmp/x', 5)], {}, { faults });
    expect(findingsOf(outcome)).toEqual(['foreign-in-stream app/', 'scan-incomplete app/tmp/']);
    expect(findingOf(outcome, 'foreign-in-stream').evidence).toMatchObject({
      objects: 0,
      sizeComplete: false,
      keys: ['app/tmp/'],
    });
    expect(outcome.completeness).toBe('partial');
  });
});

describe('the evidence of what lies inside a stream', () => {
  it('adds up strangers and names a few of each', async () => {
    const many = Array.from({ length: 50 }, (_, n) => object(`app/tmp/${String(n).padStart(2, '0')}`, 10));
    const outcome = await auditObjects([deployment, marker('app/'), ...many, object('app/x.csv', 7)]);
    const { evidence } = findingOf(outcome, 'foreign-in-stream');
    expect(evidence).toMatchObject({
      objects: 51,
      bytes: 507,
      sizeComplete: true,
      places: ['app/tmp/', 'app/x.csv'],
    });
    expect(evidence.keys).toHaveLength(11);
    expect(evidence.keys).toContain('app/x.csv');
    expect(evidence['costPerMonth']).toBe(0);
  });
  it('says how much a malformed folder holds, and how grave it is where the stream sets retention', async () => {
    const holds = [deployment, marker('app/', [], keeps(30)), object('app/date=2026-11-20-backup/x', 9)];
    const found = findingOf(await auditObjects(holds), 'malformed-date-prefix');
    expect(found).toMatchObject({ severity: 'error', evidence: { objects: 1, bytes: 9, sizeComplete: true } });
    const [lenient] = (await auditObjects([deployment, marker('app/'), object('app/date-x/y', 9)])).candidates;
    expect(lenient).toMatchObject({ kind: 'malformed-date-prefix', severity: 'warning' });
  });
  it('tells what is overdue and by what rule', async () => {
    const holds = [deployment, marker('app/', recent, keeps(1)), ...days('app/', ...recent)];
    expect(findingOf(await auditObjects(holds), 'retention-overdue').evidence).toEqual({
      oldestDay: '2026-11-20',
      days: 3,
      retention: 1,
    });
  });
  it('names the manifests that a reset snapshot has lost', async () => {
    const holds = [deployment, marker('app/'), ...days('app/', '2026-11-19', '2026-11-20')];
    expect(findingOf(await auditObjects(holds), 'snapshot-reset').evidence).toMatchObject({
      objects: 2,
      days: 2,
      firstDay: '2026-11-19',
      lastDay: '2026-11-20',
      keys: ['app/date=2026-11-19/host.manifest.json', 'app/date=2026-11-20/host.manifest.json'],
    });
  });
});

describe('the grace of a reset snapshot', () => {
  const graceOf = async (...holds: GeneratedObject[]) =>
    findingOf(await auditObjects([deployment, marker('app/'), ...holds]), 'snapshot-reset').grace;
  it('goes by the newest object of the day, data included', async () => {
    const [one, other] = [manifest('app/', '2026-11-20'), young(data('app/', '2026-11-20'))];
    expect(await graceOf(one, other)).toMatchObject({ hours: 24, newest: '2026-11-24T05:00:00.000Z' });
  });
  it('has run out as soon as one lost day is old', async () => {
    const fresh = days('app/', '2026-11-21').map(young);
    expect(await graceOf(...days('app/', '2026-11-20'), ...fresh)).toMatchObject({
      newest: '2026-11-01T00:00:00.000Z',
    });
  });
});

describe('a store that knows no delimiter of several characters', () => {
  const holds = [deployment, marker('app/'), ...days('app/', '2026-11-19', '2026-11-20')];
  it('is asked day by day where it refuses', async () => {
    const faults = faultWhen(({ query }) => query.get('delimiter') === '/hour=', {
      kind: 'status',
      status: 400,
      code: 'InvalidArgument',
    });
    const outcome = await auditObjects(holds, {}, { faults });
    expect(findingOf(outcome, 'snapshot-reset').evidence).toMatchObject({ objects: 2, days: 2 });
    expect(outcome.completeness).toBe('full');
  });
});

describe('the day for which retention takes a folder', () => {
  it.each([
    ['date=2026-11-24-backup/', '2026-11-24'],
    ['date=2026-11-24/', '2026-11-24'],
    ['date 2026/11/24', '2026-11-24'],
    ['date=2026-13-45/', null],
    ['date=2026-11-1/', null],
    ['date-backup/', null],
    ['dates/', null],
  ])('%s is %s', (name, day) => {
    expect(dayThatRetentionReads(name)).toBe(day);
  });
});
