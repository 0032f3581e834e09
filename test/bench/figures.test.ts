import { describe, expect, test } from 'vitest';
import { atLeast, atMost, median, short, spread, verdictOf, type Figure } from '../../bench/run/figures.ts';
import { cpuOf } from '../../bench/run/measure.ts';
import { interleaved } from '../../bench/run/plan.ts';
import { tableOf } from '../../bench/run/table.ts';

const figure: Figure = { what: 'a | b', unit: 'µs', rounds: [3, 1, 2], goal: atMost(2, ' µs') };

describe('figures of the benchmark', () => {
  test('are judged by the middle of their rounds', () => {
    expect(verdictOf(figure)).toBe('met');
    expect(verdictOf({ ...figure, goal: atLeast(2.5) })).toBe('missed');
    expect(verdictOf({ what: 'no goal', unit: '', rounds: [1] })).toBeNull();
    expect(verdictOf({ ...figure, rounds: [] })).toBeNull();
  });

  test('take the lower of two middles', () => {
    expect(median([4, 1, 3, 2])).toBe(2);
    expect(median([])).toBeNaN();
  });

  test('are written with the digits that count', () => {
    expect([0.123, 1.26, 12.34, 123.4, 12_345.6].map(short)).toEqual(['0.12', '1.26', '12.3', '123', '12,346']);
    expect(spread([3, 1, 2])).toBe('1 / 2 / 3');
    expect(spread([1.5])).toBe('1.5');
    expect(spread([])).toBe('');
  });

  test('stand in a table, whatever characters their names have', () => {
    expect(tableOf([{ title: 'A case', figures: [figure] }])).toContain(
      '| a \\| b | 1 / 2 / 3 | µs | ≤ 2 µs | met |  |',
    );
  });

  test('of a program are those of its children, user and system time together', () => {
    expect(cpuOf('0m0.010s 0m0.020s\n1m2.500s 0m0.250s\n')).toBeCloseTo(62_750);
    expect(() => cpuOf('nothing')).toThrow('does not tell');
  });

  test('are taken in rounds, so that each program meets the same moods of the machine', async () => {
    const order: string[] = [];
    const note = (name: string) => () => Promise.resolve(order.push(name));
    expect(await interleaved(2, { a: note('a'), b: note('b') }, () => undefined)).toEqual({ a: [1, 3], b: [2, 4] });
    expect(order).toEqual(['a', 'b', 'a', 'b']);
  });
});
