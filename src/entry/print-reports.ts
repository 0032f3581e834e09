import { writeFile } from 'node:fs/promises';
import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';
import { render } from '../report/formats.ts';
import { summaryLine } from '../report/summary.ts';
import type { AuditOptions, ReportOptions } from './options.ts';
import { pagesFor } from './pages.ts';
import { write, type Streams } from './streams.ts';
import { wantsColour, widthOf } from './terminal.ts';

/** Prints the document, and what a person wants to know besides. False when `--output` could not be written: then it is on stdout. */
export async function printReports(
  reports: Report[],
  array: boolean,
  options: ReportOptions & Partial<Pick<AuditOptions, 'failOn'>>,
  around: { env: NodeJS.ProcessEnv; streams: Streams },
): Promise<boolean> {
  const { env, streams } = around;
  // Interrupted before the first report: half a document would be worse than none.
  if (reports.length === 0) return true;
  const toFile = options.output !== null;
  const document = await render(options.format, reports, {
    array,
    width: toFile ? 80 : widthOf(streams.stdout, env),
    colour: !toFile && wantsColour(streams.stdout, env, options.noColor),
    now: new Date(),
    serverVersion: options.serverVersion,
    failOn: options.failOn ?? 'warning',
    pages: await pagesFor(options.format, reports),
  });
  let written = true;
  if (options.output === null) {
    await write(streams.stdout, document);
  } else {
    try {
      await writeFile(options.output, document);
    } catch (error) {
      written = false;
      const { code } = error as NodeJS.ErrnoException;
      await write(
        streams.stderr,
        `bucket-hygiene: --output ${displayText(options.output)} could not be written (${code ?? 'unknown'}), so the report is here\n`,
      );
      await write(streams.stdout, document);
    }
  }
  if ((toFile || options.format !== 'text') && !options.quiet) {
    for (const report of reports) await write(streams.stderr, `${summaryLine(report)}\n`);
  }
  return written;
}
