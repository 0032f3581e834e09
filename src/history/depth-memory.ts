import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { DayLook } from '../audit/deep/day-look.ts';
import type { KnownDepth } from '../audit/deep/known.ts';

const schemaVersion = 1;

const count = z.number();
const text = z.string();
const time = z.nullable(z.string());
const optionalCount = z.optional(z.number());

const pile = z.object({
  objects: count,
  bytes: count,
  oldest: time,
  newest: time,
  keys: z.array(text),
  claimedBytes: optionalCount,
  files: optionalCount,
  fileBytes: optionalCount,
  why: z.optional(text),
});
const found = z.object({ settled: pile, young: pile });
const sorts = {
  foreign: z.optional(found),
  unreferenced: z.optional(found),
  untailed: z.optional(found),
  missing: z.optional(found),
  mismatched: z.optional(found),
  'manifest-missing': z.optional(found),
  'manifest-unreferenced': z.optional(found),
  'manifest-corrupt': z.optional(found),
  zstd: z.optional(found),
} satisfies Record<keyof DayLook['found'], unknown>;

/** A day as a row: a year of ten thousand streams is millions of them. The time stands for its place in a list of times. */
const row = z.tuple([
  text,
  count,
  count,
  count,
  count,
  count,
  count,
  count,
  text,
  text,
  z.array(text),
  z.nullable(z.object(sorts)),
]);

const schema = z.object({
  schemaVersion: z.literal(schemaVersion),
  bucket: text,
  round: time,
  times: z.array(text),
  streams: z.record(text, z.object({ schemas: z.record(text, text), days: z.array(row) })),
});

/** What deep audits know, as it is stored: gzipped JSON. Holds keys, sizes and times, and nothing of any body. */
export function packDepth({ round, streams }: KnownDepth, bucket: string): Buffer {
  const times = new Map<string, number>();
  const placeOf = (at: string): number => {
    const known = times.get(at);
    if (known !== undefined) return known;
    times.set(at, times.size);
    return times.size - 1;
  };
  const packed = Object.entries(streams).map(([prefix, { days, schemas }]): [string, unknown] => [
    prefix,
    {
      schemas,
      days: days.map((look) => [
        look.day,
        placeOf(look.lookedAt),
        look.objects,
        look.bytes,
        look.dataObjects,
        look.dataBytes,
        look.youngBytes,
        look.manifests,
        look.listing,
        look.references,
        look.reaches,
        Object.keys(look.found).length === 0 ? null : look.found,
      ]),
    },
  ]);
  const stored = { schemaVersion, bucket, round, times: [...times.keys()], streams: Object.fromEntries(packed) };
  return gzipSync(JSON.stringify(stored));
}

/** Unpacked, what is larger is none of these files. */
const largest = 512 * 1024 * 1024;

/**
 * Reads it again. What is torn or foreign is worth nothing, and makes the next audit look at everything; `newer` was written
 * by a newer release, and is to be left alone.
 */
export function unpackDepth(bytes: Uint8Array, bucket: string): KnownDepth | 'worthless' | 'newer' {
  let json: unknown;
  try {
    json = JSON.parse(gunzipSync(bytes, { maxOutputLength: largest }).toString('utf8'));
  } catch {
    return 'worthless';
  }
  const version = typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : null;
  if (typeof version === 'number' && version > schemaVersion) return 'newer';
  const parsed = schema.safeParse(json);
  if (!parsed.success || parsed.data.bucket !== bucket) return 'worthless';
  const { round, times, streams } = parsed.data;
  return {
    round,
    streams: Object.fromEntries(
      Object.entries(streams).map(([prefix, { schemas, days }]) => [
        prefix,
        { schemas, days: days.map((one) => lookOf(one, times)) },
      ]),
    ),
  };
}

function lookOf(one: z.infer<typeof row>, times: readonly string[]): DayLook {
  const [day, at, objects, bytes, dataObjects, dataBytes, youngBytes, manifests, listing, references, reaches] = one;
  return {
    day,
    // A time that is not in the list is none: the day is due.
    lookedAt: times[at] ?? new Date(0).toISOString(),
    objects,
    bytes,
    dataObjects,
    dataBytes,
    youngBytes,
    manifests,
    listing,
    references,
    reaches,
    found: (one[11] ?? {}) as DayLook['found'],
  };
}
