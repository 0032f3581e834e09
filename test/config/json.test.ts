import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readJson } from '../../src/config/json.ts';

describe('reading JSON', () => {
  it('answers the value', () => {
    expect(readJson('{"buckets": [{"name": "logs"}]}')).toEqual({ value: { buckets: [{ name: 'logs' }] } });
  });

  it('ignores the mark that Windows editors put before a text', () => {
    expect(readJson('\uFEFF{}')).toEqual({ value: {} });
  });

  it.each([
    ['a comma too many', '{\n  "a": 1,\n}', { line: 2, column: 9, problem: 'a comma before } is one too many' }],
    ['a missing comma', '{\n  "a": 1\n  "b": 2\n}', { line: 3, column: 3, problem: 'expected , or }, found "\\""' }],
    ['a missing colon', '{"a" 1}', { line: 1, column: 6, problem: 'expected :, found "1"' }],
    ['a name without quotes', '{a: 1}', { line: 1, column: 2, problem: 'expected a name in double quotes, found "a"' }],
    ['a comment', '{}\n// done', { line: 2, column: 1, problem: 'expected nothing more, found "/"' }],
    ['a comment before a value', '[\n// one\n1]', { line: 2, column: 1, problem: 'JSON knows no comments' }],
    ['an end too early', '{"a": [1, 2', { line: 1, column: 12, problem: 'expected , or ], the text ends here' }],
    ['an empty file', '', { line: 1, column: 1, problem: 'expected a value, the text ends here' }],
    ['an open text', '{"a": "b\n}', { line: 1, column: 7, problem: 'this text is never closed' }],
    ['a wrong escape', '["\\x"]', { line: 1, column: 3, problem: 'this backslash escapes nothing' }],
    ['a name given twice', '{"a": 1,\r\n "a": 2}', { line: 2, column: 2, problem: '"a" stands here a second time' }],
  ])('tells where %s is', (_, text, problem) => {
    expect(readJson(text)).toEqual(problem);
  });

  it('refuses what is nested without end, instead of falling over', () => {
    expect(readJson('['.repeat(100_000))).toMatchObject({ problem: 'nested too deeply' });
  });

  it('accepts whatever a program writes', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), fc.constantFrom(0, 2), (text, indent) => {
        const written = JSON.stringify(JSON.parse(text), null, indent);
        expect(readJson(written)).toEqual({ value: JSON.parse(written) as unknown });
      }),
    );
  });

  it('agrees with JSON.parse on every text, but for names given twice', () => {
    const noise = fc.array(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"',
        '1',
        '-',
        '0',
        '.',
        'e',
        'true',
        'nul',
        ' ',
        '\n',
        '\\',
        '\u0001',
      ),
    );
    fc.assert(
      fc.property(noise, (parts) => {
        const text = parts.join('');
        let parses = true;
        try {
          JSON.parse(text);
        } catch {
          parses = false;
        }
        const reading = readJson(text);
        const twice = 'problem' in reading && reading.problem.endsWith('a second time');
        expect('value' in reading || twice).toBe(parses);
      }),
      { numRuns: 2_000 },
    );
  });
});
