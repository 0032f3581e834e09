import type { DayLook } from './day-look.ts';

/** What deep audits know of one stream. */
export interface KnownStream {
  /** Ascending. */
  days: DayLook[];
  /** Schema files that were found in order, by key: their ETag. */
  schemas: Record<string, string>;
}

/** What deep audits of a bucket know: this is what the next one builds on, and goes on from. */
export interface KnownDepth {
  /** When the audit began that has not come to the end of the bucket yet; null when all of it was looked at. RFC 3339. */
  round: string | null;
  /** By prefix. */
  streams: Record<string, KnownStream>;
}

/** What the first deep audit knows. */
export const nothingKnown: KnownDepth = { round: null, streams: {} };
