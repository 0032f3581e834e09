import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { squarify, type Box } from '../../src/report/html/squarify.ts';

const sizes = fc.array(fc.oneof(fc.double({ min: 1e-3, max: 1e9, noNaN: true }), fc.integer({ min: 1, max: 1e12 })), {
  minLength: 1,
  maxLength: 120,
});
const side = fc.integer({ min: 10, max: 2_000 });
const area = ({ width, height }: Box): number => width * height;
const ratio = ({ width, height }: Box): number => Math.max(width / height, height / width);

describe('the squarified treemap', () => {
  it('is that of Bruls, Huizing and van Wijk: 6 6 4 3 2 2 1 in a box of 6 by 4', () => {
    const boxes = squarify([6, 6, 4, 3, 2, 2, 1], { x: 0, y: 0, width: 6, height: 4 });
    const [first, second, third, fourth] = boxes;
    expect(first).toEqual({ x: 0, y: 0, width: 3, height: 2 });
    expect(second).toEqual({ x: 0, y: 2, width: 3, height: 2 });
    expect(third!.x).toBe(3);
    expect(third!.width).toBeCloseTo(12 / 7);
    expect(third!.height).toBeCloseTo(7 / 3);
    expect(fourth!.x).toBeCloseTo(3 + 12 / 7);
    expect(fourth!.height).toBeCloseTo(7 / 3);
  });

  it('gives every value its share, in its place', () => {
    fc.assert(
      fc.property(sizes, side, side, (values, width, height) => {
        const boxes = squarify(values, { x: 5, y: 7, width, height });
        const total = values.reduce((sum, value) => sum + value, 0);
        values.forEach((value, at) => {
          const share = (value / total) * width * height;
          expect(Math.abs(area(boxes[at]!) - share)).toBeLessThan(width * height * 1e-6);
        });
      }),
    );
  });

  it('fills its box, keeps inside of it, and lets no two overlap', () => {
    fc.assert(
      fc.property(sizes, side, side, (values, width, height) => {
        const boxes = squarify(values, { x: 0, y: 0, width, height });
        const slack = 1e-6 * Math.max(width, height);
        expect(boxes.reduce((sum, one) => sum + area(one), 0)).toBeCloseTo(width * height, 2);
        for (const { x, y, width: w, height: h } of boxes) {
          expect(Math.min(x, y)).toBeGreaterThanOrEqual(-slack);
          expect(x + w).toBeLessThanOrEqual(width + slack);
          expect(y + h).toBeLessThanOrEqual(height + slack);
        }
        boxes.forEach((a, at) => {
          for (const b of boxes.slice(at + 1)) {
            const across = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
            const down = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
            expect(Math.min(across, down)).toBeLessThanOrEqual(slack);
          }
        });
      }),
      { numRuns: 60 },
    );
  });

  it('makes equal values nearly square', () => {
    for (const many of [4, 9, 50, 100, 500]) {
      const boxes = squarify(
        Array.from({ length: many }, () => 1),
        { x: 0, y: 0, width: 260, height: 100 },
      );
      expect(Math.max(...boxes.map(ratio))).toBeLessThan(2.7);
    }
  });

  it('gives nothing to what has no size, and nothing at all where there is no room', () => {
    const box = { x: 0, y: 0, width: 10, height: 10 };
    expect(squarify([], box)).toEqual([]);
    expect(squarify([0, 5, -3], box).map(area)).toEqual([0, 100, 0]);
    expect(squarify([0, 0], box).map(area)).toEqual([0, 0]);
    expect(squarify([1], { ...box, width: 0 }).map(area)).toEqual([0]);
  });
});
