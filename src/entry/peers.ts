import pLimit from 'p-limit';
import { identify } from '../audit/identify.ts';
import type { Peer } from '../audit/checks/suspect.ts';
import { openBucket, type Bucket } from '../bucket/bucket.ts';
import type { Connection } from '../bucket/connection.ts';
import type { MemoryStore } from '../history/store.ts';

/** A bucket that belongs together with others, and how it is reached. */
export interface Member {
  name: string;
  connection: Connection;
}

/** What is asked beside the audits must not take their time: one try, a few seconds. */
const patience = { attempts: 1, requestTimeoutMs: 5_000 } as const;
const longestMs = 15_000;
/** Buckets that are asked at one time. */
const lanes = 8;

/**
 * Finds which deployment each bucket of a configuration carries, so that each audit can tell whether another bucket has the
 * same. One bucket alone is not asked. A bucket that does not answer counts with what earlier audits remember of it; where
 * they do not, nobody can tell.
 * @param stop ends the asking at once: nobody can tell then
 */
export async function findPeers(
  members: readonly Member[],
  memories: Pick<MemoryStore, 'load'> | null,
  stop?: AbortSignal,
): Promise<Peer[]> {
  if (members.length < 2) return [];
  const lane = pLimit(lanes);
  const found = await Promise.all(
    members.map((member) =>
      lane(async (): Promise<Peer[]> => {
        const { name } = member;
        const identity = await identityOf(member, stop);
        if (identity === null) return [];
        if (identity !== 'unknown') return [{ bucket: name, id: identity.id }];
        return [{ bucket: name, id: stop?.aborted === true ? null : await remembered(name, memories) }];
      }),
    ),
  );
  return found.flat();
}

async function identityOf({ name, connection }: Member, stop?: AbortSignal): ReturnType<typeof identify> {
  const limit = AbortSignal.timeout(longestMs);
  const signal = stop === undefined ? limit : AbortSignal.any([stop, limit]);
  let store: Bucket;
  try {
    store = openBucket(name, connection, { ...patience, signal });
  } catch {
    // What is wrong with its settings is told by its own audit.
    return 'unknown';
  }
  try {
    return await identify(store);
  } finally {
    store.close();
  }
}

async function remembered(name: string, memories: Pick<MemoryStore, 'load'> | null): Promise<string | null> {
  const loaded = await memories?.load(name);
  return loaded?.state === 'present' ? (loaded.value.known.deployment?.id ?? null) : null;
}
