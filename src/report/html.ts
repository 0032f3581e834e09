import type { Report } from '../findings/report.ts';
import { overall } from './ending.ts';
import { findingsOf } from './html/cards.ts';
import { colophonOf, skippedOf } from './html/colophon.ts';
import { entriesOf } from './html/entries.ts';
import { bucketId, partId } from './html/ids.ts';
import { mapOf } from './html/map.ts';
import { markup, type Html } from './html/markup.ts';
import { overviewOf } from './html/overview.ts';
import { pageOf } from './html/page.ts';
import { preflightOf } from './html/preflight.ts';
import { rowsOf } from './html/rows.ts';
import { streamSizesOf } from './html/stream-sizes.ts';
import { timeLineOf } from './html/time-line.ts';
import { verdictHtml } from './html/verdict.ts';
import { nameOf } from './summary.ts';

interface HtmlOptions {
  /** For which Parseable a pre-flight was asked; null for the newest. */
  serverVersion: string | null;
}

/**
 * The reports as one HTML page that stands alone: no request leaves it, it is read with scripts off, in light and dark, on
 * paper and by a screen reader; scripts add sorting, filtering and switching. The same reports give the same text.
 */
export function renderHtml(
  reports: readonly Report[],
  { serverVersion }: HtmlOptions = { serverVersion: null },
): string {
  const [only] = reports;
  const what = reports.length === 1 && only !== undefined ? nameOf(only) : overall(reports).replace(/\.$/, '');
  const heading = markup`<h1>Bucket hygiene <span class="of">${what}</span></h1>
${overviewOf(reports, serverVersion)}`;
  return pageOf(
    `Bucket hygiene: ${what}`,
    heading,
    markup`${reports.map((report, bucket) => bucketHtml(report, bucket, serverVersion))}`,
  ).text;
}

function bucketHtml(report: Report, bucket: number, serverVersion: string | null): Html {
  const rows = rowsOf(report);
  const heading = partId(bucket, 'verdict-sentence');
  return markup`<section class="bucket" id="${bucketId(bucket)}" aria-labelledby="${heading}">
${verdictHtml(report, bucket, heading, serverVersion)}
${preflightOf(report, bucket)}
${mapOf(rows, bucket)}
${findingsOf(report, rows, bucket)}
${entriesOf(report, rows, bucket)}
${streamSizesOf(report, bucket)}
${timeLineOf(report, rows, bucket)}
${skippedOf(report, bucket)}
${colophonOf(report, bucket)}
</section>
`;
}
