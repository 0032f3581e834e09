import type { Finding, Report } from '../findings/report.ts';
import { endingOf, overall } from './ending.ts';
import { code, prose } from './markdown/escape.ts';
import { aside, findingsOf, remedyOf } from './markdown/findings.ts';
import { entriesOf } from './markdown/table.ts';
import { obstaclesOf, serverOf, whyReady } from './obstacles.ts';
import { skippedTexts } from './skipped.ts';
import { isOpen, requestsOf, secondsOf, verdictOf } from './summary.ts';

interface MarkdownOptions {
  now: Date;
  /** For which Parseable a pre-flight was asked; null for the newest. */
  serverVersion: string | null;
}

/**
 * The reports as Markdown of GitHub's flavour, for a ticket or the summary of a job: for each bucket a heading with the
 * verdict, a table of what needs an eye, each finding with what to do, the evidence folded. No key does anything in it
 * (`markdown/escape.ts`). Ends with a line feed.
 */
export function renderMarkdown(reports: readonly Report[], options: MarkdownOptions): string {
  const blocks = reports.flatMap((report) => bucketOf(report, options));
  return `${[...(reports.length > 1 ? [prose(overall(reports))] : []), ...blocks].join('\n\n')}\n`;
}

function bucketOf(report: Report, { now, serverVersion }: MarkdownOptions): string[] {
  const { completeness, findings, preflight } = report;
  const top = [`## ${prose(verdictOf(report, serverOf(report, serverVersion)))}`, runOf(report)];
  if (completeness === 'failed') {
    return [
      ...top,
      ...findings.flatMap((finding) => [prose(finding.message), ...remedyOf(finding)]),
      'Not one page could be listed: nothing is known about this bucket.',
    ];
  }
  const ending = endingOf(report).map(prose);
  const entries = entriesOf(report, now);
  if (preflight !== undefined) {
    const { obstacles, others, reasons } = obstaclesOf(report, preflight);
    return [
      ...top,
      ...(preflight.ready ? [prose(whyReady(report))] : []),
      ...section('In the way, and what to do now', reasons, obstacles),
      ...section('Not in the way, but worth knowing', [], others),
      ...section('What would bite later', preflight.advice, []),
      ...section('Not looked at', skippedTexts(report), []),
      ...entries,
      ...ending,
    ];
  }
  const having = (status: Finding['status']) => findings.filter((finding) => finding.status === status);
  return [
    ...top,
    ...entries,
    ...findingsOf(findings.filter(isOpen), 3),
    ...aside(having('pending'), 'Pending: it may be in the making, or being deleted, and counts for nothing yet.'),
    ...aside(having('known'), 'Known from the baseline, and counted for nothing:'),
    ...ending,
  ];
}

const modes: Record<Report['mode'], string> = { audit: 'audit', deep: 'deep audit', preflight: 'pre-flight' };

/** `full audit, 2026-11-24 06:00 UTC, 31 requests, 1.8 s, by bucket-hygiene 0.1.0` */
const runOf = (report: Report): string =>
  [
    `${report.completeness} ${modes[report.mode]}`,
    `${report.startedAt.slice(0, 16).replace('T', ' ')} UTC`,
    requestsOf(report),
    secondsOf(report),
    `by ${code(`${report.tool.name} ${report.tool.version}`)}`,
  ].join(', ');

function section(heading: string, points: readonly string[], findings: readonly Finding[]): string[] {
  if (points.length === 0 && findings.length === 0) return [];
  const list = points.map((text) => `- ${prose(text)}`).join('\n');
  return [`### ${heading}`, ...(list === '' ? [] : [list]), ...findingsOf(findings, 4)];
}
