import { displayText } from '../findings/display.ts';
import type { Entry, Verdict } from '../findings/report.ts';
import { humanAge, humanBytes } from '../findings/units.ts';
import { padEnd, padStart, shorten, widthOf, wrap } from './width.ts';

type Mark = '!' | '+' | '?' | '=';

/** `!` broken or without an owner, `+` not Parseable's, `?` not known, `=` as it should be. */
const marks: Record<Verdict, Mark> = {
  corrupt: '!',
  orphaned: '!',
  unmigrated: '!',
  foreign: '+',
  unrecognised: '+',
  leftover: '+',
  marker: '+',
  unknown: '?',
  deployment: '=',
  tenant: '=',
  stream: '=',
  allowed: '=',
};
const order: readonly Mark[] = ['!', '?', '+', '='];

/** Rows of one sort that are shown before the rest is only counted: a bucket of thousands is still one screen. */
const rowsShown = 25;
const namesShown = 8;

export interface Colours {
  bad(text: string): string;
  odd(text: string): string;
  faint(text: string): string;
  strong(text: string): string;
}

const columns = ['VERDICT', 'NAME', 'OBJECTS', 'SIZE', 'NEWEST'] as const;

function cellsOf({ verdict, name, objects, bytes, sizeComplete, newest }: Entry, now: Date): string[] {
  const bound = sizeComplete ? '' : '>';
  return [
    verdict,
    displayText(name),
    objects === null ? '-' : `${bound}${objects.toLocaleString('en-US')}`,
    bytes === null ? '-' : `${bound}${humanBytes(bytes)}`,
    newest === null ? '-' : humanAge(newest, now),
  ];
}

/** The rows that need an eye, one line each, then what is fine, folded. Empty for a bucket without rows. */
export function entryTable(
  entries: readonly Entry[],
  { width, now, colours }: { width: number; now: Date; colours: Colours },
): string[] {
  const odd = entries
    .filter(({ verdict }) => marks[verdict] !== '=')
    .toSorted((a, b) => order.indexOf(marks[a.verdict]) - order.indexOf(marks[b.verdict]));
  const lines = odd.length === 0 ? [] : oddRows(odd, width, now, colours);
  const fine = (['deployment', 'tenant', 'stream', 'allowed'] as const).flatMap((verdict) => {
    const names = entries
      .filter((entry) => entry.verdict === verdict)
      .map(({ name }) => shorten(displayText(name), 40));
    if (names.length === 0) return [];
    const more = names.length > namesShown ? ` and ${(names.length - namesShown).toLocaleString('en-US')} more` : '';
    const text = names.slice(0, namesShown).join('  ') + more;
    const [first = '', ...rest] = wrap(text, width, ' '.repeat(15));
    return [` = ${padEnd(verdict, 12)}${first.trimStart()}`, ...rest].map((line) => colours.faint(line));
  });
  return [...lines, ...fine];
}

function oddRows(odd: readonly Entry[], width: number, now: Date, colours: Colours): string[] {
  const shown = odd.slice(0, rowsShown);
  const table = [columns as readonly string[], ...shown.map((entry) => cellsOf(entry, now))];
  const widths = columns.map((_, i) => Math.max(...table.map((row) => widthOf(row[i] ?? ''))));
  const others = widths.reduce((sum, one, i) => sum + (i === 1 ? 0 : one + 2), 3);
  widths[1] = Math.max(12, Math.min(widths[1] ?? 0, width - others));
  const render = (row: readonly string[]): string =>
    row
      .map((cell, i) => {
        const fit = widths[i] ?? 0;
        const short = i === 1 ? shorten(cell, fit) : cell;
        return i < 2 ? padEnd(short, fit) : padStart(short, fit);
      })
      .join('  ')
      .trimEnd();
  const lines = [colours.faint(`   ${render(columns)}`)];
  for (const entry of shown) {
    const mark = marks[entry.verdict];
    const line = ` ${mark} ${render(cellsOf(entry, now))}`;
    lines.push(mark === '!' ? colours.bad(line) : colours.odd(line));
  }
  if (odd.length > shown.length) {
    lines.push(`   and ${(odd.length - shown.length).toLocaleString('en-US')} more: --format json tells them all`);
  }
  return lines;
}
