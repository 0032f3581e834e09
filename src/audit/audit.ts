import type { Bucket } from '../bucket/bucket.ts';
import type { BucketConfig } from '../config/config.ts';
import { costOf, listPrice, type StoragePrice } from '../findings/costs.ts';
import { describe } from '../findings/describe.ts';
import type { Candidate, Completeness, Entry, Report, StreamFigures } from '../findings/report.ts';
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
import { nothingKnown, type KnownDepth } from './deep/known.ts';
import { lookDeep, type DeepFacts } from './deep/look.ts';
import { depthOf, figuresOf } from './figures.ts';
import { deploymentAfter, levelsAfter, markersAfter, nothingEarlier, rewrittenAfter, type Earlier } from './earlier.ts';
import { everyPrefix, type Facts } from './facts.ts';
import { lookAgain, lookAtBucket, sizingPages, type LookOptions } from './look/bucket.ts';
import type { Outcome } from './outcome.ts';
import { preflightOf } from './preflight.ts';

/** How far an audit is. */
export interface AuditProgress {
  phase: string;
  done: number;
  total: number;
  /** Objects seen so far, and how many there probably are; null where nobody can tell. */
  objects?: { done: number; expected: number | null };
  /** Share of the work that is done, from 0 to 1, where `done` and `total` count things of unlike size. */
  share?: number;
}

export interface AuditOptions {
  bucket: BucketConfig;
  store: Bucket;
  /** The clock, read once before the first request. */
  startedAt: Date;
  /** Whether the bucket is in use, and is to be looked at inside of its streams too, or is to be given to a server. */
  mode?: Report['mode'];
  /** What earlier deep audits know, of which a deep one makes use. */
  knownDepth?: KnownDepth;
  /** Listings under way at most while streams are looked into. */
  slots?: number;
  /** What earlier audits of this bucket know. */
  earlier?: Earlier;
  /** The buckets of the configuration that carry a deployment, or may do so; this one among them or not. */
  peers?: readonly Peer[];
  layout?: Layout;
  /** How the bucket is listed; by its size unless given. */
  listing?: Pick<LookOptions, 'way' | 'thrift'>;
  /** What storage costs; S3's list price unless given. */
  price?: StoragePrice;
  onProgress?: (progress: AuditProgress) => void;
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
    // Deeper looks build on the days that are there now.
    levels: mode === 'audit' ? earlier.levels : {},
    ...options.listing,
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
  if (mode === 'deep' && failure === null) {
    facts = { ...facts, deep: await lookInside(sight, options, layout) };
    sight = seeing(facts);
  }
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
  const streams = failure === null ? figuresOf(sight) : [];
  const candidates = suspects.map((one) => worded(priced(one, price), sight, endpoint));
  return {
    bucket: { name: bucket.name, region, endpoint, environment: bucket.environment },
    mode,
    startedAt: startedAt.toISOString(),
    finishedAt: finishedAt.toISOString(),
    completeness,
    deployment: deploymentOf(sight),
    entries: failure === null ? withFigures(entriesOf(rows), streams) : [],
    candidates,
    streams,
    depth: depthOf(sight),
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
            levels: levelsAfter(facts),
          }
        : earlier,
    knownDepth: facts.deep?.known ?? null,
    failure,
  };
}

/** Looks into what is a stream, and into streams of an older layout. */
function lookInside(
  { facts, streams, now }: Sight,
  { store, knownDepth = nothingKnown, slots = usualSlots, onProgress }: AuditOptions,
  layout: Layout,
): Promise<DeepFacts> {
  const byName = new Map(everyPrefix(facts).map((one) => [one.prefix, one]));
  return lookDeep({
    bucket: store,
    layout,
    streams: streams.flatMap((stream) => {
      const of = byName.get(stream.prefix);
      return of === undefined || stream.row.verdict === 'corrupt' ? [] : [{ stream, facts: of }];
    }),
    known: knownDepth,
    now,
    slots,
    onProgress: ({ streams: done, ofStreams: total, objects, ofObjects, days, ofDays }) =>
      onProgress?.({
        phase: 'looking into streams',
        done,
        total,
        objects: { done: objects, expected: ofObjects },
        share: days / ofDays,
      }),
  });
}

const usualSlots = 32;

/** Rows of streams get the figures that a deep audit counted. */
const withFigures = (entries: readonly Entry[], streams: readonly StreamFigures[]): Entry[] => {
  const counted = new Map(streams.map((stream) => [stream.name, stream]));
  return entries.map((entry) => {
    const figures = counted.get(entry.name);
    if (figures === undefined || figures.objects === null || figures.bytes === null) return entry;
    return { ...entry, objects: figures.objects, bytes: figures.bytes, sizeComplete: figures.complete };
  });
};

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
