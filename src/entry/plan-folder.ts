import { chmod, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { displayText } from '../findings/display.ts';
import { isPlan, planFile, type PlanFile } from '../repair/plan-files.ts';
import { UsageError } from './usage.ts';

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/** What `apply.sh` leaves behind: without it nothing could be undone. */
const traces = ['backup', 'done'];

/** Where the plan of a bucket is written: the folder that was named, or one for each bucket in it. */
export const planFolderOf = (folder: string, bucket: string, several: boolean): string =>
  several ? join(folder, bucket) : folder;

/** Makes sure, before an audit, that a plan can be written: nothing of anybody else's is ever overwritten. @throws UsageError */
export async function checkPlanFolder(folder: string): Promise<void> {
  const name = `--plan ${displayText(folder)}`;
  let there: string[];
  try {
    there = await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw new UsageError([`${name} cannot be used: ${codeOf(error)}`]);
  }
  if (there.length === 0) return;
  const text = await readFile(join(folder, planFile), 'utf8').catch(() => '');
  if (!isPlan(text)) throw new UsageError([`${name} is not empty and holds no plan, expected a new folder`]);
  if (there.some((one) => traces.includes(one))) {
    throw new UsageError([`${name} holds what an applied plan replaced, expected a new folder`]);
  }
}

/** Writes a plan in the place of an earlier one. @throws what the file system answers */
export async function writePlanFolder(folder: string, files: readonly PlanFile[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  for (const earlier of ['apply.sh', 'undo.sh', 'PLAN.md', 'files']) {
    await rm(join(folder, earlier), { recursive: true, force: true });
  }
  for (const { name, content, executable } of files) {
    const place = join(folder, name);
    await mkdir(dirname(place), { recursive: true });
    await writeFile(place, content);
    if (executable) await chmod(place, 0o755);
  }
}
