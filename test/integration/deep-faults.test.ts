import { afterEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults } from '../../src/config/config.ts';
import type { Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import { newsOf } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import { exitCode } from '../../src/report/exit.ts';
import { deeplyTroubled, deepTroubles, manifestIn, schemaIn, troubledDays } from '../audit/deep/troubles.ts';
import { startS3, type Fault, type RequestLog, type S3, type S3Request } from '../s3/server.ts';

const bucketName = 'bucket';
const startedAt = new Date('2026-11-24T06:00:00Z');
const settings = { topicArn: null, minSeverity: 'note', remindAfterHours: 168 } as const;
const [, lastDay] = troubledDays;

/** What may be told of a disturbed audit besides what is true. */
const toldOfFailedReads = ['scan-incomplete', 'stream-metadata-unreadable'];

const opened: S3[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((s3) => s3.close()));
});

/** Small pages, so that every listing has several. */
async function start(): Promise<S3> {
  const s3 = await startS3({ buckets: { [bucketName]: deeplyTroubled }, pageSize: 4 });
  opened.push(s3);
  return s3;
}

interface Audited {
  outcome: Outcome;
  report: Report;
  exit: number;
}

/** With one listing at a time the same is asked each time. */
async function auditOf(s3: S3, slots = 1): Promise<Audited> {
  const store = openBucket(bucketName, { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0 });
  try {
    const outcome = await audit({ bucket: bucketDefaults(bucketName), store, startedAt, mode: 'deep', slots });
    const report = assembleReport(outcome, judge(null, outcome, startedAt));
    return { outcome, report, exit: exitCode([report], 'warning') };
  } finally {
    store.close();
  }
}

type Asked = Pick<RequestLog, 'target' | 'attempt' | 'operation' | 'status' | 'key'>;

/** Audits once in peace, to learn what is asked and what is true. */
async function undisturbed(s3: S3): Promise<Audited & { asked: Asked[] }> {
  s3.fail();
  s3.requests.length = 0;
  const audited = await auditOf(s3);
  // What comes before is asked by every audit, and is tried with the shallow one.
  const begun = s3.requests.findIndex(({ prefix }) => prefix === '.parseable/ingestor.');
  return { ...audited, asked: s3.requests.slice(begun) };
}

const told = ({ findings }: Report) => findings.map(({ kind, subject }) => `${kind} ${subject}`);

/** From this occurrence of the request on, for ever. */
const lasting =
  ({ target, attempt }: Asked, fault: Fault) =>
  (request: S3Request): Fault | null =>
    request.target === target && request.attempt >= attempt ? fault : null;

/** Reads of which a listing tells how many bytes come. */
const isSizedRead = ({ operation, key }: Asked) => operation === 'GetObject' && /manifest\.json$|\.schema$/.test(key);

/** Whether the answer to this request would show the fault. */
function canShow(fault: Fault, asked: Asked): boolean {
  const { operation, status } = asked;
  if (fault.kind === 'truncate' && status === 404) return false;
  const silent = fault.kind === 'error-body' || (fault.kind === 'truncate' && fault.arrives === 'whole');
  return !silent || operation === 'ListObjectsV2' || isSizedRead(asked);
}

/** Nothing is invented, nothing is called whole, and what is told is told with the right figures. */
function expectHonest({ outcome, report, exit }: Audited, calm: Audited): void {
  const calmTold = told(calm.report);
  const invented = told(report).filter(
    (one) => !calmTold.includes(one) && !toldOfFailedReads.some((kind) => one.startsWith(kind)),
  );
  expect(invented).toEqual([]);
  expect(['partial', 'failed']).toContain(report.completeness);
  expect(exit).toBe(report.completeness === 'failed' ? 4 : 3);
  expect(outcome.failure === null).toBe(report.completeness === 'partial');
  expect(report.findings.some(({ kind }) => toldOfFailedReads.includes(kind))).toBe(true);
  for (const { kind, subject, evidence } of report.findings) {
    const peaceful = calm.report.findings.find((one) => one.kind === kind && one.subject === subject);
    if (peaceful !== undefined) expect(evidence).toEqual(peaceful.evidence);
  }
}

/** The same findings and figures; only the number of requests may differ. */
function expectSame({ report, exit }: Audited, calm: Audited): void {
  expect(report.findings).toEqual(calm.report.findings);
  expect(report.entries).toEqual(calm.report.entries);
  expect(report.streams).toEqual(calm.report.streams);
  expect(report.depth).toEqual(calm.report.depth);
  expect([report.completeness, exit]).toEqual(['full', 1]);
}

/** What an operator who was told everything before hears as resolved an hour later. */
function resolvedSince({ outcome, report }: Audited, { outcome: now }: Audited): string[] {
  const memory = remember(null, outcome, report, { now: startedAt, told: true });
  const later = new Date(startedAt.getTime() + 3_600_000);
  const again = { ...now, startedAt: later.toISOString() };
  const news = newsOf(memory, again, assembleReport(again, judge(memory, again, later)), settings, later);
  return (news?.resolved ?? []).map(({ kind, subject }) => `${kind} ${subject}`);
}

/** Where a store is busy, the listing of all days begins anew at the place that it came to. */
function isAskedOtherwise({ operation, target }: Asked, fault: Fault): boolean {
  const busy = fault.kind === 'error-body' || (fault.kind === 'status' && fault.status === 503);
  return busy && operation === 'ListObjectsV2' && target.includes('start-after=') && target.includes('continuation-');
}

/** Requests arrive in any order; these are tried in always the same. */
const inOrder = (a: Asked, b: Asked): number =>
  a.target < b.target ? -1 : a.target > b.target ? 1 : a.attempt - b.attempt;

/** Each with the requests at which it is tried: all of them, or every third one, counted from here. */
const lastingFaults: [string, Fault, 'all' | number][] = [
  ['a 403', { kind: 'status', status: 403, code: 'AccessDenied' }, 'all'],
  ['a 503', { kind: 'status', status: 503, code: 'SlowDown' }, 0],
  ['a 500', { kind: 'status', status: 500, code: 'InternalError' }, 1],
  ['a 404 that no store gives for a key', { kind: 'status', status: 404, code: 'NoSuchBucket' }, 2],
  ['a reset', { kind: 'reset' }, 0],
  ['a body that breaks off', { kind: 'truncate' }, 1],
  ['a body that is cut and announced so', { kind: 'truncate', arrives: 'whole' }, 'all'],
  ['an empty body', { kind: 'truncate', arrives: 'whole', keep: 0 }, 2],
  ['an error under status 200', { kind: 'error-body' }, 0],
];

describe('an undisturbed deep audit', () => {
  test('finds every trouble, and asks the same each time', async () => {
    const s3 = await start();
    const one = await undisturbed(s3);
    expect(told(one.report).sort()).toEqual(deepTroubles);
    expect([one.report.completeness, one.exit]).toEqual(['full', 1]);
    const names = (asked: Asked[]) => asked.map(({ target, attempt }) => `${String(attempt)} ${target}`).sort();
    expect(names((await undisturbed(s3)).asked)).toEqual(names(one.asked));
    expect(one.asked.filter(isSizedRead).length).toBeGreaterThan(20);
  });

  test('finds the same with many listings at a time', async () => {
    const s3 = await start();
    const one = await undisturbed(s3);
    expectSame(await auditOf(s3, 16), one);
  });
});

describe.each(lastingFaults)('%s that lasts', (_, fault, third) => {
  test('at each request in turn: nothing is invented or resolved, and the audit is not called full', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    const tried = calm.asked.filter((asked) => canShow(fault, asked)).sort(inOrder);
    for (const asked of third === 'all' ? tried : tried.filter((__, index) => index % 3 === third)) {
      s3.fail(lasting(asked, fault));
      const disturbed = await auditOf(s3);
      try {
        if (isAskedOtherwise(asked, fault)) expectSame(disturbed, calm);
        else expectHonest(disturbed, calm);
        expect(resolvedSince(calm, disturbed)).toEqual([]);
      } catch (error) {
        throw new Error(`at ${asked.operation} ${asked.target}, time ${String(asked.attempt)}: ${String(error)}`, {
          cause: error,
        });
      }
    }
  }, 120_000);
});

test('with many listings at a time a folder that cannot be listed hides its own day alone', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  for (const subject of ['lost/', 'spare/', 'fine/']) {
    s3.fail(({ operation, query }) => {
      const asked = query.get('start-after') ?? query.get('prefix') ?? '';
      return operation === 'ListObjectsV2' && query.get('delimiter') === null && asked.startsWith(`${subject}date=`)
        ? { kind: 'status', status: 403, code: 'AccessDenied' }
        : null;
    });
    const disturbed = await auditOf(s3, 16);
    expectHonest(disturbed, calm);
    expect(told(disturbed.report)).toContain(`scan-incomplete ${subject}`);
    expect(resolvedSince(calm, disturbed)).toEqual([]);
  }
});

describe('a manifest', () => {
  const key = manifestIn('fine/', lastDay);

  test.each([1, 25, 50, 75, 99])(
    'of which %i percent arrive, announced so, is not taken for a damaged one',
    async (part) => {
      const s3 = await start();
      const calm = await undisturbed(s3);
      s3.fail((request) => (request.key === key ? { kind: 'truncate', arrives: 'whole', keep: part / 100 } : null));
      const disturbed = await auditOf(s3);
      expectHonest(disturbed, calm);
      expect(told(disturbed.report)).toContain('scan-incomplete fine/');
    },
  );

  test('that could be read once and not again is not told to be damaged', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    s3.fail((request) =>
      request.key === manifestIn('corrupt/', lastDay) && request.attempt > 1
        ? { kind: 'status', status: 403, code: 'AccessDenied' }
        : null,
    );
    const disturbed = await auditOf(s3);
    expectHonest(disturbed, calm);
    expect(told(disturbed.report)).not.toContain('manifest-corrupt corrupt/');
  });
});

describe.each<[string, Fault]>([
  ['a 503', { kind: 'status', status: 503, code: 'SlowDown' }],
  ['a 500', { kind: 'status', status: 500, code: 'InternalError' }],
  ['a reset', { kind: 'reset' }],
  ['a body that breaks off', { kind: 'truncate' }],
  ['a listing that is cut and announced so', { kind: 'truncate', arrives: 'whole' }],
  ['a listing that is an error under status 200', { kind: 'error-body' }],
])('%s healed by a retry', (_, fault) => {
  const retried = (asked: Asked) => canShow(fault, asked) && !(isSizedRead(asked) && isSilent(fault));

  test('at every request at once changes nothing in the report', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    const showing = new Set(calm.asked.filter(retried).map(({ target }) => target));
    s3.fail(({ target, attempt }) => (attempt === 1 && showing.has(target) ? fault : null));
    s3.requests.length = 0;
    const healed = await auditOf(s3);
    expect(s3.requests.filter((request) => request.fault !== null)).toHaveLength(showing.size);
    expectSame(healed, calm);
  });
});

/** A body that looks whole: nobody asks for it again. */
const isSilent = (fault: Fault) =>
  fault.kind === 'error-body' || (fault.kind === 'truncate' && fault.arrives === 'whole');

test('a schema that arrives cut, announced so, is not taken for a damaged one', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  s3.fail(({ key }) => (key === schemaIn('fine/') ? { kind: 'truncate', arrives: 'whole' } : null));
  const disturbed = await auditOf(s3);
  expectHonest(disturbed, calm);
  expect(told(disturbed.report)).toContain('scan-incomplete fine/');
});

test('an empty page before every page changes nothing', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  let turn = 0;
  s3.fail(({ operation }) => (operation === 'ListObjectsV2' && turn++ % 2 === 0 ? { kind: 'empty-page' } : null));
  expectSame(await auditOf(s3, 4), calm);
});
