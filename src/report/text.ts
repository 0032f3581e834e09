import { styleText } from 'node:util';
import { displayText } from '../findings/display.ts';
import { severities } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { remedyParts } from '../findings/commands.ts';
import { humanCount } from '../findings/units.ts';
import { countsOf, requestsOf, secondsOf } from './summary.ts';
import { entryTable, type Colours } from './table.ts';
import { padStart, widthOf, wrap } from './width.ts';

export interface TextOptions {
  /** Columns of the terminal. */
  width: number;
  colour: boolean;
  now: Date;
}

/** Findings told in full before the rest of a kind is only counted. */
const toldPerKind = 10;

const plain = (text: string): string => text;
const styled = (format: Parameters<typeof styleText>[0]) => (text: string) =>
  styleText(format, text, { validateStream: false });

const coloursFor = (colour: boolean): Colours =>
  colour
    ? { bad: styled('red'), odd: styled('yellow'), faint: styled('dim'), strong: styled('bold') }
    : { bad: plain, odd: plain, faint: plain, strong: plain };

/** The reports for a terminal or a pipe: the verdict first, one table, then each finding with what to do. Ends with a line break. */
export function renderText(reports: readonly Report[], options: TextOptions): string {
  return `${reports.map((report) => renderOne(report, options).join('\n')).join('\n\n\n')}\n`;
}

function renderOne(report: Report, { width: columns, colour, now }: TextOptions): string[] {
  const width = Math.min(columns, 100);
  const colours = coloursFor(colour);
  const told = report.findings
    .filter(({ status }) => status === 'new' || status === 'ongoing')
    .toSorted((a, b) => severities.indexOf(b.severity) - severities.indexOf(a.severity));
  const pending = report.findings.filter(({ status }) => status === 'pending');
  const lines = [headline(report, width, colours)];
  const table = entryTable(report.entries, { width, now, colours });
  if (table.length > 0) lines.push('', ...table);
  for (const finding of chosen(told)) lines.push('', ...findingLines(finding, width, colours));
  const left = told.length - chosen(told).length;
  if (left > 0) lines.push('', `and ${humanCount(left, 'more finding')} of these kinds: --format json tells them all`);
  if (pending.length > 0) {
    lines.push('', 'pending, may be in the making or being deleted; told when it lasts:');
    for (const { kind, subject } of pending.slice(0, toldPerKind)) lines.push(`  ${kind}  ${displayText(subject)}`);
    if (pending.length > toldPerKind) lines.push(`  and ${String(pending.length - toldPerKind)} more`);
  }
  lines.push('', lastLine(report, told.length));
  return lines;
}

/** The first of each kind, so that a hundred alike do not bury the others. */
function chosen(findings: readonly Finding[]): Finding[] {
  const counts = new Map<string, number>();
  return findings.filter(({ kind }) => {
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    return count <= toldPerKind;
  });
}

function headline(report: Report, width: number, colours: Colours): string {
  const { bucket, completeness, summary } = report;
  const where = bucket.environment === null ? '' : ` (${displayText(bucket.environment)})`;
  const name = `${displayText(bucket.name)}${where}`;
  const verdict =
    completeness === 'failed'
      ? `${name} could not be looked at`
      : `${name}: ${countsOf(report)} in ${humanCount(summary.entries, 'entry', 'entries')}`;
  const cost = `${completeness}, ${secondsOf(report)}`;
  const room = width - widthOf(verdict);
  const line = room > widthOf(cost) + 1 ? verdict + padStart(cost, room) : `${verdict}  ${cost}`;
  return completeness !== 'full' || summary.error > 0 ? colours.bad(line) : colours.strong(line);
}

function findingLines(finding: Finding, width: number, colours: Colours): string[] {
  const { severity, kind, subject, status, message, why, remedy } = finding;
  const head = `${severity}  ${kind}  ${displayText(subject)}${status === 'ongoing' ? '  (told before)' : ''}`;
  const text = [
    ...[message, why].flatMap((sentence) => wrap(sentence, width, '  ')),
    ...remedyParts(remedy).flatMap((step) => (step.command ? [`    ${step.text}`] : wrap(step.text, width, '  '))),
  ];
  return [severity === 'error' ? colours.bad(head) : colours.strong(head), ...text];
}

/** The last line always says how much was looked at, and whether that was all. */
function lastLine(report: Report, told: number): string {
  const count = (...verdicts: string[]) => report.entries.filter(({ verdict }) => verdicts.includes(verdict)).length;
  const seen = `${humanCount(count('stream'), 'stream')}, ${humanCount(report.summary.entries, 'entry', 'entries')}, ${humanCount(requestsOf(report), 'request')}`;
  if (report.completeness === 'failed') return `Not one page could be listed: nothing is known about this bucket.`;
  if (report.completeness === 'partial')
    return `Not everything was seen (${seen}): what is not told here may still be there.`;
  return told === 0
    ? `All clean: ${seen}, everything was looked at.`
    : `Everything was looked at: ${seen}. Words: npx bucket-hygiene explain KIND`;
}
