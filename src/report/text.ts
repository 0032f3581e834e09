import type { Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import { coloursFor } from './colours.ts';
import { costText } from './cost.ts';
import { knownLines } from './known.ts';
import { preflightLines, serverOf } from './preflight.ts';
import { missedTexts } from './skipped.ts';
import type { Space } from './space.ts';
import { isOpen, requestsOf, secondsOf, verdictOf } from './summary.ts';
import { tableOf } from './table.ts';
import { pendingLines, remedyLines, toldAll } from './told.ts';
import { padStart, widthOf, wrap } from './width.ts';

export interface TextOptions {
  /** Columns to lay it out for. */
  width: number;
  colour: boolean;
  now: Date;
  /** For which Parseable a pre-flight was asked; null for the newest. */
  serverVersion?: string | null;
}

/** Lines longer than this are hard to read, however wide the terminal. */
const widest = 100;

/**
 * The reports for a person: for each bucket the verdict first, one table, each finding with what to do, and at the end what
 * was looked at. The same text on a terminal and in a pipe, but for colours. Ends with a line feed.
 */
export function renderText(
  reports: readonly Report[],
  { width, colour, now, serverVersion = null }: TextOptions,
): string {
  const space = { width: Math.min(width, widest), colours: coloursFor(colour), now };
  const parts = reports.map((report) => renderOne(report, serverVersion, space));
  if (reports.length > 1) parts.push(wrap(overall(reports), space.width, ''));
  return `${parts.map((lines) => lines.join('\n')).join('\n\n\n')}\n`;
}

function renderOne(report: Report, serverVersion: string | null, space: Space): string[] {
  const { width } = space;
  const { completeness, findings, preflight } = report;
  const headline = headlineOf(report, serverVersion, space);
  if (completeness === 'failed') {
    return [
      ...headline,
      ...findings.flatMap((finding) => [...wrap(finding.message, width, '  '), ...remedyLines(finding, space)]),
      ...wrap('Not one page could be listed: nothing is known about this bucket.', width, ''),
    ];
  }
  const last = lastLines(report).flatMap((line) => wrap(line, width, ''));
  if (preflight !== undefined) return [...headline, ...preflightLines(report, preflight, space), '', ...last];
  const brief = completeness === 'full' && findings.length === 0;
  const table = tableOf(report, { ...space, brief });
  if (brief) return [...headline, ...table, ...last];
  return [
    ...headline,
    ...(table.length === 0 ? [] : ['', ...table]),
    ...toldAll(findings.filter(isOpen), space),
    ...pendingLines(findings, space),
    ...knownLines(findings, space),
    '',
    ...last,
  ];
}

/** The verdict on the left, how complete it is and what it took on the right; below each other where both have no room. */
function headlineOf(report: Report, serverVersion: string | null, { width, colours }: Space): string[] {
  const verdict = verdictOf(report, serverOf(report, serverVersion));
  const took = `${report.completeness}, ${secondsOf(report)}`;
  const room = width - widthOf(verdict);
  const well = report.completeness === 'full' && report.summary.error === 0 && report.preflight?.ready !== false;
  const paint = well ? colours.strong : colours.severity.error;
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
  const cost = costText(report);
  // A pre-flight tells at length what was not looked at.
  const missed = report.preflight === undefined ? missedTexts(report) : [];
  const aside = [
    ...(cost === null ? [] : [`Paid for: ${cost}.`]),
    ...(missed.length === 0 ? [] : [`Not looked at: ${missed.join('; ')}.`]),
  ];
  if (completeness === 'partial') {
    return [...aside, `Not everything was seen (${seen}): what is not told here may be there all the same.`];
  }
  const rest = missed.length > 0 || (report.preflight !== undefined && report.skipped.length > 0);
  const looked = `Everything${rest ? ' else' : ''} was looked at`;
  if (findings.length === 0 && report.preflight?.ready !== false) return [...aside, `${looked} and is fine: ${seen}.`];
  return [...aside, `${looked}: ${seen}.`, 'Words: npx bucket-hygiene explain KIND'];
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
