import fc from 'fast-check';
import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { displayJson, displayText, shellQuote } from '../../src/findings/display.ts';

/** What a terminal would obey, or not show. */
const unshowable = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\p{Default_Ignorable_Code_Point}]/u;

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({
    unit: fc.constantFrom(
      ...Array.from(' \'"`$\\!;&|<>*?~#\n\r\t\u0007\u001b\u007f\u0085\u200b\u202e\u2028\ufeff-=éab/'),
    ),
  }),
);

describe('text for display', () => {
  it.each([
    ['line\nfeed', String.raw`line\nfeed`],
    ['carriage\rreturn', String.raw`carriage\rreturn`],
    ['\u001b[31mred', String.raw`\x1b[31mred`],
    ['\u007f\u0085', String.raw`\x7f\x85`],
    ['gnp\u202eexe', String.raw`gnp\u202eexe`],
    ['\u061c\u200e\u200f\u2066\u2069', String.raw`\u061c\u200e\u200f\u2066\u2069`],
    ['\u2028\u2029', String.raw`\u2028\u2029`],
    ['\ufeffzero\u200bwidth\u00adhyphen', String.raw`\ufeffzero\u200bwidth\xadhyphen`],
    ['tag \u{e0041}', String.raw`tag \u{e0041}`],
    ['half \ud83e', String.raw`half \ud83e`],
    ['filler \u3164', String.raw`filler \u3164`],
    ['none \uffff\ufdd0', String.raw`none \uffff\ufdd0`],
  ])('spells out what would be obeyed or hidden: %j', (text, shown) => {
    expect(displayText(text)).toBe(shown);
  });

  it.each(['plain/', 'größe/', '日本語/', '🦊', 'a b', 'back\\slash', '`tick`', 'cafe\u0301'])(
    'leaves %j as it is',
    (text) => {
      expect(displayText(text)).toBe(text);
    },
  );

  it('holds nothing unshowable, whatever it was made from, and is stable', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(displayText(text)).not.toMatch(unshowable);
        expect(displayText(displayText(text))).toBe(displayText(text));
      }),
    );
  });
});

describe('JSON for display', () => {
  it('means the same, and may be shown', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const json = displayJson(JSON.stringify({ text }, null, 2));
        expect(json.replaceAll('\n', '')).not.toMatch(unshowable);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

describe('a word for the shell', () => {
  it.each([
    ['s3://logs/a=1/b:2@c%20+d_e-f.g', 's3://logs/a=1/b:2@c%20+d_e-f.g'],
    ['', "''"],
    ['a b', "'a b'"],
    ["it's", String.raw`'it'\''s'`],
    ['$(touch x)', "'$(touch x)'"],
    ['-rf', "'-rf'"],
    ['~', "'~'"],
    ['=ls', "'=ls'"],
    ['a\nb', String.raw`"$(printf 'a\nb')"`],
    ['gnp\u202eexe', String.raw`"$(printf 'gnp\342\200\256exe')"`],
    ["'\u001b1", String.raw`"$(printf '\047\0331')"`],
    ['back`tick', String.raw`"$(printf 'back\140tick')"`],
    ["-`'; id #", String.raw`"$(printf '\055\140\047\073 id \043')"`],
    ["it's the end\n", String.raw`$'it\047s the end\n'`],
  ])('of %j is %s', (text, word) => {
    expect(shellQuote(text)).toBe(word);
  });

  it('can be shown, and holds no backtick, which ends a command in a remedy', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(shellQuote(text)).not.toMatch(unshowable);
        expect(shellQuote(text)).not.toContain('`');
      }),
    );
  });

  it('is read by bash as exactly the text, byte by byte', () => {
    // No argument can hold NUL, and no UTF-8 half a surrogate pair.
    const words = fc.sample(
      anyText.filter((text) => !text.includes('\0') && text.isWellFormed()),
      { numRuns: 400, seed: 7 },
    );
    const { stdout, status } = spawnSync(
      'bash',
      ['--norc', '-c', `printf '%s\\0' ${words.map(shellQuote).join(' ')}`],
      {
        env: { ...process.env, LC_ALL: 'C' },
      },
    );
    expect(status).toBe(0);
    expect(stdout.toString('utf8').split('\0').slice(0, -1)).toEqual(words);
  });
});
