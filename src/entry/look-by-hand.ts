import { audit, type AuditOptions } from '../audit/audit.ts';
import type { Outcome } from '../audit/outcome.ts';
import { openBucket } from '../bucket/bucket.ts';
import type { ByHand } from './by-hand.ts';
import type { RunOptions } from './options.ts';
import type { Target } from './targets.ts';

/** Looks at one bucket, and tells how far it is. Null when it was interrupted and the look did not end in time. */
export async function lookByHand(
  { bucket, connection }: Pick<Target, 'bucket' | 'connection'>,
  { concurrency }: Pick<RunOptions, 'concurrency'>,
  { stop, progress }: Pick<ByHand, 'stop' | 'progress'>,
  about: Omit<AuditOptions, 'bucket' | 'store' | 'onProgress'>,
): Promise<Outcome | null> {
  const store = openBucket(bucket.name, connection, { concurrency, signal: stop.signal });
  try {
    const look = audit({
      ...about,
      bucket,
      store,
      onProgress: (at) => {
        progress.tell(bucket.name, at);
      },
    });
    return await stop.before(look);
  } finally {
    store.close();
  }
}
