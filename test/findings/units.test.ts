import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { humanAge, humanBytes, humanCount } from '../../src/findings/units.ts';

describe('bytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1_000, '1.0 kB'],
    [2_400_000, '2.4 MB'],
    [99_949, '99.9 kB'],
    [99_960, '100 kB'],
    [153_000_000_000, '153 GB'],
    [999_499, '999 kB'],
    [999_500, '1.0 MB'],
    [999_600, '1.0 MB'],
    [99_950, '100 kB'],
    [1e18, '1.0 EB'],
    [5e21, '5,000 EB'],
  ])('%i are told as %s', (bytes, text) => {
    expect(humanBytes(bytes)).toBe(text);
  });

  it('never take more than eight columns, up to an exabyte', () => {
    fc.assert(
      fc.property(fc.maxSafeNat(), (bytes) => {
        expect(humanBytes(bytes).length).toBeLessThanOrEqual(8);
      }),
    );
  });
});

describe('an age', () => {
  const now = new Date('2026-11-24T06:00:00Z');
  it.each([
    ['2026-11-24T05:59:59Z', 'seconds'],
    ['2026-11-24T07:00:00Z', 'seconds'],
    ['2026-11-24T05:59:00Z', '1 minute'],
    ['2026-11-24T05:00:01Z', '59 minutes'],
    ['2026-11-24T05:00:00Z', '1 hour'],
    ['2026-11-24T04:00:00Z', '2 hours'],
    ['2026-11-22T06:00:01Z', '47 hours'],
    ['2026-11-22T06:00:00Z', '2 days'],
    ['2026-09-26T06:00:00Z', '59 days'],
    ['2026-09-25T06:00:00Z', '1 month'],
    ['2026-06-24T06:00:00Z', '5 months'],
    ['2024-11-24T06:00:01Z', '23 months'],
    ['2024-11-24T06:00:00Z', '1 year'],
    ['2024-11-20T06:00:00Z', '2 years'],
    ['no date', 'an unknown time'],
  ])('since %s is %s', (from, text) => {
    expect(humanAge(from, now)).toBe(text);
    expect(humanAge(new Date(from), now)).toBe(text);
  });
});

describe('a count', () => {
  it.each([
    [0, '0 objects'],
    [1, '1 object'],
    [999, '999 objects'],
    [1_234_567, '1,234,567 objects'],
  ])('%i agrees with its noun', (count, text) => {
    expect(humanCount(count, 'object')).toBe(text);
  });

  it('knows nouns that take no plain s', () => {
    expect([humanCount(1, 'entry', 'entries'), humanCount(2, 'entry', 'entries')]).toEqual(['1 entry', '2 entries']);
  });
});
