import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { elementsOf, membersOf, wholeOf } from '../../src/repair/json-spans.ts';

const cut = (text: string, { start, end }: { start: number; end: number }) => text.slice(start, end);

/** JSON with blanks between everything that may have some. */
const written = fc
  .tuple(fc.jsonValue(), fc.constantFrom(undefined, 1, '\t', ' \r\n '))
  .map(([value, indent]) => `${indent === undefined ? '' : ' \n'}${JSON.stringify(value, null, indent)}`);

describe('the spans of JSON', () => {
  it('keep a number as it stands, which a double would round', () => {
    const text = '{"a": 18446744073709551615 , "b":[-9223372036854775808]}';
    const [a, b] = membersOf(text, wholeOf(text));
    expect(cut(text, a!)).toBe('18446744073709551615');
    expect(elementsOf(text, b!).map((one) => cut(text, one))).toEqual(['-9223372036854775808']);
  });

  it('tell a name that comes twice twice, and unescape it', () => {
    const text = String.raw`{"sn\u0061p":1,"snap":"}\"]"}`;
    expect(membersOf(text, wholeOf(text)).map((one) => [one.name, cut(text, one)])).toEqual([
      ['snap', '1'],
      ['snap', String.raw`"}\"]"`],
    ]);
  });

  it('are those of the very values, in any JSON', () => {
    fc.assert(
      fc.property(written, (text) => {
        const value: unknown = JSON.parse(text);
        const whole = wholeOf(text);
        expect(JSON.parse(cut(text, whole))).toEqual(value);
        if (Array.isArray(value)) {
          expect(elementsOf(text, whole).map((one): unknown => JSON.parse(cut(text, one)))).toEqual(value);
        } else if (typeof value === 'object' && value !== null) {
          const members = membersOf(text, whole).map((one): [string, unknown] => [
            one.name,
            JSON.parse(cut(text, one)),
          ]);
          expect(Object.fromEntries(members)).toEqual(value);
        }
      }),
    );
  });
});
