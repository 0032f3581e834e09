import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm } from 'node:fs/promises';
import { readJson } from '../config/json.ts';
import { pathText } from '../config/path-text.ts';
import { displayText } from '../findings/display.ts';
import { baselineJson, readBaseline, type BaselineEntry } from '../history/baseline.ts';
import { UsageError } from './usage.ts';

/** Problems of one file that are told; who opened a wrong file has no use for a thousand. */
const problemsTold = 10;

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown';

/**
 * Reads a baseline.
 * @returns null when there is no such file.
 * @throws UsageError naming the file, and the place in it, when it cannot be read or is no baseline.
 */
export async function loadBaseline(file: string): Promise<BaselineEntry[] | null> {
  const name = displayText(file);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw new UsageError([`the baseline ${name} cannot be read: ${codeOf(error)}`]);
  }
  const json = readJson(text);
  if (!('value' in json)) {
    const { line, column, problem } = json;
    throw new UsageError([
      `the baseline ${name}:${String(line)}:${String(column)} is not JSON: ${displayText(problem)}`,
    ]);
  }
  const reading = readBaseline(json.value);
  if ('entries' in reading) return reading.entries;
  const told = reading.problems
    .slice(0, problemsTold)
    .map(({ path, problem }) => `${path.length === 0 ? 'the file' : pathText(path)} ${problem}`);
  const left = reading.problems.length - told.length;
  throw new UsageError([...told, ...(left > 0 ? [`  and ${String(left)} more`] : []), `  in the baseline ${name}`]);
}

/**
 * Writes a baseline: readers see the old file or the new one, never half of it.
 * @throws what the file system answers; the old file is then as it was.
 */
export async function saveBaseline(file: string, entries: readonly BaselineEntry[]): Promise<void> {
  // A link stays one: what it leads to is replaced.
  const target = await realpath(file).catch(() => file);
  const beside = `${target}.${randomUUID()}.tmp`;
  try {
    const handle = await open(beside, 'wx');
    try {
      await handle.writeFile(baselineJson(entries));
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, target);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}
