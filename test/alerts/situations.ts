import type { Alert } from '../../src/alerts/mail.ts';
import { composeAlert } from '../../src/alerts/mail.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import type { Failure } from '../../src/bucket/failure.ts';
import { describe as words } from '../../src/findings/describe.ts';
import { costOf, listPrice, type StoragePrice } from '../../src/findings/costs.ts';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Candidate, Entry, Evidence } from '../../src/findings/report.ts';
import type { Memory } from '../../src/history/memory.ts';
import { after, denied, entry, outcome, run, start, usual } from '../history/fixtures.ts';

const bucket = { name: 'logs-prod', environment: 'prod', ignoreKinds: [] };

/** A finding as an audit at that time words it. */
export function worded(
  kind: Kind,
  subject: string,
  now: Date,
  evidence: Evidence = {},
  serverVersion = '2.9.5',
  details: Record<string, string> = {},
): Candidate {
  const about = {
    bucket: bucket.name,
    endpoint: null,
    subject,
    serverVersion,
    multiTenant: false,
    hidden: false,
    evidence,
    now,
    details,
  };
  return { kind, subject, evidence, grace: null, ...words(kind, about) };
}

const figures = (objects: number, bytes: number, newest: Date): Evidence => ({
  objects,
  bytes,
  oldest: newest.toISOString(),
  newest: newest.toISOString(),
  sizeComplete: true,
});

const wide = (now: Date) => worded('orphaned-stream-data', 'wide/', now, figures(153, 2_400_000, after(-72)));
const backups = (now: Date, version?: string) =>
  worded('foreign-prefix', 'backups/', now, figures(7, 1_100_000, after(-2)), version);
const marker = (now: Date) => worded('folder-marker', 'empty/', now);

const healthy: Entry[] = [
  ...Array.from({ length: 12 }, (_, index) => entry(`stream${String(index)}/`, 'stream')),
  entry('.parseable/', 'deployment'),
  entry('.alerts/', 'deployment'),
  entry('.users/', 'deployment'),
  entry('exports/', 'allowed'),
];

const seen = (at: Date, candidates: Candidate[], more: Partial<Outcome> = {}): Outcome =>
  outcome(at, candidates, { entries: healthy, ...more });

const noRows = { entries: [], requests: { list: 1, get: 0, head: 0, other: 0 } };
const failing = (at: Date, failure: Failure, more: Partial<Outcome> = {}): Outcome =>
  outcome(at, [worded('scan-incomplete', '/', at)], { completeness: 'failed', failure, ...noRows, ...more });

/** The alert of the last of these audits, after an alert for each one before it. */
export function mailOf(audits: readonly Outcome[], settings = usual, more: { reportUrl?: null } = {}): Alert {
  let memory: Memory | null = null;
  let alert: Alert | null = null;
  for (const one of audits) {
    const done = run(memory, one, true, settings);
    memory = done.memory;
    alert =
      done.news === null
        ? null
        : composeAlert(done.news, done.report, {
            bucket: { ...bucket, environment: one.bucket.environment },
            reportUrl: `s3://ops-state/bucket-hygiene/logs-prod/${one.startedAt.slice(0, 19).replaceAll(':', '-')}Z.json`,
            runId: '01KB0M1ZQ8Y6V3T9D2N4XWCEHR',
            now: new Date(one.startedAt),
            ...more,
          });
  }
  return alert!;
}

const many = (now: Date, count: number, subjectOf: (index: number) => string) =>
  Array.from({ length: count }, (_, index) =>
    worded(
      index % 3 === 0 ? 'orphaned-stream-data' : 'foreign-prefix',
      subjectOf(index),
      now,
      figures(index + 1, 1_000 * index, after(-90)),
    ),
  );

/** Names that try to be more than names. */
const hostile = [
  'line\nSubject: you won/',
  '\u001b[2J\u001b[31mred/',
  '\u202egnp.exe/',
  `it's; rm -rf $(pwd) \`id\`/`,
  'naïve-😀/',
  `${'long'.repeat(250)}/`,
];

/** Data that is paid for, as an audit prices and words it. */
function paidFor(kind: Kind, subject: string, evidence: Evidence, by: Price = {}): Candidate {
  const { price = listPrice, writer } = by;
  const costPerMonth = costOf(kind, evidence, price) ?? 0;
  const [id, name] = writer ?? [];
  return worded(
    kind,
    subject,
    start,
    { ...evidence, costPerMonth, ...(id === undefined ? {} : { likelyWriter: id }) },
    '2.9.5',
    { currency: price.currency, ...(name === undefined ? {} : { writer: name }) },
  );
}

interface Price {
  price?: StoragePrice;
  /** The writer's id and name. */
  writer?: readonly [string, string];
}

const restic = { writer: ['restic', 'restic'] } as const;
const velero = { writer: ['velero', 'Velero'] } as const;

const snapshotReset = (subject: string) =>
  worded('snapshot-reset', subject, start, figures(41, 620_000, after(-50)), '2.9.5', {
    reason: 'young',
    since: '2026-11-23',
    days: '41',
    firstDay: '2026-10-12',
    lastDay: '2026-11-21',
  });

const rewritten = (subject: string) => {
  const key = `${subject}.stream/.stream.json`;
  return worded(
    'stream-metadata-rewritten',
    subject,
    start,
    { ...figures(1, 1_840, after(-8)), keys: [key] },
    '2.9.5',
    {
      key,
      reason: 'its created-at changed and its lifetime counters went backwards',
      before: '2026-03-02T08:11:40.120+00:00',
      now: '2026-11-23T21:40:02.913+00:00',
    },
  );
};

const shared = worded('shared-deployment', '.parseable/', start, {}, '2.9.5', {
  id: '01K3YPQ3C8JMRNV7E9Z0C1HT0H',
  others: 'logs-staging',
});

const lifecycle = [
  worded(
    'lifecycle-reaches-metadata',
    '/',
    start,
    { objects: 31, rules: [{ id: 'old-logs', prefix: '' }], keys: ['.parseable/.parseable.json'] },
    '2.9.5',
    { rule: 'old-logs', action: 'expires objects after 90 days', key: '.parseable/.parseable.json' },
  ),
  worded('lifecycle-before-retention', 'api/', start, { rules: [{ id: 'cold', prefix: 'api/' }] }, '2.9.5', {
    rule: 'cold',
    action: 'moves objects to GLACIER after 30 days',
    retention: '180',
  }),
];

/** What the first audit of a bucket that nobody has looked at for years may find: thirty findings of eight kinds. */
const neverLookedAt = (): Candidate[] => [
  ...Array.from({ length: 9 }, (_, index) =>
    paidFor(
      'foreign-prefix',
      `backup-2023-${String(index + 1).padStart(2, '0')}/`,
      figures(812, 41e9, after(-9_000)),
      restic,
    ),
  ),
  ...['cluster-a/', 'cluster-b/'].map((name) =>
    paidFor('foreign-prefix', name, figures(20_000, 310e9, after(-5)), velero),
  ),
  ...Array.from({ length: 6 }, (_, index) =>
    paidFor('orphaned-stream-data', `old-stream-${String(index)}/`, figures(153, 2.4e9, after(-7_000))),
  ),
  ...['dump.sql', 'notes.txt', 'export.csv'].map((key) =>
    paidFor('foreign-root-object', key, figures(1, 730e6, after(-4_000))),
  ),
  ...['audit/', 'billing/'].map((name) =>
    worded('stream-metadata-corrupt', name, start, { keys: [`${name}.stream/.stream.json`] }, '2.9.5', {
      key: `${name}.stream/.stream.json`,
      reason: 'it has 0 bytes',
    }),
  ),
  snapshotReset('checkout/'),
  ...['api/', 'web/'].map((name) => paidFor('foreign-in-stream', name, figures(12, 6e6, after(-400)))),
  ...['orders/date=2024-02-30/', 'orders/date-old/'].map((name) =>
    worded('malformed-date-prefix', name, start, figures(24, 12e6, after(-900)), '2.9.5', { retention: '30' }),
  ),
  ...['/', 'uploads/', 'tmp/'].map((name) => worded('folder-marker', name, start, { objects: 1, bytes: 0 })),
];

/** What a deep audit may find in two streams. */
const deepInside = (): Candidate[] => {
  const days = { days: '3', firstDay: '2026-11-02', lastDay: '2026-11-09' };
  const file = 'date=2026-11-02/hour=00/minute=00/web-0.data.01KY43JFV84TFF59TDWH9EDD1R.parquet';
  return [
    worded(
      'data-missing',
      'api/',
      start,
      { ...figures(2, 4.1e6, after(-400)), keys: [`api/${file}`, 'b'] },
      '2.9.5',
      days,
    ),
    worded(
      'manifest-missing',
      'api/',
      start,
      { ...figures(1, 0, after(-400)), keys: ['api/date=2026-11-12/web-0.manifest.json'] },
      '2.9.5',
      { days: '1', firstDay: '2026-11-12', lastDay: '2026-11-12' },
    ),
    worded(
      'data-unreferenced',
      'web/',
      start,
      { ...figures(61, 12e6, after(-300)), keys: [`web/${file}`, 'b'] },
      '2.9.5',
      days,
    ),
    paidFor('foreign-object-in-stream', 'web/', {
      ...figures(2, 88e9, after(-400)),
      keys: ['web/date=2026-11-02/dump.sql', 'b'],
    }),
  ];
};

const errors = { ...usual, minSeverity: 'error' } as const;
const unreachable: Failure = {
  operation: 'ListObjectsV2',
  code: 'ECONNREFUSED',
  status: null,
  message: 'connect ECONNREFUSED 10.0.3.7:9000',
};
const minio = {
  bucket: { name: 'logs-prod', region: 'us-east-1', endpoint: 'https://minio.internal:9000', environment: null },
};

/** Every situation that has a golden mail, named as its file. */
export const situations: Record<string, () => Alert> = {
  'two-new': () => mailOf([seen(after(-24), []), seen(start, [wide(start), backups(start)])]),
  'one-new-beside-open-ones': () =>
    mailOf([
      seen(after(-170), []),
      seen(after(-100), [wide(after(-100)), marker(after(-100))]),
      seen(start, [
        wide(start),
        marker(start),
        backups(start),
        {
          ...worded('stream-leftover', 'young/', start),
          grace: { hours: 24, newest: start.toISOString(), oldest: start.toISOString(), shrinking: false },
        },
      ]),
    ]),
  worse: () => mailOf([seen(after(-30), [backups(after(-30))]), seen(start, [backups(start, '1.6.2')])]),
  reminder: () =>
    mailOf([seen(after(-168), [wide(after(-168)), backups(after(-168))]), seen(start, [wide(start), backups(start)])]),
  resolved: () => mailOf([seen(after(-80), [wide(after(-80)), backups(after(-80))]), seen(start, [])]),
  'new-and-resolved': () => mailOf([seen(after(-80), [wide(after(-80))]), seen(start, [backups(start)])]),
  back: () => mailOf([seen(after(-30), [backups(after(-30))]), seen(after(-20), []), seen(start, [backups(start)])]),
  'wrong-bucket': () =>
    mailOf([
      seen(start, [worded('not-parseable', '/', start, { rows: 4 })], { entries: [entry('photos/', 'foreign')] }),
    ]),
  'could-not-look': () => mailOf([seen(after(-48), [wide(after(-48))]), failing(start, denied)]),
  'could-not-look-minio': () => mailOf([failing(start, unreachable, minio)]),
  'still-could-not-look': () => mailOf([seen(after(-190), []), failing(after(-168), denied), failing(start, denied)]),
  'watched-again': () => mailOf([seen(after(-90), []), failing(after(-72), denied), seen(start, [])]),
  partial: () =>
    mailOf([
      seen(after(-48), [wide(after(-48))]),
      seen(
        start,
        [worded('scan-incomplete', '/', start, { operation: 'ListObjectsV2', code: 'Stopped' }), backups(start)],
        { completeness: 'partial' },
      ),
    ]),
  'many-new': () =>
    mailOf([
      seen(
        start,
        many(start, 400, (index) => `prefix-${String(index).padStart(4, '0')}/`),
      ),
    ]),
  'first-run': () => mailOf([seen(start, neverLookedAt())]),
  'reset-and-rewritten': () => mailOf([seen(after(-24), []), seen(start, [snapshotReset('api/'), rewritten('web/')])]),
  'lifecycle-rules': () => mailOf([seen(after(-24), []), seen(start, lifecycle)]),
  'shared-deployment': () => mailOf([seen(after(-24), []), seen(start, [shared])]),
  'inside-streams': () =>
    mailOf([
      seen(after(-24), []),
      seen(start, [
        worded('malformed-date-prefix', 'orders/date=2024-02-28-old/', start, figures(24, 12e6, after(-900)), '2.9.5', {
          retention: '30',
          takenFor: '2024-02-28',
        }),
        paidFor('foreign-in-stream', 'api/', { ...figures(12, 88e9, after(-400)), places: ['api/backup/'] }, restic),
        worded('retention-overdue', 'web/', start, {}, '2.9.5', {
          retention: '30',
          oldestDay: '2026-09-01',
          days: '54',
        }),
      ]),
    ]),
  'deep-inside-streams': () =>
    mailOf([seen(after(-24), [], { mode: 'deep' }), seen(start, deepInside(), { mode: 'deep' })]),
  'configured-price': () => {
    const price = { perGiBMonth: 0.0049, currency: 'EUR' };
    const huge = { ...figures(20_000, 5.2e12, after(-5)), sizeComplete: false };
    return mailOf([
      seen(after(-24), []),
      seen(start, [paidFor('foreign-prefix', 'dumps/', huge, { price })], { price }),
    ]);
  },
  hostile: () =>
    mailOf([
      seen(
        start,
        many(start, hostile.length, (index) => hostile[index]!),
      ),
    ]),
  'errors-only': () =>
    mailOf([seen(start, [backups(start), worded('deployment-metadata-missing', '.parseable/', start)])], errors, {
      reportUrl: null,
    }),
};
