import { openBucket } from '../bucket/bucket.ts';
import { openTails } from '../bucket/tail.ts';
import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';
import { makePlan, type Plan } from '../repair/plan.ts';
import { planFiles } from '../repair/plan-files.ts';
import type { Stop } from './interrupt.ts';
import type { AuditOptions } from './options.ts';
import { writePlanFolder } from './plan-folder.ts';
import type { Target } from './targets.ts';

/** What became of the plan for one bucket: a line for the person, and whether something stood in its way. */
export interface Planned {
  line: string;
  trouble: boolean;
}

/** Plans what would put the metadata of an audited bucket right, and writes it into a folder. The bucket is only read. */
export async function planOne(
  folder: string,
  report: Report,
  { bucket: { name }, connection }: Target,
  { concurrency }: Pick<AuditOptions, 'concurrency'>,
  stop: Stop,
): Promise<Planned> {
  if (report.completeness === 'failed')
    return { line: `${name}: no plan, the bucket could not be looked at`, trouble: true };
  const options = { concurrency, signal: stop.signal };
  const bucket = openBucket(name, connection, options);
  const tails = openTails(name, connection, options);
  let plan: Plan | null;
  try {
    plan = await makePlan({ bucket, tails, report, now: new Date() });
  } finally {
    bucket.close();
    tails.close();
  }
  if (plan === null) return { line: `${name}: nothing needs a plan`, trouble: false };
  // What could not be read is left out of a plan, and a part of a plan is not what was asked for.
  if (stop.reason() === 'interrupted') return { line: `${name}: no plan, it was interrupted`, trouble: true };
  try {
    await writePlanFolder(folder, planFiles(plan));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return {
      line: `${name}: the plan could not be written to ${displayText(folder)} (${code ?? 'unknown'})`,
      trouble: true,
    };
  }
  return { line: lineOf(plan, folder), trouble: plan.streams.some(({ unread }) => unread) };
}

function lineOf({ bucket, streams }: Plan, folder: string): string {
  const planned = streams.filter(({ writes }) => writes.length > 0);
  const objects = planned.reduce((sum, { writes }) => sum + writes.length, 0);
  const left = streams.length - planned.length;
  const what =
    planned.length === 0
      ? 'nothing can be planned'
      : `a plan for ${counted(planned.length, 'stream')}, ${counted(objects, 'object')} to be put`;
  const rest = left > 0 && planned.length > 0 ? `, none for ${String(left)} more` : '';
  return `${bucket}: ${what}${rest}; read ${displayText(folder)}/PLAN.md`;
}

const counted = (count: number, what: string): string => `${String(count)} ${what}${count === 1 ? '' : 's'}`;
