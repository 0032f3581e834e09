import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { padEnd, padStart, shorten, widthOf, wrap } from '../../src/report/width.ts';

describe('the width of a text', () => {
  it.each([
    ['abc', 3],
    ['', 0],
    ['日本', 4],
    ['한국', 4],
    ['𠮷', 2],
    ['ｆｕｌｌ', 8],
    ['cafe\u0301', 4],
    ['\u0301', 0],
    ['か\u3099', 2],
    ['🦊', 2],
    ['größe', 5],
  ])('of %j is %i columns', (text, width) => {
    expect(widthOf(text)).toBe(width);
  });

  it('is what padding fills up to', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.nat(60), (text, width) => {
        const wanted = Math.max(width, widthOf(text));
        expect(widthOf(padEnd(text, width))).toBe(wanted);
        expect(widthOf(padStart(text, width))).toBe(wanted);
      }),
    );
  });
});

describe('a text that is too long', () => {
  it('loses its middle', () => {
    expect(shorten('a-very-long-prefix/', 11)).toBe('a-ver…efix/');
    expect(shorten('short/', 11)).toBe('short/');
  });

  it('fits afterwards, and takes no half of a character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 1, max: 40 }), (text, width) => {
        const short = shorten(text, width);
        expect(widthOf(short)).toBeLessThanOrEqual(Math.max(width, 1));
        expect(short.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe('wrapping', () => {
  it.each([
    ['aaa   bbb', 4, ['aaa', 'bbb']],
    ['aaa ', 3, ['aaa']],
    ['', 4, ['']],
    ['aaa bbb', 7, ['aaa bbb']],
    ['aaa bbb', 6, ['aaa', 'bbb']],
  ])('%j to %i columns leaves no blanks at a break, and no line of blanks', (text, width, lines) => {
    expect(wrap(text, width, '')).toEqual(lines);
  });

  it('breaks at spaces, and indents every line', () => {
    expect(wrap('one two three', 9, '  ')).toEqual(['  one two', '  three']);
  });

  it('leaves a word whole that is longer than the line', () => {
    expect(wrap('a s3://bucket/long/ b', 8, '')).toEqual(['a', 's3://bucket/long/', 'b']);
  });

  it('loses nothing but spaces, and begins no line with one', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('a', 'b', ' ') }),
        fc.integer({ min: 1, max: 30 }),
        (text, width) => {
          const lines = wrap(text, width, '');
          const wordsOf = (one: string) => one.split(' ').filter((word) => word !== '');
          expect(lines.flatMap(wordsOf)).toEqual(wordsOf(text));
          for (const line of lines) expect(line).not.toMatch(/^ /);
        },
      ),
    );
  });
});
