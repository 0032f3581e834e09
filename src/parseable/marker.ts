import type { MarkerForm } from './epochs.ts';
import { parseObject } from './json.ts';

/**
 * What a stream's metadata file (`.stream.json` and its predecessors) tells, reduced to the few fields the audit needs.
 * `newer`: its version is unknown to this program, so no field of it is trusted.
 */
export type MarkerReading =
  { state: 'usable'; version: string | null; newer: boolean } | { state: 'unusable'; why: string };

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

const typeOf = (value: unknown): string => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value);

/** Reads a marker's body. The reason of an unusable one names a field at most, never a value. */
export function readMarker(bytes: Buffer, form: MarkerForm): MarkerReading {
  if (form === 'bare') return { state: 'usable', version: null, newer: false };
  const parsed = parseObject(bytes);
  if ('why' in parsed) return { state: 'unusable', why: parsed.why };
  const { object } = parsed;
  if (form === 'format') {
    return typeof object['objectstore-format'] === 'string'
      ? { state: 'usable', version: object['objectstore-format'], newer: false }
      : { state: 'unusable', why: 'its field objectstore-format is missing' };
  }
  const version = object['version'];
  if (typeof version !== 'string') return { state: 'unusable', why: 'its field version is missing' };
  const fields = Object.hasOwn(required, version) ? required[version] : undefined;
  if (fields === undefined) return { state: 'usable', version, newer: true };
  for (const [field, type] of Object.entries(fields)) {
    if (typeOf(object[field]) !== type) {
      const what = object[field] === undefined ? 'is missing' : `is not ${type === 'string' ? 'a' : 'an'} ${type}`;
      return { state: 'unusable', why: `its field ${field} ${what}` };
    }
  }
  return { state: 'usable', version, newer: false };
}
