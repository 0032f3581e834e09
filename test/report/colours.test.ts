import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../src/report/colours.ts';
import { renderText } from '../../src/report/text.ts';
import { entry, finding, now, report } from './situations.ts';

const escape = '\u001b[';

describe('colours', () => {
  it.each([
    ['an error', 'red', 31, 39, (text: string) => coloursFor(true).severity.error(text)],
    ['a warning', 'yellow', 33, 39, (text: string) => coloursFor(true).severity.warning(text)],
    ['a note', 'blue', 34, 39, (text: string) => coloursFor(true).severity.note(text)],
    ['a command', 'cyan', 36, 39, (text: string) => coloursFor(true).command(text)],
    ['what matters most', 'bold', 1, 22, (text: string) => coloursFor(true).strong(text)],
    ['what matters least', 'dim', 2, 22, (text: string) => coloursFor(true).faint(text)],
  ])('show %s in %s, whatever stream Node thinks of', (_what, _colour, on, off, paint) => {
    expect(paint('x')).toBe(`${escape}${String(on)}mx${escape}${String(off)}m`);
    expect(paint('')).toBe('');
  });

  it('are nothing at all where none are wanted', () => {
    const { severity, strong, faint, command } = coloursFor(false);
    for (const paint of [severity.error, severity.warning, severity.note, strong, faint, command]) {
      expect(paint('x')).toBe('x');
    }
  });
});

describe('the verdict on a bucket', () => {
  const error = finding('stream-metadata-corrupt', 'web/');
  const warning = finding('foreign-prefix', 'backups/');
  const headline = (...all: Parameters<typeof report>) =>
    renderText([report(...all)], { width: 80, colour: true, now }).split('logs-prod')[0];

  it.each<[string, Parameters<typeof report>, string]>([
    ['bold when all was seen and nothing is wrong', [[], []], `${escape}1m`],
    ['bold when all was seen and nothing is broken', [[], [warning]], `${escape}1m`],
    ['red when something is broken', [[], [error]], `${escape}31m`],
    ['red when not all was seen', [[], [warning], { completeness: 'partial' }], `${escape}31m`],
  ])('is %s', (_, one, colour) => {
    expect(headline(...one)).toBe(colour);
  });

  it('is painted like the mark of its row', () => {
    const text = renderText([report([entry('web/', 'corrupt')], [error])], { width: 80, colour: true, now });
    expect(text).toContain(` ${escape}31m!${escape}39m corrupt`);
  });
});
