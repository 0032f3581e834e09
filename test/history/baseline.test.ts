import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Candidate, Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import {
  baselineJson,
  markKnown,
  mergeBaselines,
  readBaseline,
  renewBaseline,
  staleEntries,
  type BaselineEntry,
} from '../../src/history/baseline.ts';
import { fingerprint } from '../../src/history/fingerprint.ts';
import { judge } from '../../src/history/judge.ts';
import { remember } from '../../src/history/remember.ts';
import { after, backups, candidate, failed, orphan, outcome, run, start } from './fixtures.ts';

const entryOf = (kind: string, subject: string, more: Partial<BaselineEntry> = {}): BaselineEntry => {
  const { bucket = 'logs-prod', reason = null } = more;
  return { bucket, kind, subject, id: fingerprint(bucket, kind, subject), reason };
};

const reportOf = (candidates: Candidate[], more: Parameters<typeof outcome>[2] = {}): Report => {
  const seen = outcome(start, candidates, more);
  return assembleReport(seen, judge(null, seen, start));
};

const agreed = entryOf('foreign-prefix', 'backups/', { reason: 'nightly, ticket 42' });
const exported = candidate('foreign-prefix', 'exports/');
const unseen = candidate('scan-incomplete', 'slow/');

const subjectsOf = (entries: readonly BaselineEntry[]) => entries.map(({ subject }) => subject);

describe('findings beside a baseline', () => {
  it('are known when it holds them, and keep everything but their status', () => {
    const [finding, other] = reportOf([backups, exported]).findings;
    expect(markKnown([finding!, other!], [agreed])).toEqual([{ ...finding, status: 'known' }, other]);
  });

  it('are not known for being held of another bucket', () => {
    const elsewhere = entryOf('foreign-prefix', 'backups/', { bucket: 'logs-dev' });
    expect(markKnown(reportOf([backups]).findings, [elsewhere])).toMatchObject([{ status: 'new' }]);
  });

  it('stay pending while they are pending', () => {
    const held = entryOf('orphaned-stream-data', 'wide/');
    expect(markKnown(reportOf([orphan(start)]).findings, [held])).toMatchObject([{ status: 'pending' }]);
    expect(markKnown(reportOf([orphan(after(-30))]).findings, [held])).toMatchObject([{ status: 'known' }]);
  });

  it('are never known where nothing was seen', () => {
    const held = entryOf('scan-incomplete', 'slow/');
    expect(markKnown(reportOf([unseen]).findings, [held])).toMatchObject([{ status: 'new' }]);
  });

  it('are not counted when they are known', () => {
    const seen = outcome(start, [backups, exported]);
    const { summary } = assembleReport(seen, markKnown(judge(null, seen, start), [agreed]));
    expect(summary).toMatchObject({ error: 0, warning: 1, note: 0 });
  });

  it('are remembered like any others, and were told by no alert', () => {
    const seen = outcome(start, [backups]);
    const judged = judge(null, seen, start);
    const of = (findings: typeof judged) =>
      remember(null, seen, assembleReport(seen, findings), { now: start, told: false });
    const memory = of(markKnown(judged, [agreed]));
    expect(memory).toEqual(of(judged));
    const later = run(memory, outcome(after(1), [backups]));
    expect(later.finding).toMatchObject({ status: 'ongoing', firstSeen: start.toISOString() });
    expect(later.news?.fresh).toHaveLength(1);
  });

  it('are no news, not even in an alert that goes out, and are not remembered as told', () => {
    const seen = outcome(start, [backups]);
    const report = assembleReport(seen, markKnown(judge(null, seen, start), [agreed]));
    const memory = remember(null, seen, report, { now: start, told: true });
    expect(memory.findings[agreed.id]).toMatchObject({ told: null, timesSeen: 1 });
  });
});

describe('a stale entry', () => {
  it('is one whose finding a full audit of its bucket did not see', () => {
    const others = [
      entryOf('foreign-prefix', 'gone/', { bucket: 'logs-dev' }),
      entryOf('a-kind-of-tomorrow', 'gone/'),
      agreed,
    ];
    const gone = entryOf('foreign-prefix', 'gone/');
    expect(staleEntries([...others, gone], reportOf([backups]))).toEqual([gone]);
    expect(staleEntries([gone], reportOf([], { completeness: 'partial' }))).toEqual([]);
    const nothing = failed(start);
    expect(staleEntries([gone], assembleReport(nothing, judge(null, nothing, start)))).toEqual([]);
  });

  it('is not one whose finding is pending', () => {
    expect(staleEntries([entryOf('orphaned-stream-data', 'wide/')], reportOf([orphan(start)]))).toEqual([]);
  });

  it.each([
    [
      'a great many foreign prefixes are told as one',
      candidate('foreign-prefix', '*', { evidence: { keys: ['a/', 'b/'] } }),
    ],
    ['nothing in the bucket is of Parseable', candidate('not-parseable', '/')],
  ])('is nothing to be sure of while %s', (_, one) => {
    expect(staleEntries([agreed], reportOf([one]))).toEqual([]);
    expect(renewBaseline([agreed], [reportOf([one])])).toContainEqual(agreed);
  });

  it('is seen beside an object that is named as many are', () => {
    const object = candidate('foreign-root-object', '*', { evidence: { keys: ['*'] } });
    const gone = entryOf('foreign-root-object', 'gone.txt');
    expect(staleEntries([gone], reportOf([object]))).toEqual([gone]);
  });
});

describe('a renewed baseline', () => {
  it('holds what was found, with the reasons that were given, and what other buckets have', () => {
    const elsewhere = entryOf('folder-marker', 'x/', { bucket: 'logs-dev', reason: 'theirs' });
    const before = [agreed, elsewhere, entryOf('foreign-prefix', 'gone/')];
    expect(renewBaseline(before, [reportOf([backups, exported])])).toEqual(
      expect.arrayContaining([agreed, elsewhere, entryOf('foreign-prefix', 'exports/')]),
    );
    expect(renewBaseline(before, [reportOf([backups, exported])])).toHaveLength(3);
  });

  it('takes up neither what is pending nor what was not seen', () => {
    expect(renewBaseline([], [reportOf([orphan(start), unseen, backups])])).toEqual([{ ...agreed, reason: null }]);
  });

  it('keeps what was agreed to while it is pending', () => {
    const held = entryOf('orphaned-stream-data', 'wide/', { reason: 'kept for the audit' });
    expect(renewBaseline([held], [reportOf([orphan(start)])])).toEqual([held]);
  });

  it('is unchanged by an audit that did not see everything', () => {
    const partial = reportOf([exported], { completeness: 'partial' });
    expect(renewBaseline([agreed], [partial])).toEqual([agreed]);
  });

  it('keeps the known ones', () => {
    const report = reportOf([backups]);
    const known = { ...report, findings: markKnown(report.findings, [agreed]) };
    expect(renewBaseline([agreed], [known])).toEqual([agreed]);
  });
});

describe('two baselines as one', () => {
  it('hold what either holds, and lose no reason', () => {
    const bare = { ...agreed, reason: null };
    const other = entryOf('folder-marker', 'test/');
    expect(mergeBaselines([bare], [agreed, other])).toEqual([agreed, other]);
    expect(mergeBaselines([{ ...agreed, reason: 'mine' }], [agreed])).toMatchObject([{ reason: 'mine' }]);
  });
});

describe('the file of a baseline', () => {
  it('is sorted by bucket, subject and kind, as it was read and agreed to', () => {
    const entries = [
      entryOf('foreign-prefix', 'exports/'),
      agreed,
      entryOf('folder-marker', 'exports/', { bucket: 'logs-dev' }),
      entryOf('foreign-prefix', 'b\u202e/', { bucket: 'logs-dev' }),
    ];
    expect(baselineJson(entries)).toBe(`{
  "schemaVersion": 1,
  "findings": [
    {
      "bucket": "logs-dev",
      "kind": "foreign-prefix",
      "subject": "b\\u202e/",
      "id": "${fingerprint('logs-dev', 'foreign-prefix', 'b\u202e/')}"
    },
    {
      "bucket": "logs-dev",
      "kind": "folder-marker",
      "subject": "exports/",
      "id": "${fingerprint('logs-dev', 'folder-marker', 'exports/')}"
    },
    {
      "bucket": "logs-prod",
      "kind": "foreign-prefix",
      "subject": "backups/",
      "id": "${agreed.id}",
      "reason": "nightly, ticket 42"
    },
    {
      "bucket": "logs-prod",
      "kind": "foreign-prefix",
      "subject": "exports/",
      "id": "${fingerprint('logs-prod', 'foreign-prefix', 'exports/')}"
    }
  ]
}
`);
  });

  it('is the same text in whatever order, and is read as it was written, whatever the keys', () => {
    const entry = fc
      .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.option(fc.string({ unit: 'binary' })))
      .map(([subject, reason]) => entryOf('foreign-prefix', subject, { reason }));
    fc.assert(
      fc.property(fc.uniqueArray(entry, { selector: ({ id }) => id, maxLength: 10 }), (entries) => {
        const text = baselineJson(entries);
        expect(baselineJson(entries.toReversed())).toBe(text);
        const reading = readBaseline(JSON.parse(text));
        expect('entries' in reading && baselineJson(reading.entries)).toBe(text);
        expect('entries' in reading && subjectsOf(reading.entries).sort()).toEqual(subjectsOf(entries).sort());
        expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });

  const row = { bucket: 'logs-prod', kind: 'foreign-prefix', subject: 'backups/', id: agreed.id };
  const holding = (...findings: unknown[]) => ({ schemaVersion: 1, findings });

  it.each([
    [[], '', 'is not a baseline: expected an object with schemaVersion and findings'],
    [{ findings: [] }, 'schemaVersion', 'is missing, expected 1, the version of baselines that this program reads'],
    [{ schemaVersion: 2, rows: [] }, 'schemaVersion', 'is 2, of a newer version of this program; this one reads 1'],
    [{ schemaVersion: 1 }, 'findings', 'is missing, expected a list of findings'],
    [{ ...holding(), buckets: [] }, 'buckets', 'is nothing that a baseline holds'],
    [holding('backups/'), 'findings.0', 'is not a finding with bucket, kind, subject and id'],
    [holding({ ...row, kind: undefined }), 'findings.0.kind', 'is missing, expected a kind of finding'],
    [holding({ ...row, subject: '' }), 'findings.0.subject', 'is empty, expected a prefix or key'],
    [holding({ ...row, reason: 7 }), 'findings.0.reason', 'is not a text'],
    [holding({ ...row, reson: 'x' }), 'findings.0.reson', 'is nothing that a baseline holds'],
    [
      holding({ ...row, subject: 'backup/' }),
      'findings.0.id',
      `does not belong to its bucket, kind and subject: ${fingerprint('logs-prod', 'foreign-prefix', 'backup/')} does`,
    ],
    [holding(row, row), 'findings.1', 'is findings[0] once more'],
    [
      holding({ ...row, kind: 'scan-incomplete' }),
      'findings.0.kind',
      'is scan-incomplete: what was not seen cannot be known',
    ],
  ])('is refused when it is %j, by its place', (value, place, problem) => {
    expect(readBaseline(value)).toEqual({ problems: [{ path: expect.any(Array) as unknown, problem }] });
    const reading = readBaseline(value);
    expect('problems' in reading && reading.problems[0]?.path.join('.')).toBe(place);
  });

  it('may leave a reason unset with null', () => {
    expect(readBaseline(holding({ ...row, reason: null }))).toEqual({ entries: [{ ...agreed, reason: null }] });
  });

  it('may hold kinds of a newer version, which no audit here takes out', () => {
    const newer = entryOf('a-kind-of-tomorrow', 'x/');
    const reading = readBaseline(JSON.parse(baselineJson([newer])));
    expect(reading).toEqual({ entries: [newer] });
    expect(renewBaseline([newer], [reportOf([])])).toEqual([newer]);
  });
});
