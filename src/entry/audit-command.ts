import { loadConfig } from '../config/load.ts';
import type { Report } from '../findings/report.ts';
import { exitCode } from '../report/exit.ts';
import { auditOne } from './audit-one.ts';
import { listenForStop, type SignalSource } from './interrupt.ts';
import type { AuditOptions } from './options.ts';
import { checkEnvironment, checkOutput, checkState } from './preconditions.ts';
import { printReports } from './print-reports.ts';
import { noProgress, showProgress } from './progress.ts';
import { write, type Streams } from './streams.ts';
import { connectionOfOptions, targetOf } from './targets.ts';
import { wantsProgress } from './terminal.ts';

/** What the audits by hand reach outside themselves. */
interface AuditSurroundings {
  env: NodeJS.ProcessEnv;
  streams: Streams;
  signals: SignalSource;
  /** Ends the program at once, at the second interrupt. */
  quit: (code: number) => void;
}

const interruptedCode = 130;
const incompleteCode = 3;
const unreachableCode = 4;

/**
 * `bucket-hygiene audit`: audits each bucket in the order named, prints one document, and answers the exit code.
 * @throws UsageError and ConfigError before any request to a watched bucket.
 */
export async function runAudit(names: string[], options: AuditOptions, around: AuditSurroundings): Promise<number> {
  const { env, streams } = around;
  checkEnvironment(env);
  await checkOutput(options.output);
  const inEnvironment = env['BUCKET_HYGIENE_CONFIG'] === '' ? null : env['BUCKET_HYGIENE_CONFIG'];
  const config = await loadConfig(options.config ?? inEnvironment ?? null, connectionOfOptions(options));
  const targets = names.map((name) => targetOf(name, config, options));
  checkState(options.state, targets, config);

  const say = (line: string) => write(streams.stderr, `bucket-hygiene: ${line}\n`);
  const progress = wantsProgress(streams.stderr, env, options.quiet) ? showProgress(streams.stderr) : noProgress;
  const stop = listenForStop({
    source: around.signals,
    maxDurationMs: options.maxDurationMs,
    onInterrupt: () => {
      progress.clear();
      void say('interrupted, telling what was seen so far (again to quit at once)');
    },
    onSecond: () => {
      around.quit(interruptedCode);
    },
  });
  try {
    const reports: Report[] = [];
    const surprises: Error[] = [];
    let troubled = false;
    for (const target of targets) {
      try {
        const { report, trouble } = await auditOne(target, options, stop, progress);
        if (report !== null) reports.push(report);
        progress.clear();
        if (trouble !== null) await say(trouble);
        troubled ||= trouble !== null;
      } catch (error) {
        // A fault of this program in one bucket must not take the reports of the others away.
        surprises.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    progress.clear();
    const written = await printReports(reports, names.length > 1, options, around);
    const [surprise] = surprises;
    if (surprise !== undefined) throw surprise;
    if (stop.reason() === 'interrupted') return interruptedCode;
    const code = exitCode(reports, options.failOn);
    return (troubled || !written) && code !== unreachableCode ? incompleteCode : code;
  } finally {
    progress.clear();
    stop.dispose();
  }
}
