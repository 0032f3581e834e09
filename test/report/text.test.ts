import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { renderText } from '../../src/report/text.ts';
import { widthOf } from '../../src/report/width.ts';
import { entry, finding, now, report, situations } from './situations.ts';

const goldenOf = (name: string): URL => new URL(`golden/${name}.txt`, import.meta.url);
const render = (reports: readonly Report[], width = 80) => renderText(reports, { width, colour: false, now });
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** What a terminal would obey, or not show. The line feeds between lines are the report's own. */
const unshowable = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('the text report', () => {
  it.each(Object.keys(situations))('of the situation "%s" is as it was read and agreed to', async (name) => {
    const text = render(situations[name]!);
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(goldenOf(name), text);
    expect(text).toBe(await readFile(goldenOf(name), 'utf8'));
  });

  it('begins with the verdict', () => {
    for (const [first] of Object.values(situations)) {
      expect(render([first!])).toMatch(new RegExp(`^${first!.bucket.name}\\b.*(\\n {2}\\w+)?, 1\\.8 s\\n`));
    }
  });

  it('is three lines for a healthy bucket', () => {
    expect(linesOf(render(situations['healthy']!))).toHaveLength(3);
  });

  it('is one screen for ten thousand streams, and for a hundred accidents two', () => {
    expect(linesOf(render(situations['ten-thousand-streams']!)).length).toBeLessThanOrEqual(24);
    expect(linesOf(render(situations['a-hundred-foreign-prefixes']!)).length).toBeLessThanOrEqual(60);
  });

  it.each([40, 60, 80, 100, 250])('keeps to %i columns, but for commands, which are not broken', (width) => {
    for (const [name, reports] of Object.entries(situations)) {
      for (const line of linesOf(render(reports, width))) {
        // A long word or key is not cut either: half a key would be another one. A heading is kind and key.
        const whole = line.startsWith('    aws ') || /^(error|warning|note) {2}/.test(line) || name === 'hostile-keys';
        if (!whole) expect(widthOf(line), line).toBeLessThanOrEqual(Math.max(width, longestWord(line)));
      }
    }
  });

  it('has no blanks at the ends of lines', () => {
    for (const reports of Object.values(situations)) expect(render(reports)).not.toMatch(/ $/m);
  });

  it('is the same with colours, which it has only when asked', () => {
    for (const reports of Object.values(situations)) {
      const coloured = renderText(reports, { width: 80, colour: true, now });
      expect(coloured).toContain('\u001b[');
      expect(stripVTControlCharacters(coloured)).toBe(render(reports));
    }
  });

  it('calls nothing clean that was not seen in full', () => {
    for (const completeness of ['partial', 'failed'] as const) {
      const text = render([report([entry('api/', 'stream')], [], { completeness })]);
      expect(text).not.toMatch(/clean|everything was looked at/i);
    }
  });

  it('lets no key command the terminal, and keeps its columns in line', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }), { maxLength: 30 }),
        (keys) => {
          const all = keys.map((key) => `${key}/`);
          const figures = { objects: 1, bytes: 1, newest: now.toISOString() };
          const text = render([
            report(
              all.map((name) => entry(name, 'foreign', figures)),
              all.map((name) => finding('foreign-prefix', name, { evidence: figures })),
            ),
          ]);
          expect(text).not.toMatch(unshowable);
          const rows = linesOf(text).filter((line) => line.startsWith(' + foreign'));
          expect(new Set(rows.map(widthOf)).size).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 200 },
    );
  });
});

const longestWord = (line: string): number => {
  const indent = line.length - line.trimStart().length;
  return indent + Math.max(...line.trim().split(' ').map(widthOf));
};
