import type { Failure } from '../bucket/failure.ts';
import type { Candidate, Completeness, Entry, Report, RequestCounts } from '../findings/report.ts';
import type { KnownMarkers } from './facts.ts';

/** What one audit of one bucket saw and suspects, before the memory of earlier audits judges it. */
export interface Outcome {
  bucket: Report['bucket'];
  mode: Report['mode'];
  startedAt: string;
  finishedAt: string;
  completeness: Completeness;
  deployment: Report['deployment'];
  entries: Entry[];
  candidates: Candidate[];
  requests: RequestCounts;
  skipped: Report['skipped'];
  /** Markers with their ETags, so that the next audit need not read what did not change. */
  markers: KnownMarkers;
  /** Which kinds of foreign rows are folded into one row `*`; once folded they stay so until well below the limit. */
  collapsed: { objects: boolean; prefixes: boolean };
  /** Why the bucket could not be listed at all; set exactly when completeness is `failed`. */
  failure: Failure | null;
}
