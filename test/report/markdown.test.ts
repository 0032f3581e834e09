import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText } from '../../src/findings/display.ts';
import { renderMarkdown } from '../../src/report/markdown.ts';
import { block, code, codeInCell, prose } from '../../src/report/markdown/escape.ts';
import { entry, finding, now, report } from './situations.ts';

const render = (reports: Parameters<typeof renderMarkdown>[0]) => renderMarkdown(reports, { now, serverVersion: null });

/** What is left of a line when its code spans are taken out, by the rule of CommonMark: equal runs of backticks. */
const outsideOfCode = (line: string): string => line.replaceAll(/(?<!`)(`+)(?!`)(.*?)(?<!`)\1(?!`)/gs, '');

/** What a code span shows. */
function shownBy(span: string): string {
  const [, content = ''] = /^(?:`+)(.*?)(?:`+)$/s.exec(span) ?? [];
  const inner = span.slice(/^`+/.exec(span)![0].length, span.length - /`+$/.exec(span)![0].length);
  return /^ .* $/s.test(inner) ? inner.slice(1, -1) : content === '' ? '' : inner;
}

const traps = [
  '![x](http://evil/y.png)',
  '[x](javascript:alert(1))',
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '@everybody',
  'somebody@example.com',
  '#123',
  'owner/repo#1',
  'GH-12',
  'https://evil.example/',
  'www.evil.example',
  '**bold**',
  '`code`',
  '``two``',
  '```',
  '$x$',
  ':smile:',
  '| cell |',
  '~~gone~~',
  '&lt;b&gt;',
  '<!-- hidden',
  '</details>',
  '0123456789abcdef0123456789abcdef01234567',
  '- item',
  '1. item',
  '# heading',
  '> quote',
  'a\\|b',
  '_under_ __score__',
  '!1 %2 ~label',
];

describe('a code span', () => {
  it('shows any text, and ends where it ends', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('`', ' ', 'a', '\\', '*'), minLength: 1, maxLength: 12 }),
        (text) => {
          const span = code(text);
          expect(outsideOfCode(span)).toBe('');
          if (text.trim() !== '') expect(shownBy(span)).toBe(displayText(text));
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('in a cell holds no bar', () => {
    expect(codeInCell('a|b')).toBe('`a\\x7cb`');
  });
});

describe('prose of Markdown', () => {
  it.each(traps)('lets %j be nothing but text', (trap) => {
    for (const text of [trap, `${trap} holds 7 objects.`, `The folder ${trap} is (${trap}), "${trap}".`]) {
      expect(outsideOfCode(prose(text))).not.toMatch(
        /[<>[\]*_~$@#|&\\]|:\/\/|www\.|:\w+:|\b[A-Z]+-\d|[0-9a-f]{7}|^[-+>] |^\d+[.)] /,
      );
    }
  });

  it('leaves words as they are', () => {
    const text = 'Parseable 2.9.5 ignores it today (at least 1,234 objects, 50% of them); it’s paid for.';
    expect(prose(text)).toBe(text);
    expect(prose('See s3://logs/x, then go on.')).toBe('See `s3://logs/x`, then go on.');
  });

  it('lets no text out of its code', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...traps), fc.string({ unit: 'binary', maxLength: 8 }))),
        (parts) => {
          expect(outsideOfCode(prose(parts.join(' ')))).not.toMatch(/[<>[\]*_~$@#|&\\`]|:\/\/|www\./);
        },
      ),
      { numRuns: 1_000 },
    );
  });

  it('keeps a command in its block', () => {
    expect(block('echo ```', 'sh')).toBe('````sh\necho ```\n````');
  });
});

describe('the Markdown report', () => {
  it.each(traps)('shows a key that is %j wherever it stands, and obeys it nowhere', (trap) => {
    const key = `${trap}/`;
    const found = finding('foreign-prefix', key, { evidence: { objects: 1, bytes: 2, keys: [`${key}x`] } });
    const text = render([
      report([entry(key, 'foreign', { objects: 1, bytes: 2 }), entry(`${key}s/`, 'stream')], [found]),
    ]);
    const lines = text.replaceAll(/^(`{3,})sh\n[^\n]*\n\1$/gm, '').split('\n');
    for (const line of lines) {
      const own = outsideOfCode(line).replaceAll(/^#{2,4} |^\|.*\|$|<\/?details>|<\/?summary>/g, '');
      expect(own).not.toMatch(/[<>[\]*~$@#&\\]|:\/\/|www\.|^[-+>] \S*[[#@]/);
    }
    const row = lines.filter((line) => line.startsWith('| warning'));
    expect(row.map((line) => line.split('|').length)).toEqual([8]);
  });

  it('fits into a ticket, however much is found', () => {
    const findings = Array.from({ length: 2_000 }, (_, at) =>
      finding('foreign-prefix', `export-${String(at)}/`, { evidence: { objects: at, bytes: at } }),
    );
    const text = render([
      report(
        findings.map(({ subject }) => entry(subject, 'foreign')),
        findings,
      ),
    ]);
    expect(text.length).toBeLessThan(65_536);
    expect(text).toContain('And 1,797 more: the JSON report has them all.');
  });
});
