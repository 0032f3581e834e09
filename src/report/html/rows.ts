import { severities, type Severity } from '../../findings/kinds.ts';
import type { Entry, Finding, Report } from '../../findings/report.ts';
import { sizeOf, type Size } from '../rows.ts';
import { isOpen } from '../summary.ts';

/** An entry with what the page tells beside it. */
export interface Row extends Size {
  entry: Entry;
  /** Where it stands in the report: with the number of the bucket it makes the id of its row in the table. */
  at: number;
  /** The gravest open finding about it; null where there is none. */
  severity: Severity | null;
  /** Numbers of the findings that name it, whatever their status. */
  findings: number[];
}

/** The entries of a report, in its order. */
export function rowsOf({ entries, findings, streams }: Pick<Report, 'entries' | 'findings' | 'streams'>): Row[] {
  const counted = new Map(streams.map((stream) => [stream.name, stream]));
  const about = new Map<string, number[]>();
  findings.forEach(({ subject }, at) => {
    const all = about.get(subject);
    if (all === undefined) about.set(subject, [at]);
    else all.push(at);
  });
  return entries.map((entry, at) => {
    const numbers = about.get(entry.name) ?? [];
    return {
      entry,
      at,
      ...sizeOf(entry, counted.get(entry.name)),
      severity: gravest(numbers.map((number) => findings[number]).filter((one) => one !== undefined)),
      findings: numbers,
    };
  });
}

const gravest = (findings: readonly Finding[]): Severity | null =>
  severities.findLast((severity) => findings.some((one) => isOpen(one) && one.severity === severity)) ?? null;
