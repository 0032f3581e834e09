import type { Bucket } from '../bucket/bucket.ts';
import type { BucketConfig } from '../config/config.ts';
import { describe } from '../findings/describe.ts';
import type { Candidate, Completeness, Entry } from '../findings/report.ts';
import { layout as everyLayout, type Layout } from '../parseable/layout.ts';
import { check } from './checks/index.ts';
import { unreadPlaces } from './checks/scan-incomplete.ts';
import { evidenceOfFailure, suspect, type Sight, type Suspect } from './checks/suspect.ts';
import { applyAllowList } from './classify/allow.ts';
import { classify } from './classify/bucket.ts';
import { collapse, type Collapsed } from './classify/collapse.ts';
import type { Row } from './classify/row.ts';
import { isHidden } from './classify/tenancy.ts';
import { doubtsOf } from './doubts.ts';
import type { Facts, KnownMarkers, PrefixFacts } from './facts.ts';
import { lookAgain, lookAtBucket, sizingPages } from './look/bucket.ts';
import type { Outcome } from './outcome.ts';

export interface AuditOptions {
  bucket: BucketConfig;
  store: Bucket;
  /** The clock, read once before the first request. */
  startedAt: Date;
  /** Markers that earlier audits read. */
  known?: KnownMarkers;
  collapsed?: Collapsed;
  layout?: Layout;
  onProgress?: (progress: { done: number; total: number; phase: string }) => void;
}

/**
 * Audits one bucket: look, classify, check, look again at the suspects, classify and check once more.
 * Never throws for what the bucket answers; what could not be read is in the outcome.
 */
export async function audit(options: AuditOptions): Promise<Outcome> {
  const { bucket, store, startedAt, layout = everyLayout } = options;
  const begun = performance.now();
  const endpoint = await store.endpoint();
  const look = {
    bucket: store,
    layout,
    known: options.known ?? {},
    sizing: { pagesLeft: sizingPages },
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  };
  const before = options.collapsed ?? { objects: false, prefixes: false };
  const seeing = (facts: Facts): Sight => sightOf(facts, bucket, layout, startedAt);
  let facts = await lookAtBucket(look);
  let sight = seeing(facts);
  if (facts.root.pages > 0) {
    const doubts = doubtsOf(sight, check(sight));
    if (doubts !== null) {
      facts = await lookAgain(facts, doubts, look);
      sight = seeing(facts);
    }
  }
  const failure = facts.root.pages === 0 ? facts.root.failure : null;
  const { rows, collapsed } = collapse(sight.rows, before);
  const suspects =
    failure === null
      ? check({ ...sight, rows })
      : [
          suspect('scan-incomplete', '/', evidenceOfFailure(failure), {
            reason: failure.code,
            operation: failure.operation,
          }),
        ];
  const finishedAt = new Date(startedAt.getTime() + (performance.now() - begun));
  return {
    bucket: {
      name: bucket.name,
      region: await store.region(),
      endpoint,
      environment: bucket.environment,
    },
    mode: 'audit',
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    completeness: failure === null ? completenessOf(facts) : 'failed',
    deployment: deploymentOf(sight),
    entries: failure === null ? entriesOf(rows) : [],
    candidates: suspects.map((one) => worded(one, sight, endpoint)),
    requests: store.requests(),
    skipped: [],
    markers: usableMarkers(facts),
    collapsed: failure === null ? collapsed : before,
    failure,
  };
}

function sightOf(facts: Facts, bucket: BucketConfig, layout: Layout, now: Date): Sight {
  const rows = applyAllowList(classify(facts, layout), bucket.allow, now);
  const multiTenant = bucket.multiTenant === true || rows.some(({ usableTenant }) => usableTenant);
  return { bucket, facts, rows, layout, multiTenant, now };
}

const everyPrefix = (facts: Facts): PrefixFacts[] =>
  facts.prefixes.flatMap((prefix) => [prefix, ...(prefix.children?.prefixes ?? [])]);

/** Partial as soon as one wanted read stays unknown. */
function completenessOf(facts: Facts): Completeness {
  const unreadMarker = everyPrefix(facts).some(({ markers }) =>
    markers.some(({ reading }) => reading.state === 'unknown'),
  );
  return unreadMarker || unreadPlaces(facts).length > 0 ? 'partial' : 'full';
}

function deploymentOf({ facts, multiTenant }: Sight): Outcome['deployment'] {
  for (const { read } of facts.deployments) {
    if (read.state === 'present' && read.value.state === 'usable') {
      return { id: read.value.id, metadataVersion: read.value.version, multiTenant };
    }
  }
  return { id: null, metadataVersion: null, multiTenant };
}

/** Two rows fold into `*` when both objects and prefixes are too many: names are unique in a report. */
function entriesOf(rows: readonly Row[]): Entry[] {
  const entries = new Map<string, Entry>();
  for (const row of rows) {
    const before = entries.get(row.name);
    const { inventory } = row;
    const objects = inventory?.objects ?? null;
    const bytes = inventory?.bytes ?? null;
    if (before !== undefined) {
      before.objects = (before.objects ?? 0) + (objects ?? 0);
      before.bytes = (before.bytes ?? 0) + (bytes ?? 0);
      before.sizeComplete &&= inventory?.complete ?? true;
      continue;
    }
    entries.set(row.name, {
      name: row.name,
      verdict: row.verdict,
      likelyWriter: null,
      objects,
      bytes,
      sizeComplete: inventory?.complete ?? true,
      newest: row.newest,
      metadataVersion: row.metadataVersion,
    });
  }
  return [...entries.values()];
}

function usableMarkers(facts: Facts): KnownMarkers {
  const markers: KnownMarkers = {};
  for (const { key, etag, place, reading } of everyPrefix(facts).flatMap((one) => one.markers)) {
    if (place.form === 'bare' || reading.state !== 'present' || reading.value.state !== 'usable') continue;
    if (etag !== '') markers[key] = { etag, reading: reading.value };
  }
  return markers;
}

function worded(
  { kind, subject, evidence, grace, details }: Suspect,
  { bucket, multiTenant, now }: Sight,
  endpoint: string | null,
): Candidate {
  const words = describe(kind, {
    bucket: bucket.name,
    endpoint,
    subject,
    serverVersion: bucket.serverVersion,
    multiTenant,
    hidden: isHidden(subject),
    evidence,
    now,
    details,
  });
  return { kind, subject, evidence, grace, ...words };
}
