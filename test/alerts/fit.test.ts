import { describe, expect, it } from 'vitest';
import type { Block } from '../../src/alerts/blocks.ts';
import { fit } from '../../src/alerts/fit.ts';

const block = (name: string, lines = 5): Block => ({
  full: Array.from({ length: lines }, (_, index) => `${name} ${String(index)}`),
  brief: name,
});
const blocks = (name: string, count: number): Block[] =>
  Array.from({ length: count }, (_, index) => block(`${name}${String(index)}`));
const room = (lines: number, bytes = 100_000) => ({ lines, bytes });

describe('what is told in the room there is', () => {
  it('is told at length while there is room, and empty sections are left out', () => {
    expect(
      fit(
        [
          { heading: 'NEW', blocks: blocks('a', 2) },
          { heading: 'WORSE', blocks: [] },
        ],
        room(50),
      ),
    ).toEqual([
      'NEW',
      '',
      ...['a0 0', 'a0 1', 'a0 2', 'a0 3', 'a0 4', ''],
      ...['a1 0', 'a1 1', 'a1 2', 'a1 3', 'a1 4', ''],
    ]);
  });

  it('is named in a line, then counted, when there is less', () => {
    const lines = fit([{ heading: 'NEW', blocks: blocks('a', 5_000) }], room(40));
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines.slice(0, 3)).toEqual(['NEW', '', 'a0 0']);
    expect(lines).toContain('a3');
    expect(lines.at(-2)).toMatch(/^ {2}and 49\d\d more, all of them in the report$/);
  });

  it('mentions every section, however many there are of another', () => {
    const lines = fit(
      [
        { heading: 'NEW', blocks: blocks('a', 500) },
        { heading: 'RESOLVED', blocks: blocks('b', 500) },
      ],
      room(40),
    );
    expect(lines.length).toBeLessThanOrEqual(40);
    expect(lines).toEqual(expect.arrayContaining(['NEW', 'RESOLVED']));
    expect(lines.some((line) => line.startsWith('b0'))).toBe(true);
  });

  it('gives way to bytes as well', () => {
    const long = { full: ['x'.repeat(9_000)], brief: 'x' };
    expect(fit([{ heading: 'NEW', blocks: [long, long] }], room(40, 1_000))).toEqual([
      'NEW',
      '',
      'x',
      '  and 1 more, all of them in the report',
      '',
    ]);
  });

  it('is told at length once for each kind before it is for a second of one, everything in its place', () => {
    const of = (kind: string, name: string): Block => ({ ...block(name), kind });
    const all = [of('k', 'a'), of('k', 'b'), of('l', 'c'), of('l', 'd')];
    expect(fit([{ heading: 'NEW', blocks: all }], room(19))).toEqual([
      ...['NEW', ''],
      ...['a 0', 'a 1', 'a 2', 'a 3', 'a 4', ''],
      ...['b', ''],
      ...['c 0', 'c 1', 'c 2', 'c 3', 'c 4', ''],
      ...['d', ''],
    ]);
    expect(fit([{ heading: 'NEW', blocks: all }], room(22)).filter((line) => line.endsWith(' 0'))).toEqual([
      'a 0',
      'b 0',
      'c 0',
    ]);
  });
});
