import { access, constants, realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { caBundle, CaBundleError } from '../bucket/client.ts';
import type { Config } from '../config/config.ts';
import { stateInsideText } from '../config/load.ts';
import { stateInsideWatched } from '../config/place.ts';
import { endpointProblem } from '../config/values.ts';
import { displayText } from '../findings/display.ts';
import type { Target } from './targets.ts';
import { UsageError } from './usage.ts';

/** Variables of the AWS CLI whose value no request could be made with. @throws UsageError */
export function checkEnvironment(env: NodeJS.ProcessEnv): void {
  const problems = ['AWS_ENDPOINT_URL_S3', 'AWS_ENDPOINT_URL'].flatMap((name) => {
    const value = env[name];
    const problem = value === undefined || value === '' ? null : endpointProblem(value);
    return problem === null ? [] : [`${name} ${problem}`];
  });
  try {
    caBundle(env);
  } catch (error) {
    if (!(error instanceof CaBundleError)) throw error;
    problems.push(displayText(error.message));
  }
  if (problems.length > 0) throw new UsageError(problems);
}

/** Why nothing can be written at a place, or null. */
async function writeProblem(place: string, expected: 'file' | 'folder'): Promise<string | null> {
  try {
    await access(place, constants.W_OK);
    if (expected === 'folder' && !(await stat(place)).isDirectory()) return `${displayText(place)} is no folder`;
    return null;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return `${code ?? 'unknown'} for ${displayText(place)}`;
  }
}

/** A report that cannot be put where it was asked for is better known before the audit than after it. @throws UsageError */
export async function checkOutput(file: string | null): Promise<void> {
  if (file === null) return;
  const there = await stat(file).catch(() => null);
  if (there?.isDirectory() === true)
    throw new UsageError([`--output ${displayText(file)} is a folder, expected a file`]);
  const problem = there === null ? await writeProblem(dirname(file), 'folder') : await writeProblem(file, 'file');
  if (problem !== null) throw new UsageError([`--output ${displayText(file)} cannot be written: ${problem}`]);
}

/** Likewise a file that is not written but replaced: the new one is made beside it, so the folder has to let it. @throws UsageError */
export async function checkReplaceable(option: string, file: string): Promise<void> {
  const there = await stat(file).catch(() => null);
  if (there !== null && !there.isFile()) throw new UsageError([`${option} ${displayText(file)} is no file`]);
  const problem =
    there === null
      ? await writeProblem(dirname(file), 'folder')
      : ((await writeProblem(file, 'file')) ?? (await writeProblem(dirname(await realpath(file)), 'folder')));
  if (problem !== null) throw new UsageError([`${option} ${displayText(file)} cannot be written: ${problem}`]);
}

/** State in a watched bucket would be a foreign prefix there. @throws UsageError */
export function checkState(state: string | null, targets: readonly Target[], config: Config): void {
  const watched = [...targets.map(({ bucket }) => bucket), ...config.buckets];
  const inside = state === null ? null : stateInsideWatched(state, watched);
  if (state !== null && inside !== null) {
    throw new UsageError([`--state ${displayText(state)} ${stateInsideText(inside)}`]);
  }
}
