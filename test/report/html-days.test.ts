import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamFigures } from '../../src/findings/report.ts';
import {
  dayNumber,
  dayText,
  gapsOf,
  lengthOf,
  parseRanges,
  rangeText,
  within,
} from '../../src/report/html/day-ranges.ts';
import { rowsOf } from '../../src/report/html/rows.ts';
import { lineOf, timeLineOf } from '../../src/report/html/time-line.ts';
import { entry, report } from './situations.ts';

const day = fc.integer({ min: -20_000, max: 40_000 });

const stream = (name: string, days: string[] | null, retentionDays: number | null = null): StreamFigures => ({
  name,
  days,
  retentionDays,
  believedBytes: null,
  objects: null,
  bytes: null,
  complete: false,
  dataObjects: null,
  dataBytes: null,
  manifests: null,
  lookedAt: null,
});

const pageOf = (streams: StreamFigures[]): string => {
  const told = report(
    streams.map(({ name }) => entry(name, 'stream')),
    [],
    { streams },
  );
  return timeLineOf(told, rowsOf(told), 0)?.text ?? '';
};

describe('ranges of days', () => {
  it('are read as the report has them', () => {
    expect(parseRanges(['2026-11-20', '2026-11-01..2026-11-18']).map(rangeText)).toEqual([
      '2026-11-20',
      '2026-11-01 to 2026-11-18',
    ]);
    expect(parseRanges(['', 'x..y', '2026-11-02..2026-11-01'])).toEqual([]);
  });

  it('count days as the calendar does, over leap years too', () => {
    fc.assert(fc.property(day, (number) => dayNumber(dayText(number)) === number));
    expect(parseRanges(['2024-02-28..2024-03-01']).map(lengthOf)).toEqual([3]);
  });

  it('have gaps where days are missing, and only there', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 0, max: 60 }), { minLength: 1 }), (days) => {
        const ranges = days.toSorted((a, b) => a - b).map((at) => ({ from: at, to: at }));
        const [first, last] = [Math.min(...days), Math.max(...days)];
        const missing = Array.from({ length: last - first + 1 }, (_, at) => first + at).filter(
          (at) => !days.includes(at),
        );
        const told = gapsOf(ranges).flatMap(({ from, to }) =>
          Array.from({ length: to - from + 1 }, (_, at) => from + at),
        );
        expect(told).toEqual(missing);
      }),
    );
  });

  it('are cut to what is shown', () => {
    expect(within({ from: 1, to: 9 }, { from: 4, to: 6 })).toEqual({ from: 4, to: 6 });
    expect(within({ from: 1, to: 3 }, { from: 4, to: 6 })).toBeNull();
  });
});

describe('the days of a stream', () => {
  const today = dayNumber('2026-11-24');

  it('are beyond retention from two days after it on', () => {
    const beyond = (days: string[], keeps: number | null) =>
      lineOf(stream('s/', days, keeps), today).beyond.map(rangeText);
    expect(beyond(['2026-11-12..2026-11-24'], 10)).toEqual([]);
    expect(beyond(['2026-11-11..2026-11-24'], 10)).toEqual(['2026-11-11']);
    expect(beyond(['2026-11-01', '2026-11-03..2026-11-24'], 10)).toEqual(['2026-11-01', '2026-11-03 to 2026-11-11']);
    expect(beyond(['2020-01-01..2026-11-24'], null)).toEqual([]);
  });

  it('are told in words beside the line', () => {
    const page = pageOf([stream('s/', ['2026-11-01', '2026-11-03..2026-11-24'], 10)]);
    const words = '23 days, 2026-11-01 to 2026-11-24, 1 missing, 10 beyond retention, keeps 10 days';
    expect(page).toContain(`aria-label="Days: ${words}"`);
    expect(page).toContain(`<p>${words}</p>`);
    expect(page).toContain('Missing: 2026-11-02.');
    expect(page).toContain('Beyond retention: 2026-11-01; 2026-11-03 to 2026-11-11.');
  });

  it('say so where they could not be listed, or where there are none', () => {
    const page = pageOf([stream('a/', null), stream('b/', []), stream('c/', ['2026-11-24'])]);
    expect(page).toContain('<p>its days could not be listed</p>');
    expect(page).toContain('<p>no days, no retention known</p>');
    expect(pageOf([stream('a/', null), stream('b/', [])])).toBe('');
  });

  it('are drawn for the newest 400 days, and told whole', () => {
    const page = pageOf([stream('s/', ['2020-01-01..2026-11-24'])]);
    expect(page).toContain('>2025-10-21</time>');
    expect(page).toContain('Only the newest 400 days are drawn.');
    expect(page).toContain('2,520 days, 2020-01-01 to 2026-11-24');
    expect(page).toContain('class="day-present" x="0%"');
    expect(page).toMatch(/class="day-present" x="0%" y="10%" width="100%"/);
    expect(pageOf([stream('s/', ['2026-11-01..2026-11-24'])])).not.toContain('Only the newest');
  });

  it('are not pushed aside by a folder of a day that is far ahead', () => {
    const page = pageOf([stream('s/', ['2026-11-01..2026-11-24', '9999-12-31'])]);
    expect(page).toContain('>2026-11-24</time>, days of UTC.');
    expect(page).toContain('2026-11-01 to 9999-12-31');
  });

  it('have a line for two hundred streams, those with gaps first, the others folded', () => {
    const fine = Array.from({ length: 230 }, (_, at) => stream(`f${String(at)}/`, ['2026-11-01..2026-11-24']));
    const page = pageOf([...fine, stream('gap/', ['2026-11-01', '2026-11-24'])]);
    expect(page.match(/<li class="line">/g)).toHaveLength(200);
    expect(page).toContain('200 of 231 streams are shown');
    expect(page.indexOf('gap/')).toBeLessThan(page.indexOf('<details class="more">'));
    expect(page).toContain('<summary>199 streams without gaps or overdue days</summary>');
  });
});
