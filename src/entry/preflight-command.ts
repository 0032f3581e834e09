import type { Outcome } from '../audit/outcome.ts';
import type { Report } from '../findings/report.ts';
import { assembleReport } from '../history/assemble.ts';
import { judge } from '../history/judge.ts';
import { preflightCode } from '../report/exit.ts';
import {
  byHand,
  incompleteCode,
  interruptedCode,
  tellingSoFar,
  unreachableCode,
  type Surroundings,
} from './by-hand.ts';
import { lookByHand } from './look-by-hand.ts';
import type { ReportOptions } from './options.ts';
import { peersByHand } from './peers-by-hand.ts';
import { checkEnvironment, checkOutput } from './preconditions.ts';
import { printReports } from './print-reports.ts';
import { configOf, targetOf } from './targets.ts';

/**
 * `bucket-hygiene preflight`: looks at a bucket that is to be given to a server, tells whether it may be, and answers the
 * exit code. Remembers nothing, neither before nor after.
 * @throws UsageError and ConfigError before any request to the bucket.
 */
export async function runPreflight(name: string, options: ReportOptions, around: Surroundings): Promise<number> {
  checkEnvironment(around.env);
  await checkOutput(options.output);
  const config = await configOf(options, around.env);
  const target = targetOf(name, config, options);
  return await byHand(around, options, tellingSoFar, async ({ stop, progress, say }) => {
    const peers = await peersByHand({ targets: [target], config, options, state: null }, stop, progress);
    const startedAt = new Date();
    const about = { startedAt, mode: 'preflight', peers, price: config.storagePrice } as const;
    const outcome = await lookByHand(target, options, { stop, progress }, about);
    progress.clear();
    if (outcome === null) {
      await say(`${name}: interrupted before anything could be told`);
      return interruptedCode;
    }
    const report = preflightReport(outcome, startedAt);
    const written = await printReports(
      [report],
      false,
      { ...options, serverVersion: target.bucket.serverVersion },
      around,
    );
    if (stop.reason() === 'interrupted') return interruptedCode;
    const code = preflightCode(report);
    return written || code === unreachableCode ? code : incompleteCode;
  });
}

/** The report of a pre-flight. Nothing is pending before a server writes: what is there now is what it finds. */
export function preflightReport(outcome: Outcome, startedAt: Date): Report {
  const candidates = outcome.candidates.map((candidate) => ({ ...candidate, grace: null }));
  return assembleReport(outcome, judge(null, { ...outcome, candidates }, startedAt));
}
