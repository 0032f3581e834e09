import { displayText } from '../findings/display.ts';
import { answerText, failedRequestOf } from '../findings/failed-request.ts';
import { severities } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { humanCount, humanNumber } from '../findings/units.ts';
import { costText } from './cost.ts';

/** True for findings that count: what is pending or known from a baseline does not. */
export const isOpen = ({ status }: Finding): boolean => status === 'new' || status === 'ongoing';

/** `1 error, 2 warnings`, gravest first; empty where there are none. */
export const countsOf = ({ summary }: Report): string =>
  severities
    .toReversed()
    .filter((severity) => summary[severity] > 0)
    .map((severity) => humanCount(summary[severity], severity))
    .join(', ');

/** How long an audit took: `1.8 s`. */
export const secondsOf = ({ startedAt, finishedAt }: Report): string =>
  `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000).toFixed(1)} s`;

/** How many requests an audit sent: `31 requests`. */
export const requestsOf = ({ requests }: Report): string =>
  humanCount(requests.list + requests.get + requests.head + requests.other, 'request');

/** `logs-prod (prod)`, as display text. */
export const nameOf = ({ bucket }: Report): string =>
  displayText(bucket.environment === null ? bucket.name : `${bucket.name} (${bucket.environment})`);

/**
 * The verdict on a bucket in a few words, its name first: `logs-prod (prod): 1 error, 1 warning in 16 entries`, and of a
 * pre-flight `logs-new: ready for Parseable 2.9.5`. Names no key.
 * @param server what a pre-flight's answer is for
 */
export function verdictOf(report: Report, server = 'Parseable'): string {
  const name = nameOf(report);
  const { preflight } = report;
  if (report.completeness === 'failed') return `${name}: could not be looked at`;
  if (preflight !== undefined) {
    // Of a partial look the first reason is that it was partial: alone, it is no obstacle that anybody saw.
    const unsure = report.completeness === 'partial' && preflight.reasons.length === 1;
    return `${name}: ${unsure ? 'not known to be ' : preflight.ready ? '' : 'not '}ready for ${server}`;
  }
  const entries = humanCount(report.summary.entries, 'entry', 'entries');
  const counts = countsOf(report);
  const many = (status: Finding['status']) => report.findings.filter((finding) => finding.status === status).length;
  const pending = many('pending');
  const known = many('known');
  const waiting = pending === 0 ? '' : `, ${humanNumber(pending)} more pending`;
  const aside = known === 0 ? '' : `, ${humanNumber(known)} known`;
  if (report.completeness === 'partial') {
    return `${name}: not everything was seen, ${counts === '' ? 'nothing found so far' : counts}${waiting}${aside}`;
  }
  if (counts !== '') return `${name}: ${counts} in ${entries}${waiting}${aside}`;
  return pending === 0
    ? `${name}: clean${aside}, ${entries}`
    : `${name}: clean so far, ${humanNumber(pending)} pending${aside}, ${entries}`;
}

/**
 * One line about one audit, for logs and for stderr: the verdict, what alien data costs, how complete it is, and what it
 * took. Names no key.
 */
export function summaryLine(report: Report): string {
  const failed =
    report.completeness === 'failed' ? report.findings.map(({ evidence }) => failedRequestOf(evidence)) : [];
  const [request] = failed;
  const answer = request === null || request === undefined ? '' : `: ${answerText(request)}`;
  const cost = costText(report);
  return `${verdictOf(report)}${cost === null ? '' : `, ${cost}`}${answer} (${report.completeness}, ${requestsOf(report)}, ${secondsOf(report)})`;
}
