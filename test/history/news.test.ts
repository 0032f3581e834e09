import { describe, expect, it } from 'vitest';
import { newsOf, type News } from '../../src/history/news.ts';
import type { AlertSettings } from '../../src/history/tiding.ts';
import {
  after,
  backups,
  candidate,
  denied,
  failed,
  hour,
  orphan,
  outcome,
  run,
  runs,
  start,
  usual,
} from './fixtures.ts';

const subjects = (news: News | null) => ({
  fresh: news?.fresh.map(({ finding }) => finding.subject),
  worse: news?.worse.map(({ finding }) => finding.subject),
  reminders: news?.reminders.map(({ finding }) => finding.subject),
  resolved: news?.resolved.map(({ subject }) => subject),
});

const note = candidate('folder-marker', 'empty/');
const asError = { ...backups, severity: 'error' as const };

describe('new', () => {
  it('is told gravest first, and of equally grave things what was not seen comes last', () => {
    const seen = [
      candidate('stream-leftover', 'a/'),
      backups,
      candidate('scan-incomplete', '/'),
      candidate('stream-metadata-corrupt', 'x/'),
      candidate('scan-incomplete', 'c/'),
      candidate('foreign-prefix', 'd/'),
    ];
    const { news } = run(null, outcome(start, seen, { completeness: 'partial' }), true, {
      ...usual,
      minSeverity: 'note',
    });
    expect(subjects(news).fresh).toEqual(['x/', 'backups/', 'd/', '/', 'c/', 'a/']);
  });

  it('is all that there is beside it, but not what is pending or known of old', () => {
    const seen = outcome(start, [backups, orphan(start), note]);
    const { news, report } = run(null, seen);
    expect(news?.others.map(({ finding }) => finding.subject)).toEqual(['empty/']);
    const known = report.findings.map((one) =>
      one.kind === 'folder-marker' ? { ...one, status: 'known' as const } : one,
    );
    expect(newsOf(null, seen, { ...report, findings: known }, usual, start)?.others).toEqual([]);
  });

  it('a clean first run is silent', () => {
    expect(run(null, outcome(start)).news).toBeNull();
  });

  it('is told once, gravest first', () => {
    const seen = [backups, candidate('not-parseable', '/')];
    const first = run(null, outcome(start, seen));
    expect(first.news).toMatchObject({ status: 'new', severity: 'error' });
    expect(subjects(first.news).fresh).toEqual(['/', 'backups/']);
    expect(run(first.memory, outcome(after(1), seen)).news).toBeNull();
  });

  it('is told by a partial audit too', () => {
    expect(run(null, outcome(start, [backups], { completeness: 'partial' })).news?.status).toBe('new');
  });

  it('is not told while it is pending, nor called resolved when it goes before', () => {
    const first = run(null, outcome(start, [orphan(start)]));
    expect(first.news).toBeNull();
    expect(run(first.memory, outcome(after(1))).news).toBeNull();
  });

  it('is not told below the severity that alerts, until it rises above', () => {
    const first = run(null, outcome(start, [note]));
    expect(first.news).toBeNull();
    const second = run(first.memory, outcome(after(1), [{ ...note, severity: 'error' }]));
    expect(subjects(second.news).fresh).toEqual(['empty/']);
  });

  it('what was below that severity is told as new when the severity is lowered', () => {
    const first = run(null, outcome(start, [note, backups]));
    const lowered: AlertSettings = { ...usual, minSeverity: 'note' };
    expect(subjects(run(first.memory, outcome(after(1), [note, backups]), true, lowered).news).fresh).toEqual([
      'empty/',
    ]);
  });

  it('stays untold when it could not be published, and is told by the next run', () => {
    const first = run(null, outcome(start, [backups]), false);
    const second = run(first.memory, outcome(after(1), [backups]));
    expect(second.news?.status).toBe('new');
    expect(run(second.memory, outcome(after(2), [backups])).news).toBeNull();
  });
});

describe('worse', () => {
  it('a severity that rises is told as ongoing, growth alone is not', () => {
    const first = run(null, outcome(start, [backups]));
    const grown = { ...backups, evidence: { objects: 7_000, bytes: 9e12 } };
    expect(run(first.memory, outcome(after(1), [grown])).news).toBeNull();
    const second = run(first.memory, outcome(after(1), [asError]));
    expect(second.news).toMatchObject({ status: 'ongoing', severity: 'error' });
    expect(subjects(second.news).worse).toEqual(['backups/']);
  });

  it('is told once, also when the severity falls and rises again', () => {
    const { news } = runs(
      outcome(start, [backups]),
      outcome(after(1), [asError]),
      outcome(after(2), [backups]),
      outcome(after(3), [asError]),
    );
    expect(news).toBeNull();
  });
});

describe('a reminder', () => {
  it('is due when the hours of the configuration have passed, and starts them anew', () => {
    const told = run(null, outcome(start, [backups]));
    const early = run(told.memory, outcome(after(167), [backups]));
    expect(early.news).toBeNull();
    const due = run(early.memory, outcome(after(168), [backups]));
    expect(due.news).toMatchObject({ status: 'ongoing', severity: 'warning' });
    expect(subjects(due.news).reminders).toEqual(['backups/']);
    expect(run(due.memory, outcome(after(335), [backups])).news).toBeNull();
    expect(run(due.memory, outcome(after(336), [backups])).news).not.toBeNull();
  });

  it('is not put off by other news in between', () => {
    const { memory } = runs(
      outcome(start, [backups]),
      outcome(after(100), [backups, candidate('foreign-prefix', 'other/')]),
    );
    expect(
      subjects(run(memory, outcome(after(168), [backups, candidate('foreign-prefix', 'other/')])).news).reminders,
    ).toEqual(['backups/']);
  });
});

describe('resolved', () => {
  const told = run(null, outcome(start, [backups]));

  it('the first full audit without an alerted finding tells it, once', () => {
    const gone = run(told.memory, outcome(after(1)));
    expect(gone.news).toMatchObject({ status: 'resolved', severity: 'warning' });
    expect(subjects(gone.news).resolved).toEqual(['backups/']);
    expect(run(gone.memory, outcome(after(2))).news).toBeNull();
  });

  it('a partial audit never tells it, and a later full one does', () => {
    const partial = run(told.memory, outcome(after(1), [], { completeness: 'partial' }));
    expect(partial.news).toBeNull();
    expect(run(partial.memory, outcome(after(2))).news?.status).toBe('resolved');
  });

  it('is told later when it could not be published', () => {
    const unpublished = run(told.memory, outcome(after(1)), false);
    const next = run(unpublished.memory, outcome(after(100)));
    expect(subjects(next.news).resolved).toEqual(['backups/']);
    expect(next.news?.resolved[0]?.resolved?.at).toBe(after(1).toISOString());
  });

  it('what is back before its end could be told has simply lasted', () => {
    const unpublished = run(told.memory, outcome(after(1)), false);
    const back = run(unpublished.memory, outcome(after(2), [backups]));
    expect(back.finding).toMatchObject({ status: 'ongoing', firstSeen: start.toISOString() });
    expect(back.news).toBeNull();
  });

  it('what comes back after it was told is told again', () => {
    const { news, finding } = runs(outcome(start, [backups]), outcome(after(1)), outcome(after(2), [backups]));
    expect(news?.status).toBe('new');
    expect(finding?.evidence.again).toBe(true);
  });

  it('what was never alerted ends in silence', () => {
    expect(runs(outcome(start, [note]), outcome(after(1))).news).toBeNull();
  });

  it('comes after new in the status, and its severity counts', () => {
    const first = run(null, outcome(start, [asError]));
    const { news } = run(first.memory, outcome(after(1), [candidate('foreign-prefix', 'other/')]));
    expect(news).toMatchObject({ status: 'new', severity: 'error' });
  });
});

describe('several that are resolved', () => {
  it('are told gravest first, by the gravest that was told of each', () => {
    const { news } = runs(
      outcome(start, [candidate('foreign-prefix', 'a/'), asError, candidate('foreign-prefix', 'c/')]),
      outcome(after(1), [candidate('foreign-prefix', 'a/'), backups, candidate('foreign-prefix', 'c/')]),
      outcome(after(2)),
    );
    expect(news).toMatchObject({ status: 'resolved', severity: 'error' });
    expect(subjects(news).resolved?.[0]).toBe('backups/');
    expect(subjects(news).resolved?.slice(1).toSorted()).toEqual(['a/', 'c/']);
  });
});

describe('a failed audit', () => {
  it('tells nothing but itself', () => {
    const { memory } = runs(outcome(start, [backups, note]));
    expect(run(memory, failed(after(200))).news).toMatchObject({
      status: 'failed',
      fresh: [],
      worse: [],
      reminders: [],
      resolved: [],
      recovered: null,
      others: [],
      unseen: 1,
    });
  });

  it('is as grave as an error when it is over, too', () => {
    expect(runs(failed(start), outcome(after(1))).news).toMatchObject({ status: 'resolved', severity: 'error' });
  });

  it('is told once, then as a reminder, its end as resolved', () => {
    const first = run(null, failed(start));
    expect(first.news).toMatchObject({
      status: 'failed',
      severity: 'error',
      failed: { failure: denied, reminder: false, lastFull: null },
    });
    const second = run(first.memory, failed(after(24)));
    expect(second.news).toBeNull();
    const third = run(second.memory, failed(after(168)));
    expect(third.news?.failed).toMatchObject({ reminder: true, since: start.toISOString() });
    const over = run(third.memory, outcome(after(170)));
    expect(over.news).toMatchObject({
      status: 'resolved',
      recovered: { since: start.toISOString(), until: after(170).toISOString() },
    });
    expect(run(over.memory, outcome(after(171))).news).toBeNull();
  });

  it('is over only when a full audit succeeds', () => {
    const { news, memory } = runs(failed(start), outcome(after(1), [], { completeness: 'partial' }));
    expect(news).toBeNull();
    expect(run(memory, failed(after(2))).news).toBeNull();
    expect(run(memory, outcome(after(2))).news?.recovered).not.toBeNull();
  });

  it('neither resolves nor forgets what was there', () => {
    const { memory } = runs(outcome(start, [backups]), failed(after(1)));
    const { news, finding } = run(memory, outcome(after(2), [backups]));
    expect(news).toMatchObject({ status: 'resolved', resolved: [] });
    expect(finding).toMatchObject({ status: 'ongoing', firstSeen: start.toISOString() });
  });

  it('that no alert told ends in silence', () => {
    const untold = run(null, failed(start), false);
    expect(run(untold.memory, outcome(after(1))).news).toBeNull();
    expect(run(untold.memory, failed(after(1))).news?.failed?.since).toBe(start.toISOString());
  });

  it('whose end could not be told is told later', () => {
    const first = run(null, failed(start));
    const unpublished = run(first.memory, outcome(after(1)), false);
    expect(run(unpublished.memory, outcome(after(9))).news?.recovered).toEqual({
      since: start.toISOString(),
      until: after(1).toISOString(),
    });
  });
});

it('reminders every time are possible', () => {
  const always: AlertSettings = { ...usual, remindAfterHours: 0 };
  const first = run(null, outcome(start, [backups]), true, always);
  expect(run(first.memory, outcome(new Date(start.getTime() + hour), [backups]), true, always).news?.status).toBe(
    'ongoing',
  );
});
