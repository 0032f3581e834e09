import { describe, expect, it } from 'vitest';
import { endingOf } from '../../src/alerts/ending.ts';
import type { Remembered } from '../../src/history/memory.ts';
import { entry } from '../history/fixtures.ts';

const now = new Date('2026-11-24T06:00:00Z');
const record = (kind: string, firstSeen: string): Remembered => ({
  kind,
  subject: 'exports/',
  severity: 'warning',
  firstSeen,
  lastSeen: firstSeen,
  timesSeen: 1,
  evidence: { objects: null, bytes: null },
  again: false,
  reported: firstSeen,
  told: null,
  resolved: null,
});
const recent = '2026-11-23T06:00:00Z';
const old = '2026-10-25T06:00:00Z';

describe('the end of a finding', () => {
  it.each([
    ['that was allowed', 'foreign-prefix', recent, 'allowed', [], /allow list/],
    ['whose kind is ignored', 'foreign-prefix', recent, 'foreign', ['foreign-prefix'], /ignores this kind/],
    ['that nobody undid', 'deployment-changed', old, 'deployment', [], /counts as accepted/],
    ['that was undone in time', 'deployment-changed', recent, 'deployment', [], null],
    ['that stood long and was cleared away', 'foreign-prefix', old, 'stream', [], null],
  ] as const)('%s', (_, kind, firstSeen, verdict, ignoreKinds, expected) => {
    const ending = endingOf(
      record(kind, firstSeen),
      { entries: [entry('exports/', verdict)] },
      { ignoreKinds: [...ignoreKinds] },
      now,
    );
    if (expected === null) expect(ending).toBeNull();
    else expect(ending).toMatch(expected);
  });
});
