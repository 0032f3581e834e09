import { resolve } from 'node:path';
import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';
import { humanCount, humanNumber } from '../findings/units.ts';
import { mergeBaselines, renewBaseline, staleEntries, type BaselineEntry } from '../history/baseline.ts';
import { loadBaseline, saveBaseline } from './baseline-file.ts';
import type { AuditOptions } from './options.ts';
import { checkReplaceable } from './preconditions.ts';
import { UsageError } from './usage.ts';

type BaselineOptions = Pick<AuditOptions, 'baseline' | 'writeBaseline' | 'output'>;

const isSame = (a: string | null, b: string | null): boolean => a !== null && b !== null && resolve(a) === resolve(b);

/**
 * Reads the baseline that `--baseline` names, and makes sure that the one of `--write-baseline` can be written.
 * @returns what is known.
 * @throws UsageError
 */
export async function openBaselines({ baseline, writeBaseline, output }: BaselineOptions): Promise<BaselineEntry[]> {
  for (const [option, file] of [
    ['--baseline', baseline],
    ['--write-baseline', writeBaseline],
  ] as const) {
    if (isSame(file, output)) throw new UsageError([`--output and ${option} name the same file`]);
  }
  if (writeBaseline !== null) {
    await checkReplaceable('--write-baseline', writeBaseline);
    // What is replaced must be a baseline: its reasons and its other buckets are kept.
    await loadBaseline(writeBaseline);
  }
  if (baseline === null) return [];
  const known = await loadBaseline(baseline);
  if (known === null && !isSame(baseline, writeBaseline)) {
    const file = displayText(baseline);
    throw new UsageError([`the baseline ${file} does not exist`, `  --write-baseline ${file} makes it`]);
  }
  return known ?? [];
}

/** Stale entries of one bucket that are named. */
const staleNamed = 10;

/** What the baseline holds of a bucket and a full audit did not find any more, a line each. */
export function staleLines(known: readonly BaselineEntry[], report: Report): string[] {
  const stale = staleEntries(known, report);
  const left = stale.length - staleNamed;
  const { name } = report.bucket;
  return [
    ...stale
      .slice(0, staleNamed)
      .map(({ kind, subject }) => `${name}: the baseline holds ${displayText(`${kind} ${subject}`)}, which is gone`),
    ...(left > 0 ? [`${name}: the baseline holds ${humanNumber(left)} more that are gone`] : []),
  ];
}

/**
 * Writes the baseline after audits that saw everything.
 * @param known what `--baseline` held: its reasons, and what it holds of other buckets, go into the file too.
 * @returns what was done, in words, and whether it was done.
 */
export async function renewBaselineFile(
  file: string,
  known: readonly BaselineEntry[],
  reports: readonly Report[],
): Promise<{ written: boolean; words: string }> {
  const name = displayText(file);
  try {
    // Read once more: an audit takes its time, and somebody may have added a reason meanwhile.
    const before = mergeBaselines((await loadBaseline(file)) ?? [], known);
    const after = renewBaseline(before, reports);
    await saveBaseline(file, after);
    const ids = new Set(before.map(({ id }) => id));
    const added = after.filter(({ id }) => !ids.has(id)).length;
    const gone = before.length + added - after.length;
    return {
      written: true,
      words: `the baseline ${name} holds ${humanCount(after.length, 'finding')}, ${humanNumber(added)} of them new; ${humanNumber(gone)} gone`,
    };
  } catch (error) {
    const why =
      error instanceof UsageError ? error.lines.join(' ') : ((error as NodeJS.ErrnoException).code ?? 'unknown');
    return { written: false, words: `the baseline ${name} could not be written (${why}); what it held is unchanged` };
  }
}
