import { readSnapshot, type Snapshot } from './snapshot.ts';

/** How many events a stream ever took in, and how large they were. */
export interface Counters {
  events: number;
  ingestion: number;
  storage: number;
}

/** The fields of a stream's metadata file that the audit judges by. */
export interface StreamMetadata {
  /** RFC 3339, UTC; null where the file names no such time. */
  createdAt: string | null;
  /** `id/group` of the owner. */
  owner: string | null;
  /** What only grows; null before 1.2.0, whose counters shrink with retention, and where a server wrote nonsense. */
  lifetime: Counters | null;
  /** Bytes that it believes to be stored now, in data files; null where it does not tell, or a server wrote nonsense. */
  stored: number | null;
  /** Days that the stream keeps, the smallest of its tasks; null when it keeps them for ever. */
  retention: number | null;
  /** Null where the version of the file has none; `unreadable` where it is not of the form that servers write. */
  snapshot: Snapshot | 'unreadable' | null;
}

const objectOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};

function timeOf(value: unknown): string | null {
  if (typeof value !== 'string') return null;
  const at = new Date(value);
  return Number.isNaN(at.getTime()) ? null : at.toISOString();
}

/** A gauge that went below zero is written as a number near 2^64: it says nothing. */
const counter = (value: unknown): number | null =>
  typeof value === 'number' && value >= 0 && value < 2 ** 63 ? value : null;

function lifetimeOf(stats: unknown): Counters | null {
  const lifetime = objectOf(objectOf(stats)['lifetime_stats']);
  const [events, ingestion, storage] = [lifetime['events'], lifetime['ingestion'], lifetime['storage']].map(counter);
  if (typeof events !== 'number' || typeof ingestion !== 'number' || typeof storage !== 'number') return null;
  return { events, ingestion, storage };
}

/** Since 1.2.0 the counters of what is stored now stand beside those of what was deleted; before, there were no others. */
function storedOf(stats: unknown): number | null {
  const { current_stats: current, storage } = objectOf(stats);
  return counter(current === undefined ? storage : objectOf(current)['storage']);
}

function ownerOf(value: unknown): string | null {
  const { id, group } = objectOf(value);
  return typeof id === 'string' ? `${id}/${typeof group === 'string' ? group : ''}` : null;
}

/** The days of the strictest task, `[{action: "delete", duration: "90d"}]`; a task that servers could not read is none. */
function retentionOf(value: unknown): number | null {
  const days = (Array.isArray(value) ? value : []).flatMap((task) => {
    const { action, duration } = objectOf(task);
    const [, number] = typeof duration === 'string' ? (/^(\d{1,5})d$/.exec(duration) ?? []) : [];
    return action === 'delete' && number !== undefined && Number(number) > 0 ? [Number(number)] : [];
  });
  return days.length === 0 ? null : Math.min(...days);
}

/** Versions that may lack a snapshot: before 0.7.2 no server wrote one. Later readers take a missing one for an empty one. */
const mayLackSnapshot = new Set(['v1', 'v2', 'v3']);

/** Picks the fields out of a metadata file that is usable (storage/mod.rs, ObjectStoreFormat). */
export function readStreamMetadata(file: Record<string, unknown>, version: string): StreamMetadata {
  const { snapshot } = file;
  const none = snapshot === undefined || snapshot === null;
  const given = none && !mayLackSnapshot.has(version) ? { manifest_list: [] } : snapshot;
  return {
    createdAt: timeOf(file['created-at']),
    owner: ownerOf(file['owner']),
    lifetime: lifetimeOf(file['stats']),
    stored: storedOf(file['stats']),
    retention: retentionOf(file['retention']),
    snapshot: none && mayLackSnapshot.has(version) ? null : (readSnapshot(given) ?? 'unreadable'),
  };
}
