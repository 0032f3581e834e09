import type { Kind } from '../../findings/kinds.ts';
import type { Evidence, Verdict } from '../../findings/report.ts';
import type { Row, Trait } from '../classify/row.ts';
import { writerName } from '../../writers/writers.ts';
import type { MarkerFact } from '../facts.ts';
import { sampleSize } from '../inventory.ts';
import { stopped } from './scan-incomplete.ts';
import { evidenceOf, evidenceOfFailure, suspect, type Check, type Suspect } from './suspect.ts';

/** Hours for which a stream that is being made or deleted is left in peace. */
const streamGraceHours = 24;

/** The finding that follows from a verdict alone. */
const ofVerdict: Partial<Record<Verdict, { kind: Kind; objectKind?: Kind; grace?: true }>> = {
  foreign: { kind: 'foreign-prefix', objectKind: 'foreign-root-object' },
  orphaned: { kind: 'orphaned-stream-data', grace: true },
  leftover: { kind: 'stream-leftover', grace: true },
  unmigrated: { kind: 'unmigrated-stream' },
  marker: { kind: 'folder-marker' },
  unrecognised: { kind: 'unrecognised-internal-prefix' },
};

/** The finding that follows from a trait; `unlisted` is told by scan-incomplete. */
const ofTrait: Record<Exclude<Trait['trait'], 'unlisted'>, Kind> = {
  'marker-unusable': 'stream-metadata-corrupt',
  'marker-unreadable': 'stream-metadata-unreadable',
  'marker-newer': 'stream-metadata-newer',
  'base-missing': 'stream-metadata-base-missing',
  'tenant-file-missing': 'tenant-metadata-missing',
  'tenant-file-unusable': 'deployment-metadata-corrupt',
  'tenant-and-stream': 'tenant-stream-collision',
};

function fromVerdict(row: Row): Suspect[] {
  const rule = ofVerdict[row.verdict];
  if (rule === undefined) return [];
  const { inventory } = row;
  const grace =
    rule.grace === undefined
      ? null
      : {
          hours: streamGraceHours,
          newest: inventory?.newest ?? null,
          oldest: inventory?.oldest ?? null,
          shrinking: row.shrinking,
        };
  const { likelyWriter } = row;
  const writer = likelyWriter === null ? {} : { likelyWriter };
  const details: Record<string, string> = likelyWriter === null ? {} : { writer: writerName(likelyWriter) };
  const kind = row.object ? (rule.objectKind ?? rule.kind) : rule.kind;
  return [suspect(kind, row.name, { ...evidenceOf(inventory), ...writer }, details, grace)];
}

function fromTraits(row: Row): Suspect[] {
  const kinds = new Map<Kind, Suspect>();
  for (const trait of row.traits) {
    if (trait.trait === 'unlisted' || (trait.trait === 'marker-unreadable' && trait.failure.code === stopped)) continue;
    const kind = ofTrait[trait.trait];
    const found = kinds.get(kind) ?? suspect(kind, row.name);
    kinds.set(kind, found);
    if ('files' in trait) addFiles(found.evidence, trait.files);
    if ('key' in trait && (found.evidence.objects ?? 0) === 0) {
      found.evidence.keys = [...(found.evidence.keys ?? []), trait.key].slice(0, sampleSize);
    }
    // The first file of a kind gives the words their example; all stand in the evidence.
    if ('key' in trait) found.details['key'] ??= trait.key;
    if ('why' in trait) found.details['reason'] ??= trait.why;
    if ('version' in trait) found.details['version'] ??= trait.version;
    if ('failure' in trait) {
      found.evidence = { ...evidenceOfFailure(trait.failure), ...found.evidence };
      found.details['reason'] ??= trait.failure.code;
      found.details['operation'] ??= trait.failure.operation;
    }
  }
  return [...kinds.values()];
}

/** Adds files to the figures; all are counted, some are named. */
function addFiles(evidence: Evidence, files: readonly MarkerFact[]): void {
  for (const { key, size, lastModified } of files) {
    evidence.objects = (evidence.objects ?? 0) + 1;
    evidence.bytes = (evidence.bytes ?? 0) + size;
    evidence.sizeComplete = true;
    if (lastModified !== '') {
      const { oldest = null, newest = null } = evidence;
      evidence.oldest = oldest === null || lastModified < oldest ? lastModified : oldest;
      evidence.newest = newest === null || lastModified > newest ? lastModified : newest;
    }
    evidence.keys = [...(evidence.keys ?? []), key].slice(0, sampleSize);
  }
}

/** Findings that follow from a row: from its verdict, and from what the verdict does not say. */
export const verdicts: Check = ({ rows }) => rows.flatMap((row) => [...fromVerdict(row), ...fromTraits(row)]);
