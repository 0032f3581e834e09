import { atLeast, type Severity } from '../findings/kinds.ts';
import type { Report } from '../findings/report.ts';

const findingsReach = (report: Report, failOn: Severity | 'never'): boolean =>
  failOn !== 'never' &&
  report.findings.some(
    ({ status, severity }) => status !== 'pending' && status !== 'known' && atLeast(severity, failOn),
  );

/** The exit code of an audit, the worst of: 4 failed, 3 partial, 1 findings at or above the threshold, 0 clean. */
export function exitCode(reports: readonly Report[], failOn: Severity | 'never'): 0 | 1 | 3 | 4 {
  if (reports.some(({ completeness }) => completeness === 'failed')) return 4;
  if (reports.some(({ completeness }) => completeness === 'partial')) return 3;
  return reports.some((report) => findingsReach(report, failOn)) ? 1 : 0;
}

/** The exit code of a pre-flight: 4 failed, 3 partial, 1 not ready, 0 ready. */
export function preflightCode({ completeness, preflight }: Report): 0 | 1 | 3 | 4 {
  if (completeness === 'failed') return 4;
  if (completeness === 'partial') return 3;
  return preflight?.ready === true ? 0 : 1;
}
