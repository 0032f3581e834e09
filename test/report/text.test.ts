import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { renderText } from '../../src/report/text.ts';
import { widthOf } from '../../src/report/width.ts';
import { readable } from './more-situations.ts';
import { entry, finding, now, report, situations } from './situations.ts';

const goldenOf = (name: string): URL => new URL(`golden/${name}.txt`, import.meta.url);
const render = (reports: readonly Report[], width = 80) => renderText(reports, { width, colour: false, now });
const linesOf = (text: string): string[] => text.trimEnd().split('\n');

/** What a terminal would obey, or not show. The line feeds between lines are the report's own. */
const unshowable = /[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;

describe('the text report', () => {
  const shown = { ...situations, deep: readable['deep']!, 'multi-tenant': readable['multi-tenant']! };
  it.each(Object.entries(shown))('of the situation "%s" is as it was read and agreed to', async (name, reports) => {
    const text = render(reports);
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

  it('counts what is known of old, and does not tell it again', () => {
    const known = finding('foreign-prefix', 'old/', { status: 'known' });
    const text = render([report([entry('old/', 'foreign')], [known, finding('foreign-prefix', 'new/')])]);
    expect(text).toContain('\nKnown from the baseline, and counted for nothing: 1 finding.\n');
    expect(text).not.toMatch(/^warning {2}foreign-prefix {2}old/m);
    expect(render([report([], [finding('foreign-prefix', 'new/')])])).not.toContain('Known from');
  });

  it('tells what was not seen first, since it limits all that follows, then what is grave', () => {
    const incomplete = finding('scan-incomplete', 'z/');
    const grave = finding('stream-metadata-corrupt', 'y/');
    const light = finding('folder-marker', 'x/');
    for (const findings of [
      [light, grave, incomplete],
      [incomplete, grave, light],
      [grave, incomplete, light],
    ]) {
      const headings = render([report([], findings, { completeness: 'partial' })]).match(
        /^(error|warning|note) {2}\S+/gm,
      );
      expect(headings).toEqual(['warning  scan-incomplete', 'error  stream-metadata-corrupt', 'note  folder-marker']);
    }
  });

  it('says of what came back that it did', () => {
    const back = finding('foreign-prefix', 'x/', { evidence: { again: true } });
    expect(render([report([], [back])])).toContain('warning  foreign-prefix  x/  back again\n');
    expect(render([report([], [finding('foreign-prefix', 'x/')])])).toContain('warning  foreign-prefix  x/\n');
  });

  it.each([
    [5, undefined],
    [6, '  and 1 more'],
  ])('names five of %i pending suspects', (count, more) => {
    const pending = Array.from({ length: count }, (_, at) =>
      finding('stream-leftover', `s${String(at)}/`, { status: 'pending' }),
    );
    const text = render([report([], pending)]);
    expect(text.match(/^ {2}stream-leftover/gm)).toHaveLength(5);
    expect(/^ {2}and \d+ more$/m.exec(text)?.[0]).toBe(more);
  });

  it('counts buckets by what came of them at the end, when there are several', () => {
    const clean = report([entry('api/', 'stream')], []);
    const found = report([], [finding('foreign-prefix', 'x/')]);
    const partial = { ...clean, completeness: 'partial' as const };
    const failed = report([], [finding('scan-incomplete', '/')], { completeness: 'failed' });
    expect(linesOf(render([failed, partial, found, clean])).at(-1)).toBe(
      '4 buckets: 1 could not be looked at, 1 seen in part, 1 with findings, 1 clean.',
    );
    expect(linesOf(render([clean, clean])).at(-1)).toBe('2 buckets: 2 clean.');
    expect(render([clean])).toContain('Everything was looked at and is fine: 1 stream, 1 entry, 31 requests.');
  });

  it('puts what it took below the verdict where both have no room in a line', () => {
    const lines = (width: number) => linesOf(render([report([entry('api/', 'stream')], [])], width)).slice(0, 2);
    expect(lines(45)[0]).toBe('logs-prod (prod): clean, 1 entry  full, 1.8 s');
    expect(lines(44).map((line) => line.trim())).toEqual(['logs-prod (prod): clean, 1 entry', 'full, 1.8 s']);
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
