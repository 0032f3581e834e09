import type { Fault, RequestLog, S3Request, StoredBucket } from '../s3/server.ts';
import { shareOf } from './dice.ts';
import type { Disturbance } from './schedule.ts';
import type { Asked } from './trace.ts';

/** What not every store offers, and not every role may ask. */
const optional: readonly string[] = ['GetBucketLifecycleConfiguration', 'ListMultipartUploads'];

/** The fault of a request, decided by the request alone. */
export function faultFor(
  disturbances: readonly Disturbance[],
  names: readonly string[],
  request: S3Request,
): Fault | null {
  const { operation, target, attempt, key, prefix, query } = request;
  const place = operation === 'GetObject' ? key : prefix;
  const hit = disturbances.find(({ operation: only, continued, name, ending, share, salt, attempts }) => {
    if (operation !== 'GetObject' && operation !== 'ListObjectsV2' && !optional.includes(operation)) return false;
    if (only !== null && only !== operation) return false;
    if (continued && !query.has('continuation-token')) return false;
    if (attempt < attempts.from || (attempts.to !== null && attempt > attempts.to)) return false;
    if (ending !== null && !key.endsWith(ending)) return false;
    const named = name === null ? undefined : names[name % Math.max(names.length, 1)];
    if (named !== undefined && !place.startsWith(named)) return false;
    return shareOf(salt, target) < share;
  });
  return hit?.fault ?? null;
}

/** Whether an answer with this fault can be used. */
export function fateOf(request: RequestLog, fault: Fault | null, bucket: StoredBucket): Asked['fate'] {
  // What a busy store refused of a walk is asked for from another key on: that request may have had the answer.
  if (isThrottled(fault) && request.query.has('start-after')) return 'unsure';
  switch (fault?.kind) {
    case 'status':
      // The audit does without, and says so.
      return optional.includes(request.operation) && fault.code === 'AccessDenied' ? 'fine' : 'lost';
    case 'reset':
    case 'error-body':
      return 'lost';
    case 'stall':
      return fault.after === 'half' ? cutFate(request, bucket) : 'lost';
    case 'truncate':
      return cutFate(request, bucket);
    case undefined:
    case 'empty-page':
    case 'short-page':
    case 'stale-page':
    case 'skew':
    case 'latency':
      return 'fine';
  }
}

/** Errors under status 200 are 503 to the SDK, whatever they say. */
const isThrottled = (fault: Fault | null): boolean =>
  fault?.kind === 'error-body' || (fault?.kind === 'status' && fault.status === 503);

/** A 404 says that the key is not there, and says it whole even when the document that explains it is cut. */
function cutFate({ operation, key, status }: RequestLog, bucket: StoredBucket): Asked['fate'] {
  if (optional.includes(operation) && status === 404) return 'unsure';
  if (operation !== 'GetObject') return 'lost';
  return status === 404 || (bucket.get(key)?.size ?? 0) === 0 ? 'unsure' : 'lost';
}
