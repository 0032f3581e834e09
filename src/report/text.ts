import type { Report } from '../findings/report.ts';
import { coloursFor } from './colours.ts';
import { endingOf, overall } from './ending.ts';
import { knownLines } from './known.ts';
import { serverOf } from './obstacles.ts';
import { preflightLines } from './preflight.ts';
import type { Space } from './space.ts';
import { isOpen, secondsOf, verdictOf } from './summary.ts';
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
  const words = wantsWords(report) ? ['Words: npx bucket-hygiene explain KIND'] : [];
  const last = [...endingOf(report), ...words].flatMap((line) => wrap(line, width, ''));
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

/** How to read on is told where there is something to read about. Of a partial audit the last word is that it was one. */
const wantsWords = ({ completeness, findings, preflight }: Report): boolean =>
  completeness === 'full' && (findings.length > 0 || preflight?.ready === false);

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
