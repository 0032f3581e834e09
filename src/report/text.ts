import type { Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import { coloursFor, type Colours } from './colours.ts';
import { isOpen, requestsOf, secondsOf, verdictOf } from './summary.ts';
import { tableOf } from './table.ts';
import { pendingLines, remedyLines, toldAll } from './told.ts';
import { padStart, widthOf, wrap } from './width.ts';

export interface TextOptions {
  /** Columns to lay it out for. */
  width: number;
  colour: boolean;
  now: Date;
}

/** Lines longer than this are hard to read, however wide the terminal. */
const widest = 100;

/**
 * The reports for a person: for each bucket the verdict first, one table, each finding with what to do, and at the end what
 * was looked at. The same text on a terminal and in a pipe, but for colours. Ends with a line feed.
 */
export function renderText(reports: readonly Report[], { width, colour, now }: TextOptions): string {
  const space = { width: Math.min(width, widest), colours: coloursFor(colour), now };
  const parts = reports.map((report) => renderOne(report, space));
  if (reports.length > 1) parts.push(wrap(overall(reports), space.width, ''));
  return `${parts.map((lines) => lines.join('\n')).join('\n\n\n')}\n`;
}

interface Space {
  width: number;
  colours: Colours;
  now: Date;
}

function renderOne(report: Report, space: Space): string[] {
  const { width } = space;
  const { completeness, findings } = report;
  const headline = headlineOf(report, space);
  if (completeness === 'failed') {
    return [
      ...headline,
      ...findings.flatMap((finding) => [...wrap(finding.message, width, '  '), ...remedyLines(finding, space)]),
      ...wrap('Not one page could be listed: nothing is known about this bucket.', width, ''),
    ];
  }
  const brief = completeness === 'full' && findings.length === 0;
  const table = tableOf(report, { ...space, brief });
  const last = lastLines(report).flatMap((line) => wrap(line, width, ''));
  if (brief) return [...headline, ...table, ...last];
  const known = findings.filter(({ status }) => status === 'known').length;
  return [
    ...headline,
    ...(table.length === 0 ? [] : ['', ...table]),
    ...toldAll(findings.filter(isOpen), space),
    ...pendingLines(findings, space),
    ...(known === 0 ? [] : ['', `Known of old, not told again: ${humanCount(known, 'finding')}.`]),
    '',
    ...last,
  ];
}

/** The verdict on the left, how complete it is and what it took on the right; below each other where both have no room. */
function headlineOf(report: Report, { width, colours }: Space): string[] {
  const verdict = verdictOf(report);
  const took = `${report.completeness}, ${secondsOf(report)}`;
  const room = width - widthOf(verdict);
  const paint = report.completeness === 'full' && report.summary.error === 0 ? colours.strong : colours.severity.error;
  return room > widthOf(took) + 1
    ? [paint(verdict) + padStart(took, room)]
    : [...wrap(verdict, width - 2, '').map((line, at) => paint(at === 0 ? line : `  ${line}`)), `  ${took}`];
}

const counted: readonly (readonly [verdict: Verdict, noun: string])[] = [
  ['tenant', 'tenant'],
  ['stream', 'stream'],
];

/** How much was looked at, and whether that was all: what one looks for at the end. */
function lastLines(report: Report): string[] {
  const { entries, completeness, findings, summary } = report;
  const parts = counted.flatMap(([verdict, noun]) => {
    const count = entries.filter((entry) => entry.verdict === verdict).length;
    return count === 0 ? [] : [humanCount(count, noun)];
  });
  const seen = [...parts, humanCount(summary.entries, 'entry', 'entries'), requestsOf(report)].join(', ');
  if (completeness === 'partial') {
    return [`Not everything was seen (${seen}): what is not told here may be there all the same.`];
  }
  if (findings.length === 0) return [`Everything was looked at and is fine: ${seen}.`];
  return [`Everything was looked at: ${seen}.`, 'Words: npx bucket-hygiene explain KIND'];
}

/** The last word on several buckets. */
function overall(reports: readonly Report[]): string {
  const count = (is: (report: Report) => boolean) => reports.filter(is).length;
  const failed = count(({ completeness }) => completeness === 'failed');
  const partial = count(({ completeness }) => completeness === 'partial');
  const isFull = ({ completeness }: Report) => completeness === 'full';
  const found = count((report) => isFull(report) && report.findings.some(isOpen));
  const clean = count((report) => isFull(report) && !report.findings.some(isOpen));
  const parts: [number, string][] = [
    [failed, 'could not be looked at'],
    [partial, 'seen in part'],
    [found, 'with findings'],
    [clean, 'clean'],
  ];
  const told = parts.filter(([many]) => many > 0).map(([many, what]) => `${String(many)} ${what}`);
  return `${humanCount(reports.length, 'bucket')}: ${told.join(', ')}.`;
}
