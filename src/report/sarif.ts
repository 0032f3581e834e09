import { displayJson } from '../findings/display.ts';
import { isKind, kinds } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { base } from './sarif/location.ts';
import { notificationsOf } from './sarif/notifications.ts';
import { resultOf } from './sarif/results.ts';
import { rulesOf, type Pages } from './sarif/rules.ts';
import { messageText } from './sarif/text.ts';
import { isOpen } from './summary.ts';
import { inOrder } from './told.ts';

/** GitHub shows so many results of a run, and would choose by itself what to leave out of more. */
const mostResults = 5_000;

/**
 * The reports as SARIF 2.1.0 for code scanning: a run for each bucket, of a category of its own. What is known of old or
 * pending is no result: GitHub makes an open alert of every result, suppressed ones too. Keys are exact in logical names
 * and evidence once parsed, display text in messages, percent-encoded in addresses. Ends with a line feed.
 * @param pages the help of the rules
 */
export function renderSarif(reports: readonly Report[], { pages }: { pages: Pages }): string {
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: reports.map((report) => runOf(report, pages)),
  };
  return `${displayJson(JSON.stringify(log, null, 2))}\n`;
}

function runOf(report: Report, pages: Pages) {
  const { tool, bucket, mode, completeness, startedAt, finishedAt, findings, summary, preflight } = report;
  const open = inOrder(findings.filter(isOpen));
  const shown = open.slice(0, mostResults);
  const rules = Object.keys(kinds)
    .filter(isKind)
    .filter((kind) => shown.some((finding) => finding.kind === kind));
  const many = (status: Finding['status']) => findings.filter((finding) => finding.status === status).length;
  return {
    tool: {
      driver: {
        name: tool.name,
        version: tool.version,
        semanticVersion: tool.version,
        rules: rulesOf(rules, pages),
      },
    },
    // What stands before the last slash is the category: the results of one bucket replace those of the same bucket alone.
    automationDetails: { id: `${tool.name}/${bucket.name}/` },
    columnKind: 'utf16CodeUnits',
    originalUriBaseIds: {
      [base]: {
        description: {
          text: messageText(
            `The buckets of ${bucket.endpoint ?? 'Amazon S3'}: each address begins with a bucket, then the key.`,
          ),
        },
      },
    },
    invocations: [
      {
        executionSuccessful: completeness === 'full',
        startTimeUtc: startedAt,
        endTimeUtc: finishedAt,
        toolExecutionNotifications: notificationsOf(report, open.length - shown.length),
      },
    ],
    results: shown.map((finding) => resultOf(report, finding, rules)),
    properties: {
      bucket,
      mode,
      completeness,
      summary,
      known: many('known'),
      pending: many('pending'),
      ...(preflight === undefined ? {} : { preflight }),
    },
  };
}
