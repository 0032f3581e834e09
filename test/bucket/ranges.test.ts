import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys } from '../../src/bucket/keys.ts';
import { firstRanges, keyBefore, split, type Cell, type Halve, type Range } from '../../src/bucket/ranges.ts';

const cellsOf = (count: number): Cell[] =>
  Array.from({ length: count }, (_, at) => {
    const name = `s/${String(at).padStart(4, '0')}`;
    return { from: `${name}/`, to: `${name}0` };
  });
const nobodyKnows: Halve = () => null;
const weightsOf = (count: number) => fc.array(fc.nat(50_000), { minLength: count, maxLength: count });
const plan = fc
  .integer({ min: 1, max: 80 })
  .chain((count) => fc.tuple(fc.constant(cellsOf(count)), fc.option(weightsOf(count), { nil: undefined })));
const slots = fc.integer({ min: 1, max: 64 });

/** The cells that ranges go through, in the order of their keys. */
const gone = (ranges: readonly Range[]): number[] =>
  [...ranges]
    .sort((a, b) => compareKeys(a.start, b.start))
    .flatMap(({ at, last }) => Array.from({ length: last - at + 1 }, (_, index) => at + index));

describe('the first ranges', () => {
  it('hold each cell once, and are no more than there are slots', () => {
    fc.assert(
      fc.property(plan, slots, ([cells, weights], many) => {
        const ranges = firstRanges(cells, many, weights);
        expect(gone(ranges)).toEqual([...cells.keys()]);
        expect(ranges.length).toBeLessThanOrEqual(many);
      }),
    );
  });

  it('have about as many keys each', () => {
    const weights = Array.from({ length: 60 }, (_, at) => (at < 30 ? 10 : 1_000));
    const sums = firstRanges(cellsOf(60), 6, weights).map(({ at, last }) =>
      weights.slice(at, last + 1).reduce((sum, weight) => sum + weight, 0),
    );
    expect(sums).toHaveLength(6);
    expect(Math.max(...sums)).toBeLessThanOrEqual(6_000);
  });
});

describe('a cut', () => {
  it('loses no cell and shares none, however often it is made', () => {
    fc.assert(
      fc.property(plan, slots, fc.integer({ min: 1, max: 30 }), ([cells, weights], many, cuts) => {
        const ranges = firstRanges(cells, many, weights);
        for (let cut = 0; cut < cuts; cut++) {
          const made = split(cells, ranges, { pages: 10, cells: 2 }, nobodyKnows, weights);
          if (made === null) break;
          expect(made.shares).toBe(false);
          ranges.push(made.range);
        }
        expect(gone(ranges)).toEqual([...cells.keys()]);
        const inOrder = [...ranges].sort((a, b) => compareKeys(a.start, b.start));
        for (const [index, { end }] of inOrder.entries()) {
          expect(compareKeys(end, inOrder[index + 1]?.start ?? '\uffff')).toBeLessThanOrEqual(0);
        }
      }),
    );
  });

  it('is made where most is left', () => {
    const cells = cellsOf(4);
    const weights = [9_000, 9_000, 90_000, 90_000];
    const ranges = firstRanges(cells, 1, weights);
    expect(split(cells, ranges, { pages: 0, cells: 0 }, nobodyKnows, weights)?.range.start).toBe(cells[3]?.from);
  });

  it('is not made for less than four pages, nor of a range that must stay whole', () => {
    const cells = cellsOf(2);
    const few = firstRanges(cells, 1, [1_500, 1_500]);
    expect(split(cells, few, { pages: 0, cells: 0 }, nobodyKnows, [1_500, 1_500])).toBeNull();
    const many = firstRanges(cells, 1, [9_000, 9_000]).map((range) => ({ ...range, whole: true }));
    expect(split(cells, many, { pages: 0, cells: 0 }, nobodyKnows, [9_000, 9_000])).toBeNull();
  });

  it('goes through a cell that is alone, where somebody can tell the middle of it', () => {
    const cells: Cell[] = [{ from: 'd/', to: 'd0' }];
    const ranges = firstRanges(cells, 1, [20_000]);
    const made = split(cells, ranges, { pages: 0, cells: 0 }, () => ({ at: 'd/m', left: 1 }), [20_000]);
    expect(made?.shares).toBe(true);
    expect([ranges[0]?.end, made?.range.start, made?.range.end]).toEqual(['d/m', 'd/m', 'd0']);
    for (const at of ['c', 'd', 'd0', 'e']) {
      const fresh = firstRanges(cells, 1, [20_000]);
      expect(split(cells, fresh, { pages: 0, cells: 0 }, () => ({ at, left: 1 }), [20_000])).toBeNull();
    }
  });

  it('takes neighbours of large cells for large ones, until they are known', () => {
    const cells = cellsOf(40);
    const ranges = firstRanges(cells, 2);
    const [large, small] = ranges;
    if (large === undefined || small === undefined) throw new Error('there are two slots');
    Object.assign(large, { pages: 6, cells: 1 });
    Object.assign(small, { pages: 1, cells: 9 });
    const experience = { pages: 7, cells: 10 };
    const first = split(cells, ranges, experience, nobodyKnows);
    if (first === null) throw new Error('much is left');
    ranges.push(first.range);
    large.whole = true;
    const second = split(cells, ranges, experience, nobodyKnows);
    const place = second?.range.start ?? '';
    expect(compareKeys(place, first.range.start)).toBeGreaterThan(0);
    expect(compareKeys(place, small.start)).toBeLessThan(0);
  });
});

describe('the key before a folder', () => {
  it('comes before it, and is whole text', () => {
    const texts = fc.string({ unit: fc.constantFrom('a', '/', '=', 'é', '\u{1f98a}', '\uffee'), minLength: 1 });
    fc.assert(
      fc.property(texts, (text) => {
        expect(compareKeys(keyBefore(text), text)).toBeLessThan(0);
        expect(keyBefore(text).isWellFormed()).toBe(true);
      }),
    );
  });
});
