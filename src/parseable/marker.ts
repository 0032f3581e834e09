import type { MarkerForm } from './epochs.ts';
import { parseObject } from './json.ts';
import { readStreamMetadata, type StreamMetadata } from './stream-metadata.ts';

/**
 * What a stream's metadata file (`.stream.json` and its predecessors) tells, reduced to the few fields the audit needs.
 * `newer`: its version is unknown to this program, so no field of it is trusted.
 */
export type MarkerReading =
  | {
      state: 'usable';
      version: string | null;
      newer: boolean;
      /** Null where the file has no fields that could be judged by: it is no full document, or of a version yet unknown. */
      metadata: StreamMetadata | null;
    }
  | { state: 'unusable'; why: string };

type Type = 'string' | 'object' | 'array';

const common: Record<string, Type> = {
  version: 'string',
  'objectstore-format': 'string',
  'created-at': 'string',
  owner: 'object',
  permissions: 'array',
};
const withStats: Record<string, Type> = { ...common, stats: 'object' };

/** The fields without which the server's own reader refuses the file, per version (storage/mod.rs, ObjectStoreFormat). */
const required: Record<string, Record<string, Type>> = {
  v1: common,
  v2: withStats,
  v3: withStats,
  v4: withStats,
  v5: withStats,
  v6: withStats,
  v7: withStats,
};

const longestVersion = 64;

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/** Reads a marker's body. The reason of an unusable one names a field at most, never a value. */
export function readMarker(bytes: Buffer, form: MarkerForm): MarkerReading {
  if (form === 'bare') return { state: 'usable', version: null, newer: false, metadata: null };
  const parsed = parseObject(bytes);
  if ('why' in parsed) return { state: 'unusable', why: parsed.why };
  const { object } = parsed;
  if (form === 'format') {
    const { 'objectstore-format': format } = object;
    return typeof format === 'string'
      ? { state: 'usable', version: format.slice(0, longestVersion), newer: false, metadata: null }
      : { state: 'unusable', why: 'its field objectstore-format is missing' };
  }
  const { version: given } = object;
  // Whatever stands there is shown and remembered.
  const version = typeof given === 'string' ? given.slice(0, longestVersion) : given;
  if (typeof version !== 'string') return { state: 'unusable', why: 'its field version is missing' };
  const fields = Object.hasOwn(required, version) ? required[version] : undefined;
  if (fields === undefined) return { state: 'usable', version, newer: true, metadata: null };
  for (const [field, type] of Object.entries(fields)) {
    if (typeOf(object[field]) !== type) {
      const what = object[field] === undefined ? 'is missing' : `is not ${type === 'string' ? 'a' : 'an'} ${type}`;
      return { state: 'unusable', why: `its field ${field} ${what}` };
    }
  }
  return { state: 'usable', version, newer: false, metadata: readStreamMetadata(object, version) };
}
