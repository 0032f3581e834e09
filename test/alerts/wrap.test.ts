import { describe, expect, it } from 'vitest';
import { mailWidth, shorten, wrap, wrapRemedy } from '../../src/alerts/wrap.ts';

describe('wrapping for a mail', () => {
  const word = (length: number) => 'x'.repeat(length);

  it('fills lines up to their width, and no further', () => {
    expect(wrap(`${word(40)} ${word(37)} end`)).toEqual([`${word(40)} ${word(37)}`, 'end']);
    expect(wrap(`${word(40)} ${word(38)} end`)).toEqual([word(40), `${word(38)} end`]);
    expect(wrap(`${word(mailWidth)} end`)).toEqual([word(mailWidth), 'end']);
  });

  it('indents each line, within the width', () => {
    expect(wrap(`${word(40)} ${word(35)} end`, '  ')).toEqual([`  ${word(40)} ${word(35)}`, '  end']);
    expect(wrap(`${word(40)} ${word(36)} end`, '  ')).toEqual([`  ${word(40)}`, `  ${word(36)} end`]);
  });

  it('cuts a word that is longer than a line, loses none of it, and goes on in its last line', () => {
    expect(wrap(`a ${word(200)} b`)).toEqual(['a', word(78), word(78), `${word(44)} b`]);
    expect(wrap(word(156))).toEqual([word(78), word(78)]);
  });

  it('makes one space of many, and nothing of nothing', () => {
    expect(wrap('  a   b  ')).toEqual(['a b']);
    expect(wrap('')).toEqual([]);
    expect(wrap('   ', '  ')).toEqual([]);
  });

  it('leaves a command whole, on a line of its own', () => {
    const command = `aws s3 ls s3://logs/${word(100)}/`;
    expect(wrapRemedy(`Look first: \`${command}\`. Then wait.`, '  ')).toEqual([
      '  Look first:',
      `    ${command}`,
      '  Then wait.',
    ]);
  });
});

describe('shortening', () => {
  it.each([
    ['short/', 6, 'short/'],
    ['a-very-long-prefix/', 18, 'a-very-long-…efix/'],
    ['a-very-long-prefix/', 10, 'a-very…ix/'],
  ])('%s to %i characters keeps both ends, the beginning more: %s', (text, width, short) => {
    expect(shorten(text, width)).toBe(short);
    expect(Array.from(short).length).toBeLessThanOrEqual(width);
  });

  it('takes another mark where the reader knows ASCII only', () => {
    expect(shorten('production-of-the-north', 16, '..')).toBe('production..orth');
  });
});
