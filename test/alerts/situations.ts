import type { Alert } from '../../src/alerts/mail.ts';
import { composeAlert } from '../../src/alerts/mail.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import type { Failure } from '../../src/bucket/failure.ts';
import { describe as words } from '../../src/findings/describe.ts';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Candidate, Entry, Evidence } from '../../src/findings/report.ts';
import type { Memory } from '../../src/history/memory.ts';
import { after, denied, entry, outcome, run, start, usual } from '../history/fixtures.ts';

const bucket = { name: 'logs-prod', environment: 'prod' };

/** A finding as an audit at that time words it. */
export function worded(
  kind: Kind,
  subject: string,
  now: Date,
  evidence: Evidence = {},
  serverVersion = '2.9.5',
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
