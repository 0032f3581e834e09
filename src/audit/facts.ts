import type { Listed } from '../bucket/page.ts';
import type { Failure, Read } from '../bucket/failure.ts';
import type { LifecycleRule } from '../bucket/lifecycle.ts';
import type { Optional } from '../bucket/optional.ts';
import type { DeploymentReading } from '../parseable/deployment.ts';
import type { RankedMarker } from '../parseable/layout.ts';
import type { MarkerReading } from '../parseable/marker.ts';
import type { DeepFacts } from './deep/look.ts';
import type { Inventory } from './inventory.ts';

/** Usable markers of earlier audits by key: what did not change is not read again. */
export type KnownMarkers = Record<string, { etag: string; reading: Extract<MarkerReading, { state: 'usable' }> }>;

/** A stream's metadata file that is there, and what it says. */
export interface MarkerFact {
  key: string;
  place: RankedMarker;
  /** Written by an ingest node beside, or before, the base file. */
  node: boolean;
  size: number;
  lastModified: string;
  etag: string;
  reading: { state: 'present'; value: MarkerReading } | { state: 'unknown'; failure: Failure };
}

/** Something inside a stream that no layout writes, or a folder that bears a date and is no day. */
export interface Stranger {
  /** From the root; ends in `/` for a folder, and is a key otherwise. */
  prefix: string;
  tenant: null;
  /** The stream that holds it. */
  within: string;
  inventory: Inventory;
  failure: Failure | null;
}

/** What the days of a stream hold besides data, listed where its snapshot seems to have lost them. */
export interface DayFacts {
  day: string;
  manifests: Listed[];
}

/** The first level of a stream. */
export interface StreamLevel {
  /** Days that have a folder, ascending. */
  days: string[];
  /** Folders whose name begins with `date` and is no day of the calendar. */
  malformed: Stranger[];
  strangers: Stranger[];
  /** Objects of Parseable's on this level that are not hidden. */
  metadata: Listed[];
  failure: Failure | null;
  /** When its days were listed (RFC 3339), which may be by an earlier audit, and the print of its metadata files then. */
  listed: { at: string; markers: string | null };
  /** Looked at only on suspicion; null without one. */
  lostDays: { days: DayFacts[]; newest: string | null; oldest: string | null; failure: Failure | null } | null;
}

/** Unfinished uploads below one prefix of the first level, or at one root key. */
export interface UploadsFact {
  subject: string;
  uploads: number;
  /** Null when the store does not tell. */
  bytes: number | null;
  oldest: string;
  newest: string;
  complete: boolean;
  sample: string[];
}

/** Everything the audit learnt about one prefix: a root prefix, or a child of a tenant. A value, printable and storable. */
export interface PrefixFacts {
  /** From the root, ending in `/`. */
  prefix: string;
  /** The tenant's prefix for its children, else null. */
  tenant: string | null;
  /** Why the prefix could not be listed, or null. */
  failure: Failure | null;
  markers: MarkerFact[];
  tenantFile: Read<DeploymentReading>;
  /** Its hidden keys that some layout writes. */
  ownKeys: Listed[];
  /** What a stream holds one level down; null for everything else. */
  level: StreamLevel | null;
  /** What lies in it, walked when no marker explains it. */
  inventory: Inventory | null;
  /** What a tenant holds, one level down; null for everything else. */
  children: { prefixes: PrefixFacts[]; objects: Listed[]; failure: Failure | null } | null;
  /** Objects vanished between the two looks. */
  shrinking: boolean;
}

export interface DeploymentFact {
  key: string;
  rank: number;
  read: Read<DeploymentReading>;
}

/** Everything one audit learnt about a bucket. Whoever gathers it, plainly or faster, nothing downstream asks the bucket again. */
export interface Facts {
  root: { prefixes: string[]; objects: Listed[]; pages: number; failure: Failure | null };
  /** Newest place first. */
  deployments: DeploymentFact[];
  prefixes: PrefixFacts[];
  lifecycle: Optional<LifecycleRule[]>;
  /** What lies at prefixes of rules that reach deep into folders of Parseable's own. */
  underRules: Record<string, Read<Listed[]>>;
  /** `listed`: the store's list of uploads was followed to its end. */
  uploads: Optional<{ groups: UploadsFact[]; listed: boolean }>;
  /** Asked before a bucket is given to a server; null in other audits. */
  beforehand: Beforehand | null;
  /** What lies inside of streams; null unless a deep audit looked there. */
  deep: DeepFacts | null;
}

/** How a bucket is set that a server is yet to get. */
export interface Beforehand {
  versioning: Optional<'enabled' | 'suspended' | 'never'>;
  objectLock: Optional<boolean>;
}

/** Every prefix that was looked at: those of the root, and the children of tenants. */
export const everyPrefix = ({ prefixes }: Pick<Facts, 'prefixes'>): PrefixFacts[] =>
  prefixes.flatMap((prefix) => [prefix, ...(prefix.children?.prefixes ?? [])]);
