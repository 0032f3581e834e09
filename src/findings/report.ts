import type { AlienTotal } from './costs.ts';
import type { Kind, Severity } from './kinds.ts';

/** What one row of a bucket is. */
export const verdicts = [
  'deployment',
  'stream',
  'tenant',
  'orphaned',
  'leftover',
  'corrupt',
  'unmigrated',
  'foreign',
  'unrecognised',
  'marker',
  'allowed',
  'unknown',
] as const;
export type Verdict = (typeof verdicts)[number];

export type Completeness = 'full' | 'partial' | 'failed';

/** One top-level prefix, root object, or child of a tenant. Keys stand exactly as in the bucket. */
export interface Entry {
  name: string;
  verdict: Verdict;
  likelyWriter: string | null;
  objects: number | null;
  bytes: number | null;
  /** False when `objects` and `bytes` are lower bounds. */
  sizeComplete: boolean;
  /** RFC 3339. */
  newest: string | null;
  metadataVersion: string | null;
}

/** What a finding rests on. Keys stand exactly as in the bucket; display text never does. */
export interface Evidence {
  objects?: number;
  bytes?: number;
  /** RFC 3339, LastModified of the oldest object concerned. */
  oldest?: string | null;
  newest?: string | null;
  sizeComplete?: boolean;
  /** A sample of at most 20 keys. */
  keys?: string[];
  /** Who probably wrote it, by a documented lower-case id. */
  likelyWriter?: string;
  /** What storing it costs, in the currency that the details name; a lower bound where the size is one. */
  costPerMonth?: number;
  /** It was told as resolved within the last day and is back. */
  again?: boolean;
  [more: string]: unknown;
}

/**
 * What looks like Parseable's own in the making or being deleted: pending until this has run out
 * (how long, and from which objects on). Null means certain at first sight.
 */
export interface Grace {
  hours: number;
  /** RFC 3339, the youngest and the oldest object concerned; null when unknown. */
  newest: string | null;
  oldest: string | null;
  /** Objects vanished between the two looks: a delete is running. */
  shrinking: boolean;
}

/** A finding before the memory of earlier audits has judged it. */
export interface Candidate {
  kind: Kind;
  severity: Severity;
  subject: string;
  /** Display text: control and bidi characters of keys are escaped. */
  title: string;
  message: string;
  why: string;
  remedy: string;
  evidence: Evidence;
  grace: Grace | null;
}

export type Status = 'new' | 'ongoing' | 'pending' | 'known';

export interface Finding extends Omit<Candidate, 'grace'> {
  /** Stable fingerprint of bucket, kind and subject. */
  id: string;
  status: Status;
  /** RFC 3339. */
  firstSeen: string;
}

export interface RequestCounts {
  list: number;
  get: number;
  head: number;
  other: number;
}

/** May this bucket be given to Parseable? */
export interface Preflight {
  ready: boolean;
  /** What stands in the way: what is there, and what a server would do about it. Empty exactly when ready. Display text. */
  reasons: string[];
  /** What would bite later. Display text. */
  advice: string[];
}

/** What is known of one stream beside its verdict. What only a deep audit reads is null in another one. */
export interface StreamFigures {
  /** As in the entries. */
  name: string;
  /** Days that have a folder, as ascending ranges: `2026-11-20`, `2026-11-01..2026-11-18`. Null where it could not be listed. */
  days: string[] | null;
  /** Days that it keeps its data; null when it keeps them for ever, or its metadata does not tell. */
  retentionDays: number | null;
  /** Bytes of data files as its metadata believes. */
  believedBytes: number | null;
  /** Everything below its prefix; lower bounds unless `complete`. */
  objects: number | null;
  bytes: number | null;
  complete: boolean;
  /** Its data files alone. */
  dataObjects: number | null;
  dataBytes: number | null;
  manifests: number | null;
  /** When the day that was looked at longest ago was; RFC 3339. */
  lookedAt: string | null;
}

/** How far a deep audit came, earlier runs of the same round counted in. */
export interface Depth {
  streams: number;
  ofStreams: number;
  days: number;
  ofDays: number;
  objects: number;
  /** Share of what there is, by objects, from 0 to 1; an estimate from days where not everything was listed. */
  share: number;
  /** When the day was listed that was listed longest ago, of those that the report rests on; null without any. RFC 3339. */
  lastListed: string | null;
}

/** The report of one audit of one bucket: what `--format json` prints and what is stored. */
export interface Report {
  schemaVersion: 1;
  tool: { name: string; version: string };
  bucket: { name: string; region: string | null; endpoint: string | null; environment: string | null };
  mode: 'audit' | 'deep' | 'preflight';
  startedAt: string;
  finishedAt: string;
  completeness: Completeness;
  deployment: { id: string | null; metadataVersion: string | null; multiTenant: boolean };
  entries: Entry[];
  findings: Finding[];
  /** In the order of the entries. */
  streams: StreamFigures[];
  /** Of a deep audit alone. */
  depth?: Depth;
  /** Findings that are neither known nor pending. */
  summary: {
    error: number;
    warning: number;
    note: number;
    entries: number;
    objects: number;
    bytes: number;
    alien: AlienTotal;
  };
  requests: RequestCounts;
  skipped: { what: string; why: string }[];
  /** Of a pre-flight alone. */
  preflight?: Preflight;
}
