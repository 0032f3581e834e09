import type { Bucket } from '../bucket/bucket.ts';
import type { BucketConfig } from '../config/config.ts';
import { costOf, listPrice, type StoragePrice } from '../findings/costs.ts';
import { describe } from '../findings/describe.ts';
import type { Candidate, Completeness, Entry } from '../findings/report.ts';
import { layout as everyLayout, type Layout } from '../parseable/layout.ts';
import { currentDeployment } from './checks/current-deployment.ts';
import { check } from './checks/index.ts';
import { settingsOf, unreadPlaces } from './checks/scan-incomplete.ts';
import { streamsOf } from './checks/streams.ts';
import { evidenceOfFailure, suspect, type Peer, type Sight, type Suspect } from './checks/suspect.ts';
import { applyAllowList } from './classify/allow.ts';
import { classify } from './classify/bucket.ts';
import { collapse } from './classify/collapse.ts';
import type { Row } from './classify/row.ts';
import { isHidden } from './classify/tenancy.ts';
import { doubtsOf } from './doubts.ts';
import { figuresOf } from './figures.ts';
import { deploymentAfter, markersAfter, nothingEarlier, rewrittenAfter, type Earlier } from './earlier.ts';
import { everyPrefix, type Facts } from './facts.ts';
import { lookAgain, lookAtBucket, sizingPages } from './look/bucket.ts';
import type { Outcome } from './outcome.ts';
import { preflightOf } from './preflight.ts';

export interface AuditOptions {
  bucket: BucketConfig;
  store: Bucket;
  /** The clock, read once before the first request. */
  startedAt: Date;
  /** Whether the bucket is in use, or to be given to a server. */
  mode?: 'audit' | 'preflight';
  /** What earlier audits of this bucket know. */
  earlier?: Earlier;
  /** The buckets of the configuration that carry a deployment, or may do so; this one among them or not. */
  peers?: readonly Peer[];
  layout?: Layout;
  /** What storage costs; S3's list price unless given. */
  price?: StoragePrice;
  onProgress?: (progress: { done: number; total: number; phase: string }) => void;
}

/**
 * Audits one bucket: look, classify, check, look again at the suspects, classify and check once more.
 * Never throws for what the bucket answers; what could not be read is in the outcome.
 */
export async function audit(options: AuditOptions): Promise<Outcome> {
  const { bucket, store, startedAt, mode = 'audit', layout = everyLayout } = options;
  const { earlier = nothingEarlier, peers = [], price = listPrice } = options;
  const begun = performance.now();
  const endpoint = await store.endpoint();
  const look = {
    bucket: store,
    layout,
    known: earlier.markers,
    sizing: { pagesLeft: sizingPages },
    now: startedAt,
    beforehand: mode === 'preflight',
    ...(options.onProgress === undefined ? {} : { onProgress: options.onProgress }),
  };
  const seeing = (facts: Facts): Sight => sightOf(facts, { bucket, mode, layout, now: startedAt, earlier, peers });
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
  const { rows, collapsed } = collapse(sight.rows, earlier.collapsed);
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
  const region = await store.region();
  const completeness = failure === null ? completenessOf(facts) : 'failed';
  const candidates = suspects.map((one) => worded(priced(one, price), sight, endpoint));
  return {
    bucket: { name: bucket.name, region, endpoint, environment: bucket.environment },
    mode,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    completeness,
    deployment: deploymentOf(sight),
    entries: failure === null ? entriesOf(rows) : [],
    candidates,
    streams: failure === null ? figuresOf(sight) : [],
    depth: null,
    preflight: mode === 'preflight' ? preflightOf({ ...sight, rows }, candidates, completeness, region) : null,
    price,
    requests: store.requests(),
    skipped: [...skippedOf(facts), ...unlistedUploads(facts), ...unaskedPeers(peers, bucket.name)],
    known:
      failure === null
        ? {
            markers: markersAfter(facts, earlier),
            collapsed,
            rewritten: rewrittenAfter(facts, earlier, startedAt),
            deployment: deploymentAfter(currentDeployment(facts)?.value.id ?? null, earlier, startedAt),
          }
        : earlier,
    failure,
  };
}

function sightOf(facts: Facts, around: Omit<Sight, 'facts' | 'rows' | 'streams' | 'multiTenant'>): Sight {
  const { bucket, layout, now } = around;
  const rows = applyAllowList(classify(facts, layout), bucket.allow, now);
  const multiTenant = bucket.multiTenant === true || rows.some(({ usableTenant }) => usableTenant);
  return { ...around, facts, rows, streams: streamsOf(facts, rows), multiTenant };
}

/** Uploads that come after the pages that are read: of those nobody can tell that they are gone. */
const unlistedUploads = ({ uploads }: Facts): Outcome['skipped'] =>
  uploads.state === 'present' && !uploads.value.listed
    ? [{ what: 'uploads', why: 'there are more than are read' }]
    : [];

/** Buckets of which nobody can tell whether they share the deployment. */
function unaskedPeers(peers: readonly Peer[], own: string): Outcome['skipped'] {
  const unknown = peers.filter(({ bucket, id }) => id === null && bucket !== own).map(({ bucket }) => bucket);
  return unknown.length === 0 ? [] : [{ what: 'shared-deployment', why: `no answer from ${unknown.join(', ')}` }];
}

/** Optional reads that the store refused or does not know. */
const skippedOf = (facts: Facts): Outcome['skipped'] =>
  settingsOf(facts).flatMap(([what, read]) =>
    read.state === 'refused' && facts.root.pages > 0 ? [{ what, why: read.why }] : [],
  );

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
      likelyWriter: row.likelyWriter,
      objects,
      bytes,
      sizeComplete: inventory?.complete ?? true,
      newest: row.newest,
      metadataVersion: row.metadataVersion,
    });
  }
  return [...entries.values()];
}

/** A suspect with what its data costs a month, where it is about alien data. */
function priced(one: Suspect, price: StoragePrice): Suspect {
  const costPerMonth = costOf(one.kind, one.evidence, price);
  if (costPerMonth === null) return one;
  return {
    ...one,
    evidence: { ...one.evidence, costPerMonth },
    details: { ...one.details, currency: price.currency },
  };
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
