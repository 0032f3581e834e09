import type { StreamMetadata } from '../../parseable/stream-metadata.ts';
import { unite, type Union } from '../../parseable/snapshot.ts';
import type { StreamDepth } from '../deep/day-look.ts';
import type { Row } from '../classify/row.ts';
import { metadataOf } from '../earlier.ts';
import { everyPrefix, type Facts, type MarkerFact, type StreamLevel } from '../facts.ts';

/** One stream as the checks on its inside see it. */
export interface Stream {
  row: Row;
  prefix: string;
  markers: MarkerFact[];
  /** Null when it was not looked at; with a failure when it could not be listed whole. */
  level: StreamLevel | null;
  /** How long it keeps its data, `days` null for ever; null as a whole where the metadata does not tell. */
  retention: { days: number | null } | null;
  /** What all its metadata files know together; null unless every one of them is usable and of a version with a snapshot. */
  union: Union | null;
  /** What lies in it, day by day; null unless a deep audit looked inside. */
  depth: StreamDepth | null;
}

const looked: readonly Row['verdict'][] = ['stream', 'corrupt', 'unmigrated'];

/** The streams of a bucket, those of tenants too. A damaged tenant's file makes no stream of the tenant. */
export function streamsOf(facts: Facts, rows: readonly Row[]): Stream[] {
  const byName = new Map(everyPrefix(facts).map((prefix) => [prefix.prefix, prefix]));
  const depths = new Map((facts.deep?.streams ?? []).map((one) => [one.prefix, one]));
  return rows.flatMap((row) => {
    const prefix = byName.get(row.name);
    const isStream = looked.includes(row.verdict) && !row.traits.some(({ trait }) => trait === 'tenant-file-unusable');
    if (row.object || prefix === undefined || !isStream) return [];
    const { markers, level } = prefix;
    const depth = depths.get(row.name) ?? null;
    return [
      { row, prefix: row.name, markers, level, retention: retentionOf(row, markers), union: unionOf(markers), depth },
    ];
  });
}

const ofNode = ({ node }: MarkerFact): boolean => node;

/** The base file decides; nodes have copies of it, which count where it does not exist. */
function retentionOf({ verdict }: Row, markers: readonly MarkerFact[]): Stream['retention'] {
  if (verdict === 'corrupt') return null;
  const base = markers.filter((marker) => !ofNode(marker));
  const deciding = base.length > 0 ? base : markers;
  const days: number[] = [];
  for (const marker of deciding) {
    // Layouts whose marker is no full document knew no retention.
    if (marker.place.form !== 'versioned') continue;
    const metadata = metadataOf(marker);
    if (metadata === null) return null;
    if (metadata.retention !== null) days.push(metadata.retention);
  }
  return { days: days.length === 0 ? null : Math.min(...days) };
}

function unionOf(markers: readonly MarkerFact[]): Union | null {
  const known: StreamMetadata[] = [];
  for (const marker of markers) {
    const metadata = metadataOf(marker);
    if (metadata === null) return null;
    known.push(metadata);
  }
  if (known.some(({ snapshot }) => snapshot === 'unreadable')) return null;
  const snapshots = known.flatMap(({ snapshot }) => (snapshot === null || snapshot === 'unreadable' ? [] : [snapshot]));
  return snapshots.length === 0 ? null : unite(snapshots);
}

/** True where the first level is known whole. */
export const isListed = ({ level }: Stream): boolean => level !== null && level.failure === null;
