import { createHash } from 'node:crypto';
import { nameOf, type Asked, type RunTrace, type Trace } from './trace.ts';

const requestLine = ({ attempt, operation, target, status, fault, fate }: Asked): string =>
  `  ${String(status ?? '---')} ${operation} ${target} #${String(attempt)}${fault === null ? '' : `  <- ${JSON.stringify(fault)}`}${fate === 'fine' ? '' : ` (${fate})`}`;

const list = (lines: readonly string[]): string[] =>
  lines.length === 0 ? ['  nothing'] : lines.map((line) => `  ${line}`);

function runLines({
  plan,
  at,
  asked,
  moments,
  report,
  exit,
  sent,
  troubles,
  accesses,
  memory,
  crash,
}: RunTrace): string[] {
  const told = (findings: readonly { kind: string; subject: string; severity: string; status: string }[]) =>
    findings.map((finding) => `${nameOf(finding)} (${finding.severity}, ${finding.status})`);
  return [
    `plan ${JSON.stringify(plan)}`,
    `clock ${at.toISOString()}`,
    'requests',
    ...(asked.length === 0 ? list([]) : asked.map(requestLine)),
    'state',
    ...list(accesses.map(({ on, fault, answer }) => `${on} ${answer}${fault === null ? '' : `  <- ${fault}`}`)),
    ...moments.flatMap((moment, index) => [
      `expected at moment ${String(index + 1)}`,
      ...list(told(moment.findings)),
      `  rows ${JSON.stringify(moment.verdicts)}`,
    ]),
    `came out ${report === null ? 'nothing' : `${report.completeness}, exit code ${String(exit)}`}`,
    ...list(told(report?.findings ?? [])),
    `  rows ${JSON.stringify(Object.fromEntries((report?.entries ?? []).map(({ name, verdict }) => [name, verdict])))}`,
    'alerts',
    ...list(
      sent.map(({ status, news, delivered, answered }) => {
        const parts = Object.entries({
          new: news?.fresh.map(({ finding }) => nameOf(finding)),
          worse: news?.worse.map(({ finding }) => nameOf(finding)),
          reminders: news?.reminders.map(({ finding }) => nameOf(finding)),
          resolved: news?.resolved.map(nameOf),
        });
        const what = parts.filter(([, names]) => (names ?? []).length > 0);
        return `${status} ${JSON.stringify(Object.fromEntries(what))}${delivered ? '' : ', lost'}${answered ? '' : ', unanswered'}`;
      }),
    ),
    'troubles',
    ...list(troubles),
    'remembered',
    ...list(
      Object.values(memory?.findings ?? {}).map(
        (record) =>
          `${nameOf(record)} reported ${record.reported ?? 'never'}, told ${record.told?.at ?? 'never'}, resolved ${JSON.stringify(record.resolved)}`,
      ),
    ),
    ...(crash === null ? [] : ['crash', crash]),
  ];
}

/** All of a trace as text: what was planned, asked, expected, and what came out. The same for the same seed. */
export function traceText({ schedule, runs }: Trace): string {
  const { runs: plans, ...fixed } = schedule;
  const head = `schedule ${JSON.stringify(fixed)}, ${String(plans.length)} runs`;
  return [head, ...runs.flatMap((run, index) => [``, `RUN ${String(index + 1)}`, ...runLines(run)])].join('\n');
}

/** A digest of all that a schedule did, the printed reports and alerts included. */
export function traceDigest(trace: Trace): string {
  const texts = trace.runs.flatMap((run) => run.texts);
  return createHash('sha256').update(traceText(trace)).update(JSON.stringify(texts)).digest('hex').slice(0, 16);
}
