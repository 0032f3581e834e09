import { gunzipSync, gzipSync } from 'node:zlib';
import * as z from 'zod/mini';
import type { Earlier } from '../audit/earlier.ts';
import type { Failure } from '../bucket/failure.ts';
import { displayText } from '../findings/display.ts';
import { severities, type Severity } from '../findings/kinds.ts';
import type { Completeness } from '../findings/report.ts';

/** What is remembered of one finding, from its first sighting to a day after its end. */
export interface Remembered {
  /** As it was written; a kind that this version does not know is kept. */
  kind: string;
  subject: string;
  /** Of the last sighting. */
  severity: Severity;
  firstSeen: string;
  lastSeen: string;
  timesSeen: number;
  /** The figures of the last sighting. */
  evidence: { objects: number | null; bytes: number | null };
  /** It came back within a day of its resolution. */
  again: boolean;
  /** When a report first showed it as more than pending; null while it was only pending. */
  reported: string | null;
  /** The last alert that told it, and the gravest severity told; null when no alert told it. */
  told: { at: string; severity: Severity } | null;
  /** When a full audit found it gone; `owed` while an alert has yet to tell that. */
  resolved: { at: string; owed: boolean } | null;
}

/** An unbroken time in which no full audit succeeded, begun by one that failed. */
export interface RememberedFailure {
  since: string;
  /** When an alert last told it. */
  toldAt: string | null;
  /** When a full audit ended it, while an alert has yet to tell that. */
  over: string | null;
}

/** What a store of states can be relied on for: `weak` when it ignores or refuses conditional writes. */
export type StorePromise = 'conditional' | 'weak';

const schemaVersion = 2;

/** What earlier audits of one bucket saw and told: the state. Knows nothing secret. */
export interface Memory {
  schemaVersion: typeof schemaVersion;
  bucket: string;
  lastAudit: { startedAt: string; completeness: Completeness } | null;
  /** When the last full audit began. */
  lastFull: string | null;
  failure: RememberedFailure | null;
  /** By fingerprint. */
  findings: Record<string, Remembered>;
  /** The last verdict of each row that was known; `unknown` never replaces one. */
  verdicts: Record<string, string>;
  /** What the next audit builds on. */
  known: Earlier;
  /** What was found out about the store; null before the first write. */
  promise: StorePromise | null;
}

/** The memory of a bucket that was never audited. */
export const emptyMemory = (bucket: string): Memory => ({
  schemaVersion,
  bucket,
  lastAudit: null,
  lastFull: null,
  failure: null,
  findings: {},
  verdicts: {},
  known: { markers: {}, collapsed: { objects: false, prefixes: false }, rewritten: {}, deployment: null, levels: {} },
  promise: null,
});

const time = z.string().check(z.refine((text) => !Number.isNaN(Date.parse(text))));
const severity = z.enum(severities);

const text = z.nullable(z.string());
const identity = {
  createdAt: text,
  owner: text,
  lifetime: z.nullable(z.object({ events: z.number(), ingestion: z.number(), storage: z.number() })),
};
const metadata = z.object({
  ...identity,
  stored: z.nullable(z.number()),
  retention: z.nullable(z.number()),
  snapshot: z.nullable(
    z.union([
      z.literal('unreadable'),
      z.object({ manifests: z.record(z.string(), z.array(z.string())), oldest: text, repeated: z.array(z.string()) }),
    ]),
  ),
});

/** One day, or the first and the last of several. */
const dayRange = z
  .string()
  .check(
    z.refine(
      (range) =>
        /^\d{4}-\d{2}-\d{2}(\.\.\d{4}-\d{2}-\d{2})?$/.test(range) &&
        range.split('..').every((day) => !Number.isNaN(Date.parse(day))),
    ),
  );

const known = z.object({
  markers: z.record(
    z.string(),
    z.object({
      etag: z.string(),
      reading: z.object({
        state: z.literal('usable'),
        version: text,
        newer: z.boolean(),
        metadata: z.nullable(metadata),
      }),
    }),
  ),
  collapsed: z.object({ objects: z.boolean(), prefixes: z.boolean() }),
  rewritten: z.record(z.string(), z.object({ before: z.object(identity), since: time })),
  deployment: z.nullable(
    z.object({ id: z.string(), replaced: z.nullable(z.object({ before: z.string(), since: time })) }),
  ),
  levels: z._default(
    z.record(
      z.string(),
      z.object({ at: time, markers: z.string(), days: z.array(dayRange), others: z.array(z.string()) }),
    ),
    {},
  ),
});

// Unknown fields are dropped and unknown kinds and verdicts kept: a newer release of the same schema version may have written them.
const schema = z.object({
  schemaVersion: z.literal(schemaVersion),
  bucket: z.string(),
  lastAudit: z.nullable(z.object({ startedAt: time, completeness: z.enum(['full', 'partial', 'failed']) })),
  lastFull: z.nullable(time),
  failure: z.nullable(z.object({ since: time, toldAt: z.nullable(time), over: z.nullable(time) })),
  findings: z.record(
    z.string(),
    z.object({
      kind: z.string(),
      subject: z.string(),
      severity,
      firstSeen: time,
      lastSeen: time,
      timesSeen: z.number(),
      evidence: z.object({ objects: z.nullable(z.number()), bytes: z.nullable(z.number()) }),
      again: z.boolean(),
      reported: z.nullable(time),
      told: z.nullable(z.object({ at: time, severity })),
      resolved: z.nullable(z.object({ at: time, owed: z.boolean() })),
    }),
  ),
  verdicts: z.record(z.string(), z.string()),
  known,
  promise: z.nullable(z.enum(['conditional', 'weak'])),
});

/** A state as JSON, of any shape. */
type Stored = Record<string, unknown>;

/**
 * How a state of each older version becomes one of the next. The first version knew markers by less than audits judge by
 * now: they are read anew.
 */
const migrations: Record<number, (state: Stored) => Stored> = {
  1: ({ collapsed, ...rest }) => ({
    ...rest,
    schemaVersion: 2,
    known: { markers: {}, collapsed, rewritten: {}, deployment: null },
  }),
};

function migrated(json: unknown): unknown {
  let state = json;
  for (;;) {
    const version = versionOf(state);
    const next = version === null ? undefined : migrations[version];
    if (next === undefined) return state;
    state = next(state as Stored);
  }
}

const versionOf = (json: unknown): number | null => {
  const version = typeof json === 'object' && json !== null && 'schemaVersion' in json ? json.schemaVersion : null;
  return typeof version === 'number' ? version : null;
};

/** Unpacked, a state of 100,000 streams is some 60 MB; what is larger is no state. */
const largest = 128 * 1024 * 1024;

/** The bytes of a state as they are stored: gzipped JSON, the same bytes for the same memory. */
export const packMemory = (memory: Memory): Buffer => gzipSync(JSON.stringify(memory));

/**
 * Reads stored bytes. What is torn, foreign or of a newer version is unknown, never an empty state: forgetting would
 * tell everything anew, and swallow what is resolved.
 */
export function unpackMemory(
  bytes: Uint8Array,
  bucket: string,
): { state: 'present'; value: Memory } | { state: 'unknown'; failure: Failure } {
  let json: unknown;
  try {
    json = JSON.parse(gunzipSync(bytes, { maxOutputLength: largest }).toString('utf8'));
  } catch {
    return unusable('TornState', 'the state is torn or not of this program: it is no gzipped JSON');
  }
  const version = versionOf(json);
  if (version !== null && version > schemaVersion) {
    return unusable(
      'NewerState',
      `a newer version of this program wrote the state (schemaVersion ${String(version)}, this one reads ${String(schemaVersion)})`,
    );
  }
  const parsed = schema.safeParse(migrated(json));
  if (!parsed.success) {
    const path = parsed.error.issues[0]?.path[0];
    const place = typeof path === 'string' ? `: ${path} is not as it should be` : '';
    return unusable('ForeignState', `the state is not of this program${place}`);
  }
  if (parsed.data.bucket !== bucket) {
    return unusable(
      'ForeignState',
      `the state is that of the bucket ${displayText(parsed.data.bucket)}, not of ${bucket}`,
    );
  }
  return { state: 'present', value: parsed.data };
}

const unusable = (code: string, message: string): { state: 'unknown'; failure: Failure } => ({
  state: 'unknown',
  failure: { operation: 'GetObject', code, status: null, message: message.slice(0, 300) },
});
