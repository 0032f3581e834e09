import { displayText } from '../findings/display.ts';
import { severities } from '../findings/kinds.ts';
import type { Report } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';

/** "1 error, 2 warnings", gravest first; "no findings" where there are none. */
export function countsOf({ summary }: Report): string {
  const parts = severities
    .toReversed()
    .filter((severity) => summary[severity] > 0)
    .map((severity) => humanCount(summary[severity], severity));
  return parts.length === 0 ? 'no findings' : parts.join(', ');
}

/** Seconds an audit took, with one digit. */
export const secondsOf = ({ startedAt, finishedAt }: Report): string =>
  `${((Date.parse(finishedAt) - Date.parse(startedAt)) / 1_000).toFixed(1)} s`;

/** Requests an audit sent. */
export const requestsOf = ({ requests }: Report): number =>
  requests.list + requests.get + requests.head + requests.other;

/** One line about one audit, for logs and for stderr. */
export function summaryLine(report: Report): string {
  const name = displayText(report.bucket.name);
  const cost = `${humanCount(requestsOf(report), 'request')}, ${secondsOf(report)}`;
  if (report.completeness === 'failed') {
    const [failure] = report.findings;
    return `${name}: could not be looked at${failure === undefined ? '' : `: ${failure.message}`} (${cost})`;
  }
  const pending = report.findings.filter(({ status }) => status === 'pending').length;
  const waiting = pending === 0 ? '' : `, ${String(pending)} pending`;
  return `${name}: ${countsOf(report)}${waiting} in ${humanCount(report.summary.entries, 'entry', 'entries')} (${report.completeness}, ${cost})`;
}
