import type { Verdict } from '../../findings/report.ts';
import { leakedTenant, type Layout } from '../../parseable/layout.ts';
import type { MarkerFact, PrefixFacts } from '../facts.ts';
import { likelyWriter } from '../../writers/likely-writer.ts';
import { seen, variedKeys, type Inventory } from '../inventory.ts';
import type { Row, Trait } from './row.ts';
import { holdsTenant, isHidden, isLeak, looksLikeTenant } from './tenancy.ts';

/** What the rest of the bucket means for one prefix. */
export interface Surroundings {
  layout: Layout;
  /** Rank of the newest epoch with a deployment file; null for none, `unknown` where the newest place could not be read. */
  deploymentRank: number | null | 'unknown';
  /** A marker of any epoch that has deployment files exists somewhere in the bucket. */
  newerStreamExists: boolean;
  /** False when some prefix could not be listed or some marker not be read: nothing may be inferred from what was not found. */
  everythingSeen: boolean;
}

type Judged = Pick<Row, 'verdict' | 'metadataVersion' | 'epoch'> & { traits: Trait[] };

const judged = (verdict: Verdict, rest: Partial<Judged> = {}): Judged => ({
  verdict,
  metadataVersion: null,
  epoch: null,
  traits: [],
  ...rest,
});

/** Judges one prefix; null when it is gone since the root was listed, or is part of its tenant. */
export function classifyPrefix(facts: PrefixFacts, around: Surroundings): Row | null {
  const outcome = judge(facts, around);
  if (outcome === null) return null;
  const { inventory } = facts;
  const counted = ['foreign', 'orphaned', 'leftover', 'marker', 'unrecognised'].includes(outcome.verdict);
  return {
    name: facts.prefix,
    tenant: facts.tenant,
    object: false,
    inventory: counted ? inventory : null,
    likelyWriter:
      outcome.verdict === 'foreign' && inventory !== null ? likelyWriter(variedKeys(inventory), facts) : null,
    usableTenant: outcome.verdict === 'tenant' && facts.tenantFile.state === 'present',
    newest: counted ? (inventory?.newest ?? null) : newestOf(facts.markers),
    shrinking: facts.shrinking,
    ...outcome,
  };
}

const newestOf = (markers: readonly MarkerFact[]): string | null =>
  markers.reduce<string | null>((newest, { lastModified }) => {
    if (lastModified === '') return newest;
    return newest === null || lastModified > newest ? lastModified : newest;
  }, null);

function judge(facts: PrefixFacts, around: Surroundings): Judged | null {
  const { failure, inventory, tenantFile, tenant, prefix } = facts;
  if (failure !== null) return judged('unknown', { traits: [{ trait: 'unlisted', failure }] });
  const own = ownFolder(facts, around.layout);
  if (own !== null) {
    if ((inventory?.own ?? 0) > 0) return tenant === null ? judged('deployment') : null;
    return byContent(facts, around);
  }
  const key = `${prefix}${around.layout.tenantFile ?? ''}`;
  if (tenantFile.state === 'unknown') {
    return judged('unknown', { traits: [{ trait: 'unlisted', failure: tenantFile.failure }] });
  }
  const full = facts.markers.filter(({ place }) => place.form !== 'bare');
  if (tenantFile.state === 'present' && tenantFile.value.state === 'usable' && !isLeak(facts) && !isHidden(prefix)) {
    return judged('tenant', {
      metadataVersion: tenantFile.value.version,
      traits: full.length > 0 ? [{ trait: 'tenant-and-stream' }] : [],
    });
  }
  if (full.length > 0) return byMarkers(full, around);
  if (tenantFile.state === 'present' && tenantFile.value.state === 'format') {
    const format = around.layout.markers.find((marker) => marker.form === 'format');
    return ofLayout(format?.rank ?? 0, null, around);
  }
  if (tenantFile.state === 'present' && tenantFile.value.state === 'unusable' && !isLeak(facts) && !isHidden(prefix)) {
    const { why } = tenantFile.value;
    return judged('corrupt', {
      traits: [
        holdsTenant(facts, around.layout)
          ? { trait: 'tenant-file-unusable', key, why }
          : { trait: 'marker-unusable', key, why, files: [] },
      ],
    });
  }
  return byContent(facts, around);
}

const ownFolder = ({ prefix, tenant }: PrefixFacts, layout: Layout) =>
  layout.folders.find(
    ({ folder, perTenant }) => `${tenant ?? ''}${folder}` === prefix && (tenant === null || perTenant),
  ) ?? null;

/** A stream, or one that is left in a layout older than the deployment's: servers of the newer layout do not see it. */
function ofLayout(rank: number, version: string | null, around: Surroundings, traits: Trait[] = []): Judged {
  const { deploymentRank, layout } = around;
  const rest = { metadataVersion: version, epoch: rank, traits };
  if (rank >= (layout.deploymentFiles[0]?.rank ?? 0)) return judged('stream', rest);
  if (deploymentRank === 'unknown') return judged('unknown');
  return judged(deploymentRank !== null && rank < deploymentRank ? 'unmigrated' : 'stream', rest);
}

function byMarkers(markers: readonly MarkerFact[], around: Surroundings): Judged {
  const rank = Math.max(...markers.map(({ place }) => place.rank));
  const files = markers.filter(({ place }) => place.rank === rank);
  const traits: Trait[] = [];
  const usable: { version: string | null; node: boolean }[] = [];
  for (const file of files) {
    const { key, node, reading } = file;
    if (reading.state === 'unknown') {
      traits.push({ trait: 'marker-unreadable', key, failure: reading.failure, files: [file] });
    } else if (reading.value.state === 'unusable') {
      traits.push({ trait: 'marker-unusable', key, why: reading.value.why, files: [file] });
    } else {
      usable.push({ version: reading.value.version, node });
      if (reading.value.newer)
        traits.push({ trait: 'marker-newer', key, version: reading.value.version ?? '', files: [file] });
    }
  }
  const base = files.find(({ node }) => !node);
  const baseUnusable = base?.reading.state === 'present' && base.reading.value.state === 'unusable';
  const unreadable = traits.some(({ trait }) => trait === 'marker-unreadable');
  const version = (usable.find(({ node }) => !node) ?? usable[0])?.version ?? null;
  if (baseUnusable) return judged('corrupt', { epoch: rank, metadataVersion: version, traits });
  if (usable.length === 0) {
    // An unreadable file may be a good one: nothing is said about the others before it can be read.
    if (unreadable) return judged('unknown', { traits: traits.filter(({ trait }) => trait === 'marker-unreadable') });
    return judged('corrupt', { epoch: rank, traits });
  }
  if (base === undefined) traits.push({ trait: 'base-missing', files });
  return ofLayout(rank, version, around, traits);
}

/** Judges what no marker explains, by all keys that were seen. */
function byContent(facts: PrefixFacts, around: Surroundings): Judged | null {
  const { inventory, prefix, tenant, markers } = facts;
  if (inventory === null || inventory.objects === 0) return null;
  const name = prefix.slice(tenant?.length ?? 0);
  if (seen(inventory, 'folder') === inventory.objects) return judged('marker');
  if (prefix === leakedTenant.folder) {
    return judged(inventory.outsideLeak === 0 ? 'deployment' : 'foreign');
  }
  if (isHidden(name)) {
    return judged(/^\.[a-z]+\/$/.test(name) && inventory.notJson === 0 ? 'unrecognised' : 'foreign');
  }
  if (seen(inventory, 'copied-deployment') > 0) return judged('foreign');
  if (tenant === null && looksLikeTenant(facts))
    return judged('tenant', { traits: [{ trait: 'tenant-file-missing' }] });
  const bareMarker = markers.find(({ place }) => place.form === 'bare');
  if (bareMarker !== undefined) {
    if (around.deploymentRank === 'unknown') return judged('unknown');
    if (around.deploymentRank === null && !around.newerStreamExists && standsForStream(inventory)) {
      return around.everythingSeen ? judged('stream', { epoch: bareMarker.place.rank }) : judged('unknown');
    }
  }
  if (seen(inventory, 'data') > 0) return judged('orphaned');
  const strangers = inventory.objects - seen(inventory, 'metadata', 'bare-metadata', 'folder');
  return judged(strangers === 0 ? 'leftover' : 'foreign');
}

/**
 * A bare marker stands for a stream only without metadata of other layouts beside it, and where nothing of another writer's
 * lies beside it, or data of Parseable's does.
 */
const standsForStream = (inventory: Inventory): boolean =>
  seen(inventory, 'metadata') === 0 && (seen(inventory, 'foreign') === 0 || seen(inventory, 'data') > 0);
