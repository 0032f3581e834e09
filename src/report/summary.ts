import { displayText } from '../findings/display.ts';
import { answerText, failedRequestOf } from '../findings/failed-request.ts';
import { severities } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { humanCount, humanNumber } from '../findings/units.ts';

/** True for findings that count: what is pending or known of old does not. */
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

/** The verdict on a bucket in a few words, its name first: `logs-prod (prod): 1 error, 1 warning in 16 entries`. Names no key. */
export function verdictOf(report: Report): string {
  const name = nameOf(report);
  if (report.completeness === 'failed') return `${name}: could not be looked at`;
  const entries = humanCount(report.summary.entries, 'entry', 'entries');
  const counts = countsOf(report);
  const pending = report.findings.filter(({ status }) => status === 'pending').length;
  const waiting = pending === 0 ? '' : `, ${humanNumber(pending)} more pending`;
  if (report.completeness === 'partial') {
    return `${name}: not everything was seen, ${counts === '' ? 'nothing found so far' : counts}${waiting}`;
  }
  if (counts !== '') return `${name}: ${counts} in ${entries}${waiting}`;
  return pending === 0
    ? `${name}: clean, ${entries}`
    : `${name}: clean so far, ${humanNumber(pending)} pending, ${entries}`;
}

/** One line about one audit, for logs and for stderr: the verdict, how complete it is, and what it took. Names no key. */
export function summaryLine(report: Report): string {
  const failed =
    report.completeness === 'failed' ? report.findings.map(({ evidence }) => failedRequestOf(evidence)) : [];
  const [request] = failed;
  const answer = request === null || request === undefined ? '' : `: ${answerText(request)}`;
  return `${verdictOf(report)}${answer} (${report.completeness}, ${requestsOf(report)}, ${secondsOf(report)})`;
}
