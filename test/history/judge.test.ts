import { describe, expect, it } from 'vitest';
import { judge } from '../../src/history/judge.ts';
import { after, backups, candidate, entry, failed, grace, orphan, outcome, run, runs, start } from './fixtures.ts';

const statusAlone = (...all: Parameters<typeof orphan>) =>
  judge(null, outcome(start, [orphan(...all)]), start)[0]?.status;

describe('without memory', () => {
  it('what needs no grace is new, however young', () => {
    expect(judge(null, outcome(start, [backups]), start)[0]).toMatchObject({
      status: 'new',
      firstSeen: start.toISOString(),
    });
  });

  it('what looks like in the making is pending while its newest object is younger than its grace', () => {
    expect(statusAlone(after(-23.9))).toBe('pending');
    expect(statusAlone(after(-24))).toBe('new');
  });

  it('something busy is pending for at most 48 hours after its oldest object', () => {
    expect(statusAlone(after(-1), after(-47.9))).toBe('pending');
    expect(statusAlone(after(-1), after(-48))).toBe('new');
  });

  it('a prefix that shrinks is being deleted, and is pending however old it is', () => {
    expect(statusAlone(after(-500), after(-900), true)).toBe('pending');
  });

  it('what has no age known is pending', () => {
    const unknown = candidate('stream-leftover', 'x/', { grace: grace({ newest: null, oldest: null }) });
    expect(judge(null, outcome(start, [unknown]), start)[0]?.status).toBe('pending');
  });
});

describe('with memory', () => {
  const first = run(null, outcome(start, [orphan(after(-1))]));

  it('pending becomes new when the grace is over, and ongoing afterwards, first seen at the first sighting', () => {
    expect(first.finding?.status).toBe('pending');
    const second = run(first.memory, outcome(after(25), [orphan(after(-1))]));
    expect(second.finding).toMatchObject({ status: 'new', firstSeen: start.toISOString() });
    const third = run(second.memory, outcome(after(26), [orphan(after(-1))]));
    expect(third.finding).toMatchObject({ status: 'ongoing', firstSeen: start.toISOString() });
  });

  it('something busy is pending for at most 48 hours after its first sighting, however old its oldest object', () => {
    const busy = (at: number) => outcome(after(at), [orphan(after(at), after(-900))]);
    const seen = run(run(null, outcome(after(-1))).memory, busy(0));
    expect(seen.finding?.status).toBe('pending');
    const still = run(seen.memory, busy(47));
    expect(still.finding?.status).toBe('pending');
    expect(run(still.memory, busy(48)).finding?.status).toBe('new');
  });

  it('shrinking does not hide it for longer than 48 hours after the first sighting either', () => {
    const shrinking = (at: number) => outcome(after(at), [orphan(after(-100), after(-900), true)]);
    const seen = run(run(null, outcome(after(-1))).memory, shrinking(0));
    expect(seen.finding?.status).toBe('pending');
    expect(run(seen.memory, shrinking(48)).finding?.status).toBe('new');
  });

  it('what was a stream at the last audit waits for a second one that sees it without marker, however old', () => {
    const before = run(null, outcome(start, [], { entries: [entry('wide/', 'stream')] }));
    const seen = (at: number) => outcome(after(at), [orphan(after(-900))], { entries: [entry('wide/', 'orphaned')] });
    const second = run(before.memory, seen(1));
    expect(second.finding?.status).toBe('pending');
    expect(run(second.memory, seen(2)).finding?.status).toBe('new');
  });

  it('an audit that could not read the row does not make it forget that it was a stream', () => {
    const { finding } = runs(
      outcome(start, [], { entries: [entry('wide/', 'stream')] }),
      outcome(after(1), [], { completeness: 'partial', entries: [entry('wide/', 'unknown')] }),
      outcome(after(2), [orphan(after(-900))], { entries: [entry('wide/', 'orphaned')] }),
    );
    expect(finding?.status).toBe('pending');
  });

  it('a stream that came back in between begins a new wait', () => {
    const { finding } = runs(
      outcome(start, [orphan(start)], { entries: [entry('wide/', 'orphaned')] }),
      outcome(after(24), [], { completeness: 'partial', entries: [entry('wide/', 'stream')] }),
      outcome(after(72), [orphan(after(70))], { entries: [entry('wide/', 'orphaned')] }),
    );
    expect(finding).toMatchObject({ status: 'pending', firstSeen: after(72).toISOString() });
  });

  it('what was once told never becomes pending again', () => {
    const { finding } = runs(outcome(start, [orphan(after(-48))]), outcome(after(1), [orphan(after(1), start, true)]));
    expect(finding?.status).toBe('ongoing');
  });

  it('what comes back within a day of its resolution is new, again; later it is only new', () => {
    const gone = runs(outcome(start, [backups]), outcome(after(1)));
    const soon = run(gone.memory, outcome(after(25), [backups]));
    expect(soon.finding).toMatchObject({
      status: 'new',
      firstSeen: after(25).toISOString(),
      evidence: { again: true },
    });
    const late = run(gone.memory, outcome(after(25.2), [backups]));
    expect(late.finding?.status).toBe('new');
    expect(late.finding?.evidence).not.toHaveProperty('again');
  });

  it('a failed audit tells its failure alone: new, then ongoing since the first one', () => {
    const one = run(null, failed(start));
    expect(one.report.findings).toMatchObject([{ kind: 'scan-incomplete', status: 'new' }]);
    const two = run(one.memory, failed(after(5)));
    expect(two.finding).toMatchObject({ status: 'ongoing', firstSeen: start.toISOString() });
  });

  it('keeps the same id for the same finding, and another for another bucket', () => {
    const elsewhere = outcome(start, [backups], {
      bucket: { name: 'logs-dev', region: null, endpoint: null, environment: null },
    });
    const ids = [outcome(start, [backups]), outcome(after(9), [backups]), elsewhere].map(
      (one) => judge(null, one, start)[0]?.id,
    );
    expect(ids[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });
});

describe('what is suspected of a stream that is a stream still', () => {
  const reset = candidate('snapshot-reset', 'app/', {
    severity: 'error',
    grace: { hours: 24, newest: '2026-11-01T00:00:00Z', oldest: '2026-11-01T00:00:00Z', shrinking: false },
  });
  const app = entry('app/', 'stream');

  it('is told at once where it is older than its grace', () => {
    const healthy = run(null, outcome(start, [], { entries: [app] }));
    const { finding, news } = run(healthy.memory, outcome(after(24), [reset], { entries: [app] }));
    expect([finding?.status, news?.status]).toEqual(['new', 'new']);
  });

  it('stays suspected when an audit that is not full did not see it', () => {
    const grace = { ...reset.grace!, newest: start.toISOString(), oldest: start.toISOString() };
    const young = { ...reset, grace };
    const pending = run(null, outcome(start, [young], { entries: [app] }));
    const partial = run(pending.memory, outcome(after(1), [], { entries: [app], completeness: 'partial' }));
    const again = run(partial.memory, outcome(after(2), [young], { entries: [app] }));
    expect(again.finding).toMatchObject({ status: 'pending', firstSeen: start.toISOString() });
  });
});
