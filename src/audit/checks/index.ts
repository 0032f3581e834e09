import type { Kind } from '../../findings/kinds.ts';
import { deploymentMetadataCorrupt, deploymentMetadataMissing } from './deployment-metadata.ts';
import { newerThanServer } from './newer-than-server.ts';
import { notParseable } from './not-parseable.ts';
import { scanIncomplete } from './scan-incomplete.ts';
import { staleAllowEntry } from './stale-allow-entry.ts';
import { streamOutsideTenant } from './stream-outside-tenant.ts';
import type { Check, Sight, Suspect } from './suspect.ts';
import { verdicts } from './verdicts.ts';

const checks: readonly Check[] = [
  verdicts,
  deploymentMetadataMissing,
  deploymentMetadataCorrupt,
  newerThanServer,
  streamOutsideTenant,
  notParseable,
  staleAllowEntry,
  scanIncomplete,
];

/** One cause, one finding: what a kind silences in the same bucket. */
const silences: Partial<Record<Kind, readonly Kind[]>> = {
  'not-parseable': ['foreign-prefix', 'foreign-root-object', 'folder-marker', 'unrecognised-internal-prefix'],
};

/** Runs every check, lets one cause silence its effects, and leaves out the kinds that the configuration ignores. Pure. */
export function check(sight: Sight): Suspect[] {
  const found = checks.flatMap((one) => one(sight));
  const ignored = new Set<Kind>(sight.bucket.ignoreKinds);
  const wanted = found.filter(({ kind }) => !ignored.has(kind));
  // What nobody is told cannot stand for others.
  const silenced = new Set<Kind>(wanted.flatMap(({ kind }) => silences[kind] ?? []));
  return wanted.filter(({ kind }) => !silenced.has(kind));
}
