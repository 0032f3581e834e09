import type { Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import { costText } from './cost.ts';
import { depthText } from './depth.ts';
import { missedTexts } from './skipped.ts';
import { isOpen, requestsOf } from './summary.ts';

const counted: readonly (readonly [verdict: Verdict, noun: string])[] = [
  ['tenant', 'tenant'],
  ['stream', 'stream'],
];

/** How much was looked at, and whether that was all: what one looks for at the end. A paragraph each; display text. */
export function endingOf(report: Report): string[] {
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
    ...(report.depth === undefined ? [] : [`Looked into ${depthText(report.depth)}.`]),
    ...(cost === null ? [] : [`Paid for: ${cost}.`]),
    ...(missed.length === 0 ? [] : [`Not looked at: ${missed.join('; ')}.`]),
  ];
  if (completeness === 'partial') {
    return [...aside, `Not everything was seen (${seen}): what is not told here may be there all the same.`];
  }
  const rest = missed.length > 0 || (report.preflight !== undefined && report.skipped.length > 0);
  const looked = `Everything${rest ? ' else' : ''} was looked at`;
  if (findings.length === 0 && report.preflight?.ready !== false) return [...aside, `${looked} and is fine: ${seen}.`];
  return [...aside, `${looked}: ${seen}.`];
}

/** The last word on several buckets: `2 buckets: 1 with findings, 1 clean.` */
export function overall(reports: readonly Report[]): string {
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
