import { newestRelease } from '../findings/consequences.ts';
import type { Entry, Finding, Preflight, Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';

/** Which server is meant: `Parseable 2.9.5`, `a multi-tenant Parseable 2.9.5`. Without a version the newest counts. */
export const serverOf = ({ deployment }: Report, serverVersion: string | null): string =>
  `${deployment.multiTenant ? 'a multi-tenant ' : ''}Parseable ${serverVersion ?? newestRelease}`;

/** Rows that are in a server's way whatever it would do about them, and those that may be anything. */
const inTheWay: readonly Verdict[] = ['foreign', 'orphaned', 'leftover', 'corrupt', 'unknown'];

/** What a pre-flight found, sorted by whether a server can be given the bucket as it is. */
export interface Obstacles {
  /** What is in the way. */
  obstacles: Finding[];
  /** What is not, and worth knowing. */
  others: Finding[];
  /** What is in the way beside the findings. Display text. */
  reasons: string[];
}

export function obstaclesOf({ findings, entries }: Report, preflight: Preflight): Obstacles {
  const rows = new Map(entries.map(({ name, verdict }) => [name, verdict]));
  const blocks = ({ kind, severity, subject }: Finding): boolean =>
    severity === 'error' || kind === 'scan-incomplete' || inTheWay.includes(rows.get(subject) ?? 'stream');
  const told = new Set(findings.map(({ message, why }) => `${message} ${why}`));
  return {
    obstacles: findings.filter(blocks),
    others: findings.filter((finding) => !blocks(finding)),
    reasons: preflight.reasons.filter((reason) => !told.has(reason)),
  };
}

/** What a person sees who was told that all is well. Display text. */
export function whyReady({ entries, deployment }: Report): string {
  const count = (is: (entry: Entry) => boolean) => entries.filter(is).length;
  if (entries.length === 0) return 'It is empty: a server that starts on it makes it its own.';
  if (deployment.id === null)
    return 'Nothing of Parseable’s is here yet, and nothing that a server would stumble over.';
  const streams = humanCount(
    count(({ verdict }) => verdict === 'stream'),
    'stream',
  );
  return `It is that of a healthy deployment with ${streams}: a server that starts on it goes on where the last one ended.`;
}
