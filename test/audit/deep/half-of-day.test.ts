import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { halfOfDay } from '../../../src/audit/deep/half-of-day.ts';
import { compareKeys } from '../../../src/bucket/keys.ts';

const folder = 'app/date=2026-11-20/';
const two = (number: number) => String(number).padStart(2, '0');
const minuteOf = (minute: number) => `${folder}hour=${two(Math.floor(minute / 60))}/minute=${two(minute % 60)}/`;

describe('what is left of a day', () => {
  it('is cut at its middle', () => {
    expect(halfOfDay(folder, `${minuteOf(0)}a.parquet`)?.at).toBe(minuteOf(721));
    expect(halfOfDay(folder, `${minuteOf(12 * 60)}a.parquet`)?.at).toBe(minuteOf(18 * 60 + 1));
    expect(halfOfDay(folder, `${folder}hour=05/notes.txt`)?.at).toBe(minuteOf(871));
  });

  it('is cut behind what was listed, in the day, with no more left than before, until the day is over', () => {
    fc.assert(
      fc.property(fc.nat(1_439), fc.string(), (minute, name) => {
        const half = halfOfDay(folder, `${minuteOf(minute)}${name}`);
        if (minute >= 1_438) {
          expect(half).toBeNull();
          return;
        }
        expect(half?.at).toMatch(/^app\/date=2026-11-20\/hour=(?:[01]\d|2[0-3])\/minute=[0-5]\d\/$/);
        expect(compareKeys(half?.at ?? '', minuteOf(minute))).toBeGreaterThan(0);
        expect(half?.left).toBe((1_439 - minute) / 1_440);
      }),
    );
  });

  it('is not cut where nothing was listed yet, in front of the hours, behind them, or in another day', () => {
    for (const after of [
      '',
      folder,
      `${folder}host.manifest.json`,
      `${folder}zone.manifest.json`,
      'app/date=2026-11-21/hour=05/',
    ])
      expect(halfOfDay(folder, after)).toBeNull();
  });
});
