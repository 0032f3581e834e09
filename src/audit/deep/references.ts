import { dayOfManifest } from '../../parseable/days.ts';
import { keyOfPath } from '../../parseable/key-of-path.ts';
import { manifestsOf } from '../../parseable/snapshot.ts';
import { metadataOf } from '../earlier.ts';
import type { MarkerFact } from '../facts.ts';

/** Who names a manifest: the ages of the metadata files that do. */
export interface Naming {
  oldest: string;
  newest: string;
  /** Named only by files of ingest nodes that are gone: nobody cleans up what these list (a stale entry, no damage). */
  dead: boolean;
}

/** Which manifests a stream's metadata files name. */
export interface References {
  /** By day, then by key. */
  byDay: ReadonlyMap<string, ReadonlyMap<string, Naming>>;
  /** Every metadata file could be read and understood: what is not named here is named nowhere. */
  whole: boolean;
  /** One of them could not be read, or judged: what is learnt by these stands for this audit alone. */
  unread: boolean;
  /** At least one of them is of a version that has a snapshot. */
  snapshots: boolean;
  /** The smallest day that a snapshot knows. */
  oldest: string | null;
}

export const noNames: ReadonlyMap<string, Naming> = new Map();

const nodeOf = (key: string): string | null => /\.ingestor\.([^/]+)\.stream\.json$/.exec(key)?.[1] ?? null;

/**
 * The union of all snapshots of a stream. A dead node's file may be the only index of its data, so it counts as any other.
 * @param nodes ids of the ingest nodes that have a file of their own; null when nobody can tell.
 */
export function referencesOf(
  prefix: string,
  markers: readonly MarkerFact[],
  nodes: ReadonlySet<string> | null,
): References {
  const byDay = new Map<string, Map<string, Naming>>();
  let whole = true;
  let unread = false;
  let snapshots = false;
  let oldest: string | null = null;
  for (const marker of markers) {
    // Where nobody can tell which nodes are there, what their files name is not told as missing.
    unread ||= marker.reading.state === 'unknown' || (marker.node && nodes === null);
    // Layouts whose marker is no full document knew no manifests.
    if (marker.place.form !== 'versioned') continue;
    const snapshot = metadataOf(marker)?.snapshot;
    if (snapshot === undefined || snapshot === 'unreadable') {
      whole = false;
      continue;
    }
    if (snapshot === null) continue;
    snapshots = true;
    if (snapshot.oldest !== null && (oldest === null || snapshot.oldest < oldest)) oldest = snapshot.oldest;
    const id = marker.node ? nodeOf(marker.key) : null;
    const dead = id !== null && nodes?.has(id) !== true;
    const at = marker.lastModified;
    for (const path of manifestsOf(snapshot)) {
      const key = keyOfPath(path, prefix);
      const day = dayOfManifest(key.slice(prefix.length));
      if (day === null) continue;
      const names = byDay.get(day) ?? new Map<string, Naming>();
      byDay.set(day, names);
      const known = names.get(key);
      names.set(key, {
        oldest: known !== undefined && known.oldest < at ? known.oldest : at,
        newest: known !== undefined && known.newest > at ? known.newest : at,
        dead: dead && known?.dead !== false,
      });
    }
  }
  return { byDay, whole, unread, snapshots, oldest };
}
