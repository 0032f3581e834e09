import type { Outcome } from '../audit/outcome.ts';
import { isFolded, parentOf } from '../findings/circumstances.ts';
import { isDeep } from '../findings/kinds.ts';
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

/** Where these stand, what the manifests of a stream list together is not known. */
const gapsInManifests: readonly string[] = ['manifest-missing', 'manifest-corrupt', 'manifest-unreferenced'];

/** What explains counters that differ, which are not told on top. */
const explainingDrift: readonly string[] = [
  ...gapsInManifests,
  'manifest-duplicated',
  'snapshot-reset',
  'data-unreferenced',
  'data-missing',
  'data-size-mismatch',
];

/** Kinds told by what the metadata of a stream names. */
const byWhatIsNamed = [...clouding, 'snapshot-reset'];
/** Of a stream whose metadata is of a version yet unknown only that is told which needs no metadata. */
const byLayout = ['stream-metadata-newer'];

/**
 * What hides each kind of a deep audit where it stands for the same stream: with part of the metadata unknown, or without a
 * list that was there, nobody can tell whether what was named or listed is there.
 */
const deepHiddenBy: Partial<Record<string, readonly string[]>> = {
  'stream-schema-corrupt': byLayout,
  'manifest-corrupt': byLayout,
  'newer-than-server': byLayout,
  'data-unreferenced': [...clouding, ...gapsInManifests],
  'data-missing': byWhatIsNamed,
  'data-size-mismatch': byWhatIsNamed,
  'manifest-missing': byWhatIsNamed,
  'manifest-unreferenced': clouding,
  'stats-drift': [...clouding, ...explainingDrift],
};

/** What was seen, and what of it may hide something else: an outcome, or the report made of it. */
export interface Seen {
  mode: Outcome['mode'];
  completeness: Outcome['completeness'];
  skipped: Outcome['skipped'];
  entries: readonly Pick<Entry, 'name' | 'verdict'>[];
  findings: readonly Pick<Candidate, 'kind' | 'subject' | 'evidence'>[];
}

/** The outcome of an audit as what it saw. */
export const seenBy = ({ mode, completeness, skipped, entries, candidates }: Outcome): Seen => ({
  mode,
  completeness,
  skipped,
  entries,
  findings: candidates,
});

/**
 * Whether a finding would have been found, were it there: only then its absence means that it is gone. An audit that is not
 * full sees nothing whole; one that is not deep does not see what lies deep inside of streams; one that was refused a read does
 * not see what that read tells; and what stands in the place of something else hides it.
 */
export function sees(seen: Seen, { kind, subject }: { kind: string; subject: string }): boolean {
  const { mode, completeness, skipped, findings } = seen;
  if (completeness !== 'full') return false;
  if (mode !== 'deep' && isOfDepth(kind, subject)) return false;
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

/** Kinds of a deep audit, and what is newer than the server inside of a stream: a folder of its own is hidden. */
const isOfDepth = (kind: string, subject: string): boolean =>
  isDeep(kind) || (kind === 'newer-than-server' && !subject.startsWith('.'));

/** A stream whose row stands and tells less than it did hides what was known of its inside. */
function seesInside({ entries, findings }: Seen, kind: string, subject: string): boolean {
  const deep = isOfDepth(kind, subject);
  const firstLevel = ofFirstLevel.includes(kind);
  if (!deep && !firstLevel && !ofFields.includes(kind)) return true;
  const row = entries
    .filter(({ name }) => subject.startsWith(name))
    .reduce<Seen['entries'][number] | null>(
      (best, one) => (best !== null && best.name.length > one.name.length ? best : one),
      null,
    );
  // The stream is gone, and what was in it; so is one of a tenant, which stands with the rows of the others.
  const stream = kind === 'malformed-date-prefix' ? parentOf(subject) : subject;
  if (row === null || (row.verdict === 'tenant' && row.name !== stream)) return true;
  const readable = row.verdict === 'stream' || row.verdict === 'unmigrated';
  if (!readable) return firstLevel && row.verdict === 'corrupt';
  const hiding = deep ? (deepHiddenBy[kind] ?? []) : firstLevel ? [] : clouding;
  return !findings.some((one) => one.subject === row.name && hiding.includes(one.kind));
}
