import { describe, expect, it } from 'vitest';
import { nothingEarlier, type Earlier } from '../../src/audit/earlier.ts';
import type { KnownMarkers } from '../../src/audit/facts.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import type { Memory } from '../../src/history/memory.ts';
import { newsOf } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import { after, backups, candidate, entry, failed, orphan, outcome, run, runs, start, usual } from './fixtures.ts';

const marker = (etag: string): KnownMarkers[string] => ({
  etag,
  reading: { state: 'usable', version: 'v6', newer: false, metadata: null },
});

const knowing = (markers: KnownMarkers): Earlier => ({ ...nothingEarlier, markers });

describe('the memory', () => {
  it('knows the last audit and the last full one', () => {
    const { memory } = runs(outcome(start), outcome(after(1), [], { completeness: 'partial' }));
    expect(memory.lastAudit).toEqual({ startedAt: after(1).toISOString(), completeness: 'partial' });
    expect(memory.lastFull).toBe(start.toISOString());
  });

  it('keeps the last verdict that was known, and forgets rows that are gone', () => {
    const { memory } = runs(
      outcome(start, [], { entries: [entry('a/', 'stream'), entry('b/', 'stream'), entry('c/', 'stream')] }),
      outcome(after(1), [], {
        entries: [entry('a/', 'unknown'), entry('b/', 'orphaned'), entry('__proto__', 'foreign')],
      }),
    );
    expect(memory.verdicts).toEqual(
      Object.fromEntries([
        ['a/', 'stream'],
        ['b/', 'orphaned'],
        ['__proto__', 'foreign'],
      ]),
    );
  });

  it('forgets no marker and no row after an audit that did not see all', () => {
    const { memory } = runs(
      outcome(start, [], { known: knowing({ a: marker('1'), b: marker('1') }), entries: [entry('a/', 'stream')] }),
      outcome(after(1), [], { completeness: 'partial', known: knowing({ b: marker('2') }) }),
      failed(after(2)),
    );
    expect(memory.known.markers).toEqual({ a: marker('1'), b: marker('2') });
    expect(memory.verdicts).toEqual({ 'a/': 'stream' });
    expect(run(memory, outcome(after(3))).memory.known.markers).toEqual({});
  });

  it('counts sightings', () => {
    const { memory } = runs(outcome(start, [backups]), outcome(after(1), [backups]));
    expect(Object.values(memory.findings)).toMatchObject([
      {
        timesSeen: 2,
        firstSeen: start.toISOString(),
        lastSeen: after(1).toISOString(),
        evidence: { objects: 7, bytes: 1_100 },
      },
    ]);
  });

  it('forgets what is resolved after a day', () => {
    const gone = runs(outcome(start, [backups]), outcome(after(1)));
    expect(Object.keys(gone.memory.findings)).toHaveLength(1);
    expect(run(gone.memory, outcome(after(26))).memory.findings).toEqual({});
  });
});

describe('a finding in the memory', () => {
  const old = () => orphan(after(-900));
  const recordsOf = (memory: Memory) => Object.values(memory.findings);

  it('that was only pending is forgotten when a full audit no longer sees it', () => {
    expect(runs(outcome(start, [orphan(start)]), outcome(after(1))).memory.findings).toEqual({});
  });

  it('that is pending is kept by a partial audit, which may not have seen it', () => {
    const entries = [entry('other/', 'stream'), entry('wide/', 'unknown')];
    const { finding } = runs(
      outcome(start, [orphan(start)]),
      outcome(after(1), [], { completeness: 'partial', entries }),
      outcome(after(48), [orphan(after(47))]),
    );
    expect(finding).toMatchObject({ status: 'new', firstSeen: start.toISOString() });
  });

  it('that is pending ends with a partial audit that sees the stream whole, whatever else it sees', () => {
    const entries = [entry('a/', 'foreign'), entry('wide/', 'stream'), entry('z/', 'orphaned')];
    const { memory } = runs(
      outcome(start, [orphan(start)]),
      outcome(after(1), [], { completeness: 'partial', entries }),
    );
    expect(memory.findings).toEqual({});
  });

  it('that was reported does not end with a partial audit, even one that sees the stream whole', () => {
    const told = run(null, outcome(start, [old()]));
    const entries = [entry('wide/', 'stream')];
    const partial = run(told.memory, outcome(after(1), [], { completeness: 'partial', entries }));
    expect(recordsOf(partial.memory)).toEqual(recordsOf(told.memory));
    expect(run(partial.memory, outcome(after(2))).news?.resolved).toMatchObject([{ subject: 'wide/' }]);
  });

  it('that no alert told owes no alert when it is gone', () => {
    const { memory } = runs(outcome(start, [candidate('folder-marker', 'empty/')]), outcome(after(1)));
    expect(recordsOf(memory)).toMatchObject([{ resolved: { at: after(1).toISOString(), owed: false } }]);
  });

  it('whose end cannot be told for days is told at last, once, with the time of its end', () => {
    const told = run(null, outcome(start, [backups]));
    const gone = run(told.memory, outcome(after(1)), false);
    const stillUntold = run(gone.memory, outcome(after(40)), false);
    const last = run(stillUntold.memory, outcome(after(100)));
    expect(last.news?.resolved).toMatchObject([{ subject: 'backups/', resolved: { at: after(1).toISOString() } }]);
    expect(run(last.memory, outcome(after(101))).news).toBeNull();
  });

  it('that came back is told as back once, and then has simply lasted', () => {
    const back = runs(outcome(start, [backups]), outcome(after(1)), outcome(after(2), [backups]));
    expect(recordsOf(back.memory)).toMatchObject([{ again: true, firstSeen: after(2).toISOString() }]);
    const next = run(back.memory, outcome(after(3), [backups]));
    expect(next.news).toBeNull();
    expect(next.finding?.evidence).not.toHaveProperty('again');
  });

  it('that came back is told as back for a day, if it could not be told at once', () => {
    const gone = runs(outcome(start, [backups]), outcome(after(1)));
    const untold = run(gone.memory, outcome(after(2), [backups]), false);
    expect(run(untold.memory, outcome(after(26), [backups])).finding?.evidence.again).toBe(true);
    expect(run(untold.memory, outcome(after(27), [backups])).finding?.evidence).not.toHaveProperty('again');
  });

  it('that was reported, though never told, does not hide as pending again', () => {
    const first = run(null, outcome(start, [old()]), false);
    expect(run(first.memory, outcome(after(1), [orphan(after(1), start, true)])).finding?.status).toBe('ongoing');
  });

  it('keeps the gravest severity that was told through a reminder', () => {
    const asError = { ...backups, severity: 'error' as const };
    const reminded = runs(outcome(start, [asError]), outcome(after(168), [backups]));
    expect(reminded.news?.reminders).toHaveLength(1);
    expect(run(reminded.memory, outcome(after(169), [asError])).news).toBeNull();
  });

  it('is not told while it is pending, whatever else the alert tells', () => {
    const { memory } = runs(outcome(start, [backups, orphan(start)]));
    expect(recordsOf(memory).map(({ subject, told, reported }) => [subject, told === null, reported === null])).toEqual(
      expect.arrayContaining([
        ['backups/', false, false],
        ['wide/', true, true],
      ]),
    );
  });
});

describe('a failure in the memory', () => {
  it('that ended and was not told as over begins anew when an audit fails again', () => {
    const first = run(null, failed(start));
    const over = run(first.memory, outcome(after(1)), false);
    const again = run(over.memory, failed(after(2)));
    expect(again.memory.failure).toEqual({ since: after(2).toISOString(), toldAt: start.toISOString(), over: null });
    expect(again.finding).toMatchObject({ status: 'new', firstSeen: after(2).toISOString() });
    expect(again.finding?.evidence).not.toHaveProperty('again');
  });

  it('that no alert told is forgotten with the first full audit', () => {
    const untold = run(null, failed(start), false);
    expect(run(untold.memory, outcome(after(1))).memory.failure).toBeNull();
  });
});

it('a row that was never read has no verdict to remember', () => {
  const { memory } = runs(outcome(start, [], { entries: [entry('a/', 'unknown')] }));
  expect(Object.keys(memory.verdicts)).toEqual([]);
});

it('saving the same audit twice changes no more than how often a finding was seen', () => {
  const seen = outcome(start, [backups]);
  const { memory, report } = run(null, seen);
  const twice = remember(memory, seen, report, { now: start, told: true, settings: usual });
  const [id, record] = Object.entries(memory.findings)[0]!;
  expect(twice).toEqual({ ...memory, findings: { [id]: { ...record, timesSeen: 2 } } });
});

/** A run that began from `memory`, and saves into what is stored by then. */
function belated(memory: Memory | null, stored: Memory | null, seen: Outcome, told = true): Memory {
  const now = new Date(seen.startedAt);
  const report = assembleReport(seen, judge(memory, seen, now));
  const news = newsOf(memory, seen, report, usual, now);
  return remember(stored, seen, report, { now, told: told && news !== null, settings: usual });
}

describe('two runs at the same time', () => {
  const before = run(null, outcome(after(-10))).memory;
  const other = candidate('foreign-prefix', 'other/');

  it('may both tell the same news, a later one never again', () => {
    const first = run(before, outcome(start, [backups])).memory;
    const both = belated(before, first, outcome(after(0.1), [backups]));
    expect(run(both, outcome(after(1), [backups])).news).toBeNull();
    const reversed = belated(before, run(before, outcome(after(0.1), [backups])).memory, outcome(start, [backups]));
    expect(run(reversed, outcome(after(1), [backups])).news).toBeNull();
  });

  it('the one that could not publish does not undo what the other told', () => {
    const first = run(before, outcome(start, [backups])).memory;
    const both = belated(before, first, outcome(after(0.1), [backups]), false);
    expect(run(both, outcome(after(1), [backups])).news).toBeNull();
  });

  it('the earlier sighting stays the first', () => {
    const first = run(before, outcome(start, [backups])).memory;
    const both = belated(before, first, outcome(after(0.1), [backups]));
    expect(run(both, outcome(after(1), [backups])).finding?.firstSeen).toBe(start.toISOString());
  });

  it('an older view of the bucket does not replace a newer one', () => {
    const newer = run(before, outcome(after(0.1), [backups])).memory;
    const both = belated(before, newer, outcome(start, []));
    expect(both).toEqual(newer);
  });

  it('what the older run told as new and the newer one no longer saw is told as resolved', () => {
    const newer = run(before, outcome(after(0.1))).memory;
    const both = belated(before, newer, outcome(start, [backups]));
    expect(run(both, outcome(after(1))).news?.resolved).toMatchObject([{ subject: 'backups/' }]);
  });

  it('what the older run told as resolved and the newer one saw is told as back', () => {
    const told = run(before, outcome(after(-5), [backups])).memory;
    const newer = run(told, outcome(after(0.1), [backups])).memory;
    const both = belated(told, newer, outcome(start));
    const next = run(both, outcome(after(1), [backups]));
    expect(next.news?.status).toBe('new');
    expect(next.finding?.evidence.again).toBe(true);
  });

  it('what the newer run saw although the older one told it as resolved is told as back', () => {
    const told = run(before, outcome(after(-5), [backups])).memory;
    const older = run(told, outcome(start)).memory;
    const both = belated(told, older, outcome(after(0.1), [backups, other]));
    const next = run(both, outcome(after(1), [backups, other]));
    expect(next.news?.fresh.map(({ finding }) => finding.subject)).toEqual(['backups/']);
    expect(next.finding?.firstSeen).toBe(after(0.1).toISOString());
  });

  it('the older one that told nothing changes nothing', () => {
    const newer = run(before, outcome(after(0.1))).memory;
    expect(belated(before, newer, outcome(start, [other]), false)).toEqual(newer);
  });

  it('the older one that did not see all changes nothing about what it did not see', () => {
    const third = candidate('foreign-prefix', 'third/');
    const told = run(before, outcome(after(-5), [backups, other])).memory;
    const newer = run(told, outcome(after(0.1), [backups, other, third])).memory;
    expect(belated(told, newer, outcome(start, [third], { completeness: 'partial' }))).toEqual(newer);
  });

  it('what only the older one could tell is told, and keeps what the newer one saw of it', () => {
    const newer = run(before, outcome(after(0.1), [backups]), false).memory;
    const both = belated(before, newer, outcome(start, [backups]));
    expect(Object.values(both.findings)).toMatchObject([
      { lastSeen: after(0.1).toISOString(), told: { at: start.toISOString() } },
    ]);
    expect(run(both, outcome(after(1), [backups])).news).toBeNull();
  });

  it('what was pending for the older one, and gone for the newer one, is forgotten', () => {
    const newer = run(before, outcome(after(0.1))).memory;
    const both = belated(before, newer, outcome(start, [backups, orphan(start)]));
    expect(Object.values(both.findings).map(({ subject }) => subject)).toEqual(['backups/']);
  });

  it('what both saw and both told is not told a third time', () => {
    const told = run(before, outcome(after(-5), [backups])).memory;
    const newer = run(told, outcome(after(0.1), [backups, other])).memory;
    const both = belated(told, newer, outcome(start, [backups, other]));
    expect(run(both, outcome(after(1), [backups, other])).news).toBeNull();
  });

  it('an end that only the older one could tell is told', () => {
    const told = run(before, outcome(after(-5), [backups])).memory;
    const newer = run(told, outcome(after(0.1)), false).memory;
    const both = belated(told, newer, outcome(start));
    expect(Object.values(both.findings)).toMatchObject([{ resolved: { at: after(0.1).toISOString(), owed: false } }]);
    expect(run(both, outcome(after(1))).news).toBeNull();
  });

  it('what only the newer one saw is not called back by the older one', () => {
    const light = candidate('folder-marker', 'empty/');
    const newer = run(before, outcome(after(0.1), [backups, light])).memory;
    const both = belated(before, newer, outcome(start, [other]));
    expect(run(both, outcome(after(1), [backups, light])).news).toMatchObject({
      fresh: [],
      resolved: [{ subject: 'other/' }],
    });
  });

  it('a failure that both told was told when the newer one told it', () => {
    const newer = run(before, failed(after(0.1))).memory;
    const at = after(0.1).toISOString();
    expect(belated(before, newer, failed(start)).failure).toEqual({ since: at, toldAt: at, over: null });
  });

  it('a failure that the older run told ends as resolved, although the newer one succeeded', () => {
    const newer = run(before, outcome(after(0.1))).memory;
    const both = belated(before, newer, failed(start));
    expect(run(both, outcome(after(1))).news?.recovered).toEqual({
      since: start.toISOString(),
      until: after(1).toISOString(),
    });
  });
});

describe('metadata that went backwards', () => {
  const rewritten = { x: { before: { createdAt: null, owner: null, lifetime: null }, since: start.toISOString() } };

  it('is not forgotten by an audit that could not see it, and is by a full one that does not find it', () => {
    const { memory } = runs(
      outcome(start, [], { known: { ...nothingEarlier, rewritten } }),
      outcome(after(1), [], { completeness: 'partial' }),
    );
    expect(memory.known.rewritten).toEqual(rewritten);
    expect(run(memory, outcome(after(2))).memory.known.rewritten).toEqual({});
  });
});
