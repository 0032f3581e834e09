import { afterEach, describe, expect, test } from 'vitest';
import { audit } from '../../src/audit/audit.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket, type BucketOptions } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults } from '../../src/config/config.ts';
import type { Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import { newsOf } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import { exitCode } from '../../src/report/exit.ts';
import { startS3, type BucketContents, type Fault, type RequestLog, type S3, type S3Request } from '../s3/server.ts';
import { runCli } from '../support/cli.ts';
import { troubledBucket, troubledSettings } from '../support/troubled-bucket.ts';

const bucketName = 'troubled';
const startedAt = new Date('2026-11-24T06:00:00Z');
const settings = { topicArn: null, minSeverity: 'note', remindAfterHours: 168 } as const;

/** An allow entry for something inside a stream costs a request of its own. */
const config = {
  ...bucketDefaults(bucketName),
  allow: [
    { prefix: 'web/exports/', reason: null, owner: null, expires: null },
    { prefix: 'gone/', reason: null, owner: null, expires: null },
  ],
};

/** What may be told of a disturbed audit besides what is true. */
const toldOfFailedReads = ['scan-incomplete', 'stream-metadata-unreadable'];

const opened: S3[] = [];
afterEach(async () => {
  await Promise.all(opened.splice(0).map((s3) => s3.close()));
});

/** Small pages, so that every listing has several. */
async function start(contents: BucketContents = { objects: troubledBucket, ...troubledSettings }): Promise<S3> {
  const s3 = await startS3({ buckets: { [bucketName]: contents }, pageSize: 4 });
  opened.push(s3);
  return s3;
}

interface Audited {
  outcome: Outcome;
  report: Report;
  exit: number;
}

async function auditOf(s3: S3, options: BucketOptions = {}): Promise<Audited> {
  const store = openBucket(bucketName, { ...defaultConnection, endpoint: s3.url }, { retryDelayMs: 0, ...options });
  try {
    const outcome = await audit({ bucket: config, store, startedAt });
    const report = assembleReport(outcome, judge(null, outcome, startedAt));
    return { outcome, report, exit: exitCode([report], 'warning') };
  } finally {
    store.close();
  }
}

/** What a request asks, and the how-manieth time it does: the same in every run, whatever the order of arrival. */
interface Asked {
  target: string;
  attempt: number;
  operation: string;
  /** The answer to it without disturbance; a request for what is not there has a 404 to be cut. */
  status: number | null;
}

/** Audits once in peace, to learn what is asked and what is true. */
async function undisturbed(s3: S3): Promise<Audited & { asked: Asked[] }> {
  s3.fail();
  s3.requests.length = 0;
  const audited = await auditOf(s3);
  const asked = s3.requests.map(({ target, attempt, operation, status }: RequestLog) => ({
    target,
    attempt,
    operation,
    status,
  }));
  return { ...audited, asked };
}

const told = ({ findings }: Report) => findings.map(({ kind, subject }) => `${kind} ${subject}`);
const rows = ({ entries }: Report) => Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict]));

/** From this occurrence of the request on, for ever. */
const lasting =
  ({ target, attempt }: Asked, fault: Fault) =>
  (request: S3Request): Fault | null =>
    request.target === target && request.attempt >= attempt ? fault : null;

/** Not every store offers these and not every role may ask them: an audit without them is full and says what it skipped. */
const optionalRequests = ['GetBucketLifecycleConfiguration', 'ListMultipartUploads', 'ListParts'];

/** True where the store, for good, refuses what an audit can do without. */
const isOnlySkipped = ({ operation }: Asked, fault: Fault): boolean =>
  optionalRequests.includes(operation) && fault.kind === 'status' && fault.code === 'AccessDenied';

/** Nothing is invented, and what was refused is told to be skipped or, for sizes, missing. */
function expectSkipped({ report, exit }: Audited, calm: Audited, { operation }: Asked): void {
  expect(told(calm.report)).toEqual(expect.arrayContaining(told(report)));
  expect(rows(report)).toEqual(rows(calm.report));
  expect([report.completeness, exit]).toEqual(['full', 1]);
  expect(report.skipped).toHaveLength(operation === 'ListParts' ? 0 : 1);
}

/** Nothing is invented, nothing is called whole. */
function expectHonest(disturbed: Audited, calm: Audited): void {
  const { outcome, report, exit } = disturbed;
  const calmTold = told(calm.report);
  const invented = report.findings
    .filter(({ kind }) => !toldOfFailedReads.includes(kind))
    .map(({ kind, subject }) => `${kind} ${subject}`)
    .filter((one) => !calmTold.includes(one));
  expect(invented).toEqual([]);
  expect(['partial', 'failed']).toContain(report.completeness);
  expect(exit).toBe(report.completeness === 'failed' ? 4 : 3);
  expect(outcome.failure === null).toBe(report.completeness === 'partial');
  const calmRows = rows(calm.report);
  for (const [name, verdict] of Object.entries(rows(report))) expect(['unknown', calmRows[name]]).toContain(verdict);
}

/** What an operator who was told everything before hears as resolved an hour later. */
function resolvedSince({ outcome, report }: Audited, { outcome: now }: Audited): string[] {
  const memory = remember(null, outcome, report, { now: startedAt, told: true });
  const later = new Date(startedAt.getTime() + 3_600_000);
  const again = { ...now, startedAt: later.toISOString() };
  const news = newsOf(memory, again, assembleReport(again, judge(memory, again, later)), settings, later);
  return (news?.resolved ?? []).map(({ kind, subject }) => `${kind} ${subject}`);
}

/** Each with the requests at which it is tried: all of them, or every third one, counted from here. */
const lastingFaults: [string, Fault, 'all' | number][] = [
  ['a 403', { kind: 'status', status: 403, code: 'AccessDenied' }, 'all'],
  ['a 503', { kind: 'status', status: 503, code: 'SlowDown' }, 0],
  ['a 500', { kind: 'status', status: 500, code: 'InternalError' }, 1],
  ['a 404 that no store gives for a key', { kind: 'status', status: 404, code: 'NoSuchBucket' }, 2],
  ['a reset', { kind: 'reset' }, 0],
  ['a body that breaks off', { kind: 'truncate' }, 'all'],
  ['a body that is cut and announced so', { kind: 'truncate', arrives: 'whole' }, 1],
  ['an empty body', { kind: 'truncate', arrives: 'whole', keep: 0 }, 2],
  ['an error under status 200', { kind: 'error-body' }, 0],
];

describe('an undisturbed audit', () => {
  test('finds the troubles of the bucket, with every kind of request', async () => {
    const { report, exit, asked } = await undisturbed(await start());
    expect(rows(report)).toEqual({
      '.Trash/': 'foreign',
      '.parseable/': 'deployment',
      'broken/': 'corrupt',
      'cluster/': 'stream',
      'dump/': 'foreign',
      'lost/': 'orphaned',
      'marker/': 'marker',
      'notes.txt': 'foreign',
      'reset/': 'stream',
      'web/': 'stream',
    });
    expect(told(report)).toEqual([
      'foreign-prefix .Trash/',
      'stream-metadata-corrupt broken/',
      'foreign-prefix dump/',
      'stale-allow-entry gone/',
      'orphaned-stream-data lost/',
      'folder-marker marker/',
      'foreign-root-object notes.txt',
      'snapshot-reset reset/',
      'malformed-date-prefix reset/date-backup/',
      'foreign-in-stream web/',
      'incomplete-uploads web/',
      'lifecycle-before-retention web/',
    ]);
    expect([report.completeness, exit]).toEqual(['full', 1]);
    expect(new Set(asked.map(({ operation }) => operation))).toEqual(
      new Set(['ListObjectsV2', 'GetObject', ...optionalRequests]),
    );
    expect(asked.some(({ target }) => target.includes('continuation-token='))).toBe(true);
    expect(asked.some(({ attempt }) => attempt === 2)).toBe(true);
  });

  test('asks the same each time, whatever the order', async () => {
    const names = (asked: Asked[]) => asked.map(({ target, attempt }) => `${String(attempt)} ${target}`).sort();
    const s3 = await start();
    expect(names((await undisturbed(s3)).asked)).toEqual(names((await undisturbed(s3)).asked));
  });
});

/** Requests arrive in any order; these are tried in always the same. */
const inOrder = (a: Asked, b: Asked): number =>
  a.target < b.target ? -1 : a.target > b.target ? 1 : a.attempt - b.attempt;

/** Whether the answer to this request would show the fault. */
function canShow(fault: Fault, { operation, status }: Asked): boolean {
  // A 404 says that the key is not there, and says it whole even when the document that explains it is cut.
  if (fault.kind === 'truncate' && status === 404) return false;
  // Only a listing tells by itself that it is not whole; an object's bytes are what the store says they are.
  const silent = fault.kind === 'error-body' || (fault.kind === 'truncate' && fault.arrives === 'whole');
  return !silent || operation === 'ListObjectsV2';
}

test('what was really removed is resolved, so that its absence elsewhere means something', async () => {
  const s3 = await start();
  const before = await undisturbed(s3);
  s3.buckets.get(bucketName)?.remove('notes.txt');
  expect(resolvedSince(before, await auditOf(s3))).toEqual(['foreign-root-object notes.txt']);
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
        if (isOnlySkipped(asked, fault)) expectSkipped(disturbed, calm, asked);
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

test('an audit that is not full says what it did not see', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  const silent: string[] = [];
  const fault: Fault = { kind: 'status', status: 403, code: 'AccessDenied' };
  for (const asked of calm.asked) {
    if (isOnlySkipped(asked, fault)) continue;
    s3.fail(lasting(asked, fault));
    const { report } = await auditOf(s3);
    if (!report.findings.some(({ kind }) => toldOfFailedReads.includes(kind))) silent.push(asked.target);
  }
  expect(silent).toEqual([]);
}, 60_000);

test('a marker shorter than its listing told is not taken for a damaged one', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  s3.fail(({ key }) => (key === 'web/.stream/.stream.json' ? { kind: 'truncate', arrives: 'whole' } : null));
  const disturbed = await auditOf(s3);
  expectHonest(disturbed, calm);
  expect(rows(disturbed.report)['web/']).toBe('unknown');
});

test('an error under status 200 is not taken for a damaged marker', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  s3.fail(({ key }) => (key === 'web/.stream/.stream.json' ? { kind: 'error-body' } : null));
  const disturbed = await auditOf(s3);
  expectHonest(disturbed, calm);
  expect(rows(disturbed.report)['web/']).toBe('unknown');
});

test('a listing that is cut, wherever, and looks whole is noticed', async () => {
  const s3 = await start();
  const calm = await undisturbed(s3);
  const first = calm.asked.find(
    ({ target }) => target.includes('delimiter=') && !target.includes('continuation-token='),
  );
  if (first === undefined) throw new Error('no listing of the root was asked for');
  for (let percent = 1; percent < 100; percent += 3) {
    s3.fail(lasting(first, { kind: 'truncate', arrives: 'whole', keep: percent / 100 }));
    expectHonest(await auditOf(s3), calm);
  }
}, 60_000);

describe.each<[string, Fault]>([
  ['a 503', { kind: 'status', status: 503, code: 'SlowDown' }],
  ['a 500', { kind: 'status', status: 500, code: 'InternalError' }],
  ['a reset', { kind: 'reset' }],
  ['a body that breaks off', { kind: 'truncate' }],
  ['a listing that is cut and announced so', { kind: 'truncate', arrives: 'whole' }],
  ['an error under status 200', { kind: 'error-body' }],
])('%s healed by a retry', (_, fault) => {
  test('at every request at once changes nothing in the report', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    const showing = new Set(calm.asked.filter((asked) => canShow(fault, asked)).map(({ target }) => target));
    s3.fail(({ target, attempt }) => (attempt === 1 && showing.has(target) ? fault : null));
    s3.requests.length = 0;
    const healed = await auditOf(s3);
    expect(s3.requests.filter((request) => request.fault !== null)).toHaveLength(showing.size);
    expectSame(healed, calm);
  });
});

describe('a page', () => {
  test('without rows, with a token, at each listing in turn, changes nothing in the report', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    for (const asked of calm.asked.filter(({ operation }) => operation === 'ListObjectsV2')) {
      s3.fail((request) =>
        request.target === asked.target && request.attempt === asked.attempt ? { kind: 'empty-page' } : null,
      );
      expectSame(await auditOf(s3), calm);
    }
  }, 60_000);

  test('without rows before every page with rows changes nothing either', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    let turn = 0;
    s3.fail(({ operation }) => (operation === 'ListObjectsV2' && turn++ % 2 === 0 ? { kind: 'empty-page' } : null));
    expectSame(await auditOf(s3, { concurrency: 1 }), calm);
  });

  test('of one row each time changes nothing', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    s3.fail(() => ({ kind: 'short-page', rows: 1 }));
    expectSame(await auditOf(s3), calm);
  });
});

/** The same rows and findings; only the number of requests may differ. */
function expectSame(one: Audited, other: Audited): void {
  expect(one.report.entries).toEqual(other.report.entries);
  expect(one.report.findings).toEqual(other.report.findings);
  expect([one.report.completeness, one.exit]).toEqual([other.report.completeness, other.exit]);
}

describe('silence', () => {
  test.each(['nothing', 'half'] as const)('after %s of one answer ends, and is told', async (after) => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    s3.fail(({ key }) => (key === 'web/.stream/.stream.json' ? { kind: 'stall', after } : null));
    const disturbed = await auditOf(s3, { requestTimeoutMs: 100 });
    expectHonest(disturbed, calm);
    expect(rows(disturbed.report)['web/']).toBe('unknown');
  });
});

describe('an audit that is stopped', () => {
  test('at each request in turn reports what was seen, invents nothing and ends nothing', async () => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    for (let stop = 0; stop < calm.asked.length; stop += 3) {
      const controller = new AbortController();
      let asked = 0;
      s3.fail(() => {
        if (asked++ === stop) controller.abort();
        return null;
      });
      const stopped = await auditOf(s3, { signal: controller.signal, concurrency: 4 });
      expectHonest(stopped, calm);
      expect(resolvedSince(calm, stopped)).toEqual([]);
    }
  }, 60_000);
});

describe('everything refused', () => {
  test.each([
    ['403', { kind: 'status', status: 403, code: 'AccessDenied' }],
    ['503', { kind: 'status', status: 503, code: 'SlowDown' }],
    ['reset', { kind: 'reset' }],
  ] satisfies [string, Fault][])('with a %s is a failed audit with one finding', async (_, fault) => {
    const s3 = await start();
    const calm = await undisturbed(s3);
    s3.fail(() => fault);
    const disturbed = await auditOf(s3);
    expect(disturbed.report).toMatchObject({ completeness: 'failed', entries: [] });
    expect(told(disturbed.report)).toEqual(['scan-incomplete /']);
    expect(disturbed.exit).toBe(4);
    expect(resolvedSince(calm, disturbed)).toEqual([]);
  });
});

describe('the command line', () => {
  const run = (s3: S3, ...more: string[]) =>
    runCli(['audit', `s3://${bucketName}`, '--format', 'json', ...more], {
      endpoint: s3.url,
      // The command's own patience is that of production: fewer attempts, or the test waits for them.
      env: { AWS_MAX_ATTEMPTS: '2' },
      config: { buckets: [{ name: bucketName, allow: [{ prefix: 'gone/' }] }] },
    });

  test('exits 3 with a report when one prefix cannot be listed', async () => {
    const s3 = await start();
    s3.fail(({ prefix }) =>
      prefix.startsWith('lost/') ? { kind: 'status', status: 403, code: 'AccessDenied' } : null,
    );
    const { code, stdout } = await run(s3);
    const report = JSON.parse(stdout) as Report;
    expect([code, report.completeness]).toEqual([3, 'partial']);
    expect(rows(report)['lost/']).toBe('unknown');
    expect(told(report)).toContain('scan-incomplete lost/');
    expect(told(report)).not.toContain('orphaned-stream-data lost/');
  });

  test('exits 4 with a report when the bucket cannot be listed', async () => {
    const s3 = await start();
    s3.fail(() => ({ kind: 'status', status: 403, code: 'AccessDenied' }));
    const { code, stdout, stderr } = await run(s3);
    expect([code, (JSON.parse(stdout) as Report).completeness]).toEqual([4, 'failed']);
    expect(stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
  });

  test('exits 4 when the bucket does not exist', async () => {
    const s3 = await startS3({ buckets: {} });
    opened.push(s3);
    const { code, stdout } = await run(s3);
    expect([code, (JSON.parse(stdout) as Report).completeness]).toEqual([4, 'failed']);
  });

  test('exits 1, as undisturbed, when a throttle is healed by a retry', async () => {
    const s3 = await start();
    s3.fail(({ attempt, operation }) =>
      operation === 'GetObject' && attempt === 1 ? { kind: 'status', status: 503, code: 'SlowDown' } : null,
    );
    const { code, stdout } = await run(s3);
    expect([code, (JSON.parse(stdout) as Report).completeness]).toEqual([1, 'full']);
  });
});
