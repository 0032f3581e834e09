import type { Listed } from '../bucket/bucket.ts';
import type { Failure, Read } from '../bucket/failure.ts';
import type { DeploymentReading } from '../parseable/deployment.ts';
import type { RankedMarker } from '../parseable/layout.ts';
import type { MarkerReading } from '../parseable/marker.ts';
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
  /** Allow entries that name something inside a stream: is it there? */
  insideStreams: Record<string, Read<true>>;
}
