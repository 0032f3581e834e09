import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeAlert, type Alert } from '../../src/alerts/mail.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { parseArguments } from '../../src/entry/args.ts';
import type { AuditOptions } from '../../src/entry/options.ts';
import { printReports } from '../../src/entry/print-reports.ts';
import { showProgress } from '../../src/entry/progress.ts';
import type { Report } from '../../src/findings/report.ts';
import { formatNames } from '../../src/report/formats.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import { emptyMemory, type Memory } from '../../src/history/memory.ts';
import { newsOf, type News } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';

const optionsOf = (format: string): AuditOptions => {
  const command = parseArguments(['audit', 's3://logs', '--format', format]);
  if (command.name !== 'audit') throw new Error(`${format} makes it ${command.name}`);
  return command.options;
};

/** Every format that the command line has. One that is built later is tested by itself. */
export const formats: readonly string[] = formatNames;

/** What is printed somewhere, and how. */
export interface Printed {
  how: string;
  format: string;
  coloured: boolean;
  text: string;
}

/** Prints reports in every format on streams, narrow and wide, with and without colours. */
export async function printedOf(reports: Report[], widths: readonly number[] = [40, 250]): Promise<Printed[]> {
  const all: Printed[] = [];
  for (const format of formats) {
    for (const width of widths) {
      for (const coloured of [false, true]) {
        const out: string[] = [];
        const err: string[] = [];
        const stream = (to: string[]) => ({
          write: (text: string, done?: () => void) => {
            to.push(text);
            done?.();
          },
        });
        const env = { COLUMNS: String(width), FORCE_COLOR: coloured ? '1' : '0' };
        const options = optionsOf(format);
        await printReports(reports, reports.length > 1, options, {
          env,
          streams: { stdout: stream(out), stderr: stream(err) },
        });
        const how = `${format}, ${String(width)} columns${coloured ? ', coloured' : ''}`;
        all.push({ how, format, coloured, text: out.join('') });
        if (err.length > 0) all.push({ how: `${how}, stderr`, format: 'summary', coloured: false, text: err.join('') });
      }
    }
  }
  return all;
}

/** Prints reports in every format into a file, as `--output` does. */
export async function filedOf(reports: Report[]): Promise<Printed[]> {
  const all: Printed[] = [];
  for (const format of formats) {
    const options = optionsOf(format);
    const folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-output-'));
    const output = join(folder, 'report');
    const silent = { write: (_: string, done?: () => void) => done?.() };
    await printReports(
      reports,
      reports.length > 1,
      { ...options, output },
      {
        env: { FORCE_COLOR: '1' },
        streams: { stdout: silent, stderr: silent },
      },
    );
    all.push({ how: `${format}, a file`, format, coloured: false, text: readFileSync(output, 'utf8') });
    rmSync(folder, { recursive: true });
  }
  return all;
}

/** What the line of progress shows of a bucket. */
export function progressOf(bucket: string): string {
  const shown: string[] = [];
  const progress = showProgress({ write: (text) => shown.push(text), columns: 60 }, () => 0);
  progress.tell(bucket, { done: 1, total: 2, phase: 'looking' });
  return shown
    .join('')
    .replace(/^\r/, '')
    .replace(/\u001b\[K$/, '');
}

/** One run of the monitor after another over the same bucket: what each reports, tells and remembers. */
export interface Run {
  report: Report;
  news: News | null;
  alert: Alert | null;
  memory: Memory;
}

/** Judges, tells and remembers an outcome, as the Lambda does, the least severity told. */
export function runOf(outcome: Outcome, before: Memory | null = null): Run {
  const memory = before ?? emptyMemory(outcome.bucket.name);
  const now = new Date(outcome.startedAt);
  const settings = { minSeverity: 'note', remindAfterHours: 168 } as const;
  const report = assembleReport(outcome, judge(memory, outcome, now));
  const news = newsOf(memory, outcome, report, settings, now);
  const alert =
    news === null
      ? null
      : composeAlert(news, report, {
          bucket: { ...outcome.bucket, ignoreKinds: [] },
          reportUrl: 's3://ops-state/bucket-hygiene/bucket/2026-11-24T06-00-00Z.json',
          runId: '01KB0M1ZQ8Y6V3T9D2N4XWCEHR',
          now,
        });
  return { report, news, alert, memory: remember(memory, outcome, report, { now, told: news !== null, settings }) };
}
