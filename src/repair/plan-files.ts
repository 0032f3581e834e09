import { displayJson } from '../findings/display.ts';
import { planPage } from './plan-page.ts';
import type { Plan } from './plan.ts';
import { applyScript, undoScript } from './scripts.ts';

/** The file by which a folder is known to hold a plan. */
export const planFile = 'plan.json';

/** One file of a plan. Its name is ours: no key of a bucket is part of it. */
export interface PlanFile {
  /** Below the plan's folder, with slashes. */
  name: string;
  content: string;
  executable: boolean;
}

const toolName = 'bucket-hygiene';

/** The plan for programs. Keys stand exactly as in the bucket. */
const planJson = ({ bucket, endpoint, madeAt, auditedAt, streams }: Plan): string =>
  displayJson(
    JSON.stringify(
      {
        schemaVersion: 1,
        tool: toolName,
        bucket: { name: bucket, endpoint },
        madeAt,
        auditedAt,
        streams: streams.map(({ prefix, answers, why, writes, notes }) => ({
          prefix,
          answers,
          why,
          writes: writes.map(({ key, what, number, sha256, etag, added, removed }) => ({
            key,
            what,
            file: `files/${number}.json`,
            sha256,
            etag,
            added,
            removed,
          })),
          notes,
        })),
      },
      null,
      2,
    ),
  ) + '\n';

/** True for the text of a plan's file, of any version. */
export function isPlan(text: string): boolean {
  try {
    const plan: unknown = JSON.parse(text);
    return typeof plan === 'object' && plan !== null && (plan as Record<string, unknown>)['tool'] === toolName;
  } catch {
    return false;
  }
}

/** Every file of a plan, in the order in which they are written: the scripts last, when all that they need is there. */
export function planFiles(plan: Plan): PlanFile[] {
  const file = (name: string, content: string, executable = false): PlanFile => ({ name, content, executable });
  const writes = plan.streams.flatMap((stream) => stream.writes);
  const scripts = [file('undo.sh', undoScript(plan), true), file('apply.sh', applyScript(plan), true)];
  return [
    file(planFile, planJson(plan)),
    ...writes.map(({ number, body }) => file(`files/${number}.json`, body)),
    file('PLAN.md', planPage(plan)),
    ...(writes.length === 0 ? [] : scripts),
  ];
}
