import type { Outcome } from '../audit/outcome.ts';
import { isFolded } from '../findings/circumstances.ts';
import type { Candidate, Entry } from '../findings/report.ts';

/** Kinds that an optional read brings to light, by the name under which a report tells that it was skipped. */
const broughtToLightBy: Record<string, readonly string[]> = {
  lifecycle: ['lifecycle-reaches-metadata', 'lifecycle-before-retention'],
  uploads: ['incomplete-uploads'],
  'shared-deployment': ['shared-deployment'],
};

/** Kinds that a finding keeps from being looked for, or told, in the whole bucket. */
const hiddenBy: Record<string, readonly string[]> = {
  'not-parseable': ['foreign-prefix', 'foreign-root-object', 'folder-marker', 'unrecognised-internal-prefix'],
  'deployment-metadata-missing': ['deployment-changed', 'deployment-elsewhere', 'shared-deployment'],
  'deployment-metadata-corrupt': ['deployment-changed', 'deployment-elsewhere', 'shared-deployment'],
};

/** Kinds told by the fields of a stream's metadata, and kinds told by its first level. */
const ofFields: readonly string[] = [
  'snapshot-reset',
  'manifest-duplicated',
  'retention-overdue',
  'stream-metadata-rewritten',
  'lifecycle-before-retention',
];
const ofFirstLevel: readonly string[] = ['foreign-in-stream', 'malformed-date-prefix'];

/** Findings about one stream in whose presence its fields, or what they say together, are not known. */
const clouding: readonly string[] = ['stream-metadata-corrupt', 'stream-metadata-newer', 'stream-metadata-unreadable'];

/** What was seen, and what of it may hide something else: an outcome, or the report made of it. */
export interface Seen {
  completeness: Outcome['completeness'];
  skipped: Outcome['skipped'];
  entries: readonly Pick<Entry, 'name' | 'verdict'>[];
  findings: readonly Pick<Candidate, 'kind' | 'subject' | 'evidence'>[];
}

/** The outcome of an audit as what it saw. */
export const seenBy = ({ completeness, skipped, entries, candidates }: Outcome): Seen => ({
  completeness,
  skipped,
  entries,
  findings: candidates,
});

/**
 * Whether a finding would have been found, were it there: only then its absence means that it is gone. An audit that is not
 * full sees nothing whole; one that was refused a read does not see what that read tells; and what stands in the place of
 * something else hides it.
 */
export function sees(seen: Seen, { kind, subject }: { kind: string; subject: string }): boolean {
  const { completeness, skipped, findings } = seen;
  if (completeness !== 'full') return false;
  if (skipped.some(({ what }) => broughtToLightBy[what]?.includes(kind) === true)) return false;
  if (hides(findings, kind)) return false;
  if (findings.some((one) => one.kind === kind && isFolded(one))) return false;
  return seesInside(seen, kind, subject);
}

/** The deployment's own file, missing or damaged, tells nothing of what it said; so does a bucket that is called the wrong one. */
const hides = (findings: Seen['findings'], kind: string): boolean =>
  findings.some((one) => hiddenBy[one.kind]?.includes(kind) === true && !isOfTenant(one));

const isOfTenant = ({ kind, subject }: { kind: string; subject: string }): boolean =>
  kind === 'deployment-metadata-corrupt' && subject !== '.parseable/';

/** A stream whose row stands and tells less than it did hides what was known of its inside. */
function seesInside({ entries, findings }: Seen, kind: string, subject: string): boolean {
  const byFields = ofFields.includes(kind);
  if (!byFields && !ofFirstLevel.includes(kind)) return true;
  const row = entries
    .filter(({ name }) => subject.startsWith(name))
    .reduce<Seen['entries'][number] | null>(
      (best, one) => (best !== null && best.name.length > one.name.length ? best : one),
      null,
    );
  // The stream is gone, and what was in it.
  if (row === null) return true;
  const readable = row.verdict === 'stream' || row.verdict === 'unmigrated';
  if (!readable) return !byFields && row.verdict === 'corrupt';
  return !byFields || !findings.some((one) => one.subject === row.name && clouding.includes(one.kind));
}
