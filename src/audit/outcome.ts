import type { Failure } from '../bucket/failure.ts';
import type { StoragePrice } from '../findings/costs.ts';
import type {
  Candidate,
  Completeness,
  Depth,
  Entry,
  Preflight,
  Report,
  RequestCounts,
  StreamFigures,
} from '../findings/report.ts';
import type { KnownDepth } from './deep/known.ts';
import type { Earlier } from './earlier.ts';

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
  streams: StreamFigures[];
  /** Null where the inside of streams was not looked at. */
  depth: Depth | null;
  /** Whether the bucket may be given to a server; null where that was not asked. */
  preflight: Preflight | null;
  /** By which the cost of alien data is reckoned. */
  price: StoragePrice;
  requests: RequestCounts;
  skipped: Report['skipped'];
  /** What the next audit builds on. */
  known: Earlier;
  /** What the next deep audit builds on; null unless this was one. */
  knownDepth: KnownDepth | null;
  /** Why the bucket could not be listed at all; set exactly when completeness is `failed`. */
  failure: Failure | null;
}
