import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';
import { exitCode } from '../report/exit.ts';
import { auditOne } from './audit-one.ts';
import { openBaselines, renewBaselineFile, staleLines } from './baselines.ts';
import {
  byHand,
  incompleteCode,
  interruptedCode,
  tellingSoFar,
  unreachableCode,
  type Surroundings,
} from './by-hand.ts';
import type { AuditOptions } from './options.ts';
import { checkPlanFolder, planFolderOf } from './plan-folder.ts';
import { planOne } from './plan-one.ts';
import { checkEnvironment, checkOutput, checkState } from './preconditions.ts';
import { peersByHand } from './peers-by-hand.ts';
import { printReports } from './print-reports.ts';
import { configOf, targetOf } from './targets.ts';

/**
 * `bucket-hygiene audit`: audits each bucket in the order named, prints one document, renews the baseline, and answers the
 * exit code.
 * @throws UsageError and ConfigError before any request to a watched bucket.
 */
export async function runAudit(names: string[], options: AuditOptions, around: Surroundings): Promise<number> {
  const { env } = around;
  checkEnvironment(env);
  await checkOutput(options.output);
  const known = await openBaselines(options);
  const config = await configOf(options, env);
  const targets = names.map((name) => targetOf(name, config, options));
  checkState(options.state, targets, config);
  const planFolder = (name: string) =>
    options.plan === null ? null : planFolderOf(options.plan, name, names.length > 1);
  for (const folder of names.map(planFolder)) if (folder !== null) await checkPlanFolder(folder);

  return await byHand(around, options, tellingSoFar, async ({ stop, progress, say }) => {
    const peers = await peersByHand({ targets, config, options, state: options.state }, stop, progress);
    const common = { known, peers, price: config.storagePrice };
    const reports: Report[] = [];
    const surprises: Error[] = [];
    let troubled = false;
    for (const target of targets) {
      try {
        const { report, trouble } = await auditOne(target, options, common, stop, progress);
        if (report !== null) reports.push(report);
        progress.clear();
        if (trouble !== null) await say(trouble);
        troubled ||= trouble !== null;
        const folder = planFolder(target.bucket.name);
        if (folder === null || report === null) continue;
        const planned = await planOne(folder, report, target, options, stop);
        if (!options.quiet || planned.trouble) await say(planned.line);
        troubled ||= planned.trouble;
      } catch (error) {
        // A fault of this program in one bucket must not take the reports of the others away.
        surprises.push(error instanceof Error ? error : new Error(String(error)));
      }
    }
    progress.clear();
    const written = await printReports(reports, names.length > 1, options, around);
    for (const line of reports.flatMap((report) => staleLines(known, report))) await say(line);
    const [surprise] = surprises;
    if (surprise !== undefined) throw surprise;
    const audited = exitCode(reports, options.failOn);
    const code =
      stop.reason() === 'interrupted'
        ? interruptedCode
        : (troubled || !written) && audited !== unreachableCode
          ? incompleteCode
          : audited;
    if (options.writeBaseline === null) return code;
    if (code !== 0 && code !== 1) {
      await say(`the baseline ${displayText(options.writeBaseline)} was not written: ${unfinished[code]}`);
      return code;
    }
    const renewed = await renewBaselineFile(options.writeBaseline, known, reports);
    if (!renewed.written || !options.quiet) await say(renewed.words);
    return renewed.written ? 0 : incompleteCode;
  });
}

/** Why no baseline is written, by the exit code. */
const unfinished = {
  3: 'not everything was seen, or the report or the state made trouble',
  4: 'a bucket could not be looked at',
  130: 'the audit was interrupted',
} as const;
