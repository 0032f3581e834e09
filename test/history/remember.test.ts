import { describe, expect, it } from 'vitest';
import type { KnownMarkers } from '../../src/audit/facts.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import type { Memory } from '../../src/history/memory.ts';
import { newsOf } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import { after, backups, candidate, entry, failed, outcome, run, runs, start, usual } from './fixtures.ts';

const marker = (etag: string): KnownMarkers[string] => ({
  etag,
  reading: { state: 'usable', version: 'v6', newer: false },
});

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
      outcome(start, [], { markers: { a: marker('1'), b: marker('1') }, entries: [entry('a/', 'stream')] }),
      outcome(after(1), [], { completeness: 'partial', markers: { b: marker('2') } }),
      failed(after(2)),
    );
    expect(memory.markers).toEqual({ a: marker('1'), b: marker('2') });
    expect(memory.verdicts).toEqual({ 'a/': 'stream' });
    expect(run(memory, outcome(after(3))).memory.markers).toEqual({});
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
  });

  it('a failure that the older run told ends as resolved, although the newer one succeeded', () => {
    const newer = run(before, outcome(after(0.1))).memory;
    const both = belated(before, newer, failed(start));
    expect(run(both, outcome(after(1))).news?.recovered).not.toBeNull();
  });
});
