import type { Kind, Severity } from '../../findings/kinds.ts';
import type { Finding } from '../../findings/report.ts';
import { inOrder } from '../told.ts';

/** A finding and its number in the report. */
export interface Numbered {
  finding: Finding;
  at: number;
}

/** Findings of a kind and severity, for which the same is to be done. */
export interface Group {
  kind: Kind;
  severity: Severity;
  all: readonly [Numbered, ...Numbered[]];
}

export const numbered = (findings: readonly Finding[]): Numbered[] => findings.map((finding, at) => ({ finding, at }));

/** Findings in the order in which they want to be read, those of a kind and severity together. */
export function groupsOf(all: readonly Numbered[]): Group[] {
  const numbers = new Map(all.map((one) => [one.finding, one]));
  const ordered = inOrder([...numbers.keys()]).flatMap((finding) => numbers.get(finding) ?? []);
  const groups = Map.groupBy(ordered, ({ finding: { severity, kind } }) => `${severity} ${kind}`);
  return [...groups.values()].flatMap(([first, ...others]) =>
    first === undefined
      ? []
      : [{ kind: first.finding.kind, severity: first.finding.severity, all: [first, ...others] as const }],
  );
}
