import type { Kind } from '../../findings/kinds.ts';
import { dataMissing } from './data-missing.ts';
import { dataSizeMismatch } from './data-size-mismatch.ts';
import { dataUnreferenced } from './data-unreferenced.ts';
import { deploymentChanged } from './deployment-changed.ts';
import { deploymentElsewhere } from './deployment-elsewhere.ts';
import { deploymentMetadataCorrupt, deploymentMetadataMissing } from './deployment-metadata.ts';
import { foreignInStream } from './foreign-in-stream.ts';
import { foreignObjectInStream } from './foreign-object-in-stream.ts';
import { incompleteUploads } from './incomplete-uploads.ts';
import { lifecycleBeforeRetention } from './lifecycle-before-retention.ts';
import { lifecycleReachesMetadata } from './lifecycle-reaches-metadata.ts';
import { malformedDatePrefix } from './malformed-date-prefix.ts';
import { manifestCorrupt } from './manifest-corrupt.ts';
import { manifestDuplicated } from './manifest-duplicated.ts';
import { manifestMissing } from './manifest-missing.ts';
import { manifestUnreferenced } from './manifest-unreferenced.ts';
import { newerThanServer } from './newer-than-server.ts';
import { notParseable, perhapsNotParseable } from './not-parseable.ts';
import { retentionOverdue } from './retention-overdue.ts';
import { scanIncomplete } from './scan-incomplete.ts';
import { sharedDeployment } from './shared-deployment.ts';
import { snapshotReset } from './snapshot-reset.ts';
import { staleAllowEntry } from './stale-allow-entry.ts';
import { statsDrift } from './stats-drift.ts';
import { streamMetadataRewritten } from './stream-metadata-rewritten.ts';
import { streamOutsideTenant } from './stream-outside-tenant.ts';
import { streamSchemaCorrupt } from './stream-schema-corrupt.ts';
import type { Check, Sight, Suspect } from './suspect.ts';
import { verdicts } from './verdicts.ts';

const checks: readonly Check[] = [
  verdicts,
  deploymentMetadataMissing,
  deploymentMetadataCorrupt,
  deploymentChanged,
  deploymentElsewhere,
  sharedDeployment,
  newerThanServer,
  streamOutsideTenant,
  streamMetadataRewritten,
  snapshotReset,
  manifestDuplicated,
  malformedDatePrefix,
  foreignInStream,
  retentionOverdue,
  lifecycleReachesMetadata,
  lifecycleBeforeRetention,
  incompleteUploads,
  streamSchemaCorrupt,
  foreignObjectInStream,
  dataUnreferenced,
  dataMissing,
  dataSizeMismatch,
  manifestMissing,
  manifestUnreferenced,
  manifestCorrupt,
  statsDrift,
  notParseable,
  staleAllowEntry,
  scanIncomplete,
];

/** One cause, one finding: what a kind silences in the same bucket. */
const silences: Partial<Record<Kind, readonly Kind[]>> = {
  'not-parseable': ['foreign-prefix', 'foreign-root-object', 'folder-marker', 'unrecognised-internal-prefix'],
};

/** What explains that a stream's counters are wrong. */
const explainsDrift: readonly Kind[] = [
  'snapshot-reset',
  'data-unreferenced',
  'data-missing',
  'data-size-mismatch',
  'manifest-missing',
  'manifest-unreferenced',
  'manifest-corrupt',
  'manifest-duplicated',
];

/** Runs every check, lets one cause silence its effects, and leaves out the kinds that the configuration ignores. Pure. */
export function check(sight: Sight): Suspect[] {
  const found = checks.flatMap((one) => one(sight));
  const ignored = new Set<Kind>(sight.bucket.ignoreKinds);
  const wanted = found.filter(({ kind }) => !ignored.has(kind));
  // What nobody is told cannot stand for others.
  const causes: Kind[] = wanted.map(({ kind }) => kind);
  // A cause that a failed read keeps from being told silences what it would: its effects are no news of their own.
  if (perhapsNotParseable(sight) && !ignored.has('not-parseable')) causes.push('not-parseable');
  const silenced = new Set<Kind>(causes.flatMap((kind) => silences[kind] ?? []));
  const explained = new Set(wanted.flatMap(({ kind, subject }) => (explainsDrift.includes(kind) ? [subject] : [])));
  return wanted.filter(
    ({ kind, subject }) => !silenced.has(kind) && !(kind === 'stats-drift' && explained.has(subject)),
  );
}
