import { describe, expect, it } from 'vitest';
import type { Severity } from '../../src/findings/kinds.ts';
import type { Status } from '../../src/findings/report.ts';
import { isDue, tidingOf } from '../../src/history/tiding.ts';
import { after, start, usual } from './fixtures.ts';

const told = (hoursAgo: number, severity: Severity) => ({ at: after(-hoursAgo).toISOString(), severity });

describe('whether a finding has to be told', () => {
  it.each(['pending', 'known'] as const)('never while it is %s, however grave and however long ago', (status) => {
    expect(tidingOf({ status, severity: 'error' }, null, usual, start)).toBeNull();
    expect(tidingOf({ status, severity: 'error' }, told(1, 'warning'), usual, start)).toBeNull();
    expect(tidingOf({ status, severity: 'error' }, told(1_000, 'error'), usual, start)).toBeNull();
  });

  it.each<[Status, Severity, ReturnType<typeof told> | null, ReturnType<typeof tidingOf>]>([
    ['new', 'warning', null, 'new'],
    ['ongoing', 'warning', null, 'new'],
    ['new', 'note', null, null],
    ['ongoing', 'error', told(1, 'warning'), 'worse'],
    ['ongoing', 'warning', told(1, 'error'), null],
    ['ongoing', 'warning', told(1, 'warning'), null],
    ['ongoing', 'warning', told(168, 'warning'), 'reminder'],
    ['ongoing', 'error', told(168, 'warning'), 'worse'],
    ['ongoing', 'note', told(168, 'warning'), null],
  ])('%s, %s, told before as %j: %s', (status, severity, before, tiding) => {
    expect(tidingOf({ status, severity }, before, usual, start)).toBe(tiding);
  });
});

describe('a reminder', () => {
  const minutesLater = (minutes: number) => after(minutes / 60);
  const dueAfter = (minutes: number, remindAfterHours: number) =>
    isDue(start.toISOString(), { ...usual, remindAfterHours }, minutesLater(minutes));

  it('is due ten minutes early: no schedule is exact', () => {
    expect(dueAfter(168 * 60 - 10, 168)).toBe(true);
    expect(dueAfter(168 * 60 - 11, 168)).toBe(false);
  });

  it('that is wanted often is early by a twentieth of its time at most', () => {
    expect(dueAfter(57, 1)).toBe(true);
    expect(dueAfter(56, 1)).toBe(false);
  });
});
