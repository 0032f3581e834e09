/** The part of a Lambda context that is used here; none of it need be there. */
export interface TimeLimit {
  getRemainingTimeInMillis?: () => number;
}

/** What report, alert and state need after the audits: at least this, and at least a tenth of the time. */
const reserveMs = 10_000;
const reserveShare = 0.1;

/**
 * How long the next audit may take, so that every bucket left gets its part and the work after the audits is never cut off.
 * @param remainingMs what is left of the whole invocation
 * @param left buckets not yet begun, the next one included
 * @param lanes buckets audited at a time
 */
export function auditTime(remainingMs: number, left: number, lanes: number): number {
  // In a very short invocation the audits still get half of it: an audit without any time can only fail.
  const reserve = Math.min(Math.max(reserveMs, remainingMs * reserveShare), remainingMs / 2);
  const rounds = Math.ceil(Math.max(left, 1) / lanes);
  return Math.max(0, Math.floor((remainingMs - reserve) / rounds));
}

/** A signal that ends the next audit in time; undefined when the invocation has no time limit. */
export function auditSignal(limit: TimeLimit, left: number, lanes: number): AbortSignal | undefined {
  const remaining = limit.getRemainingTimeInMillis?.();
  return remaining === undefined ? undefined : AbortSignal.timeout(auditTime(remaining, left, lanes));
}
