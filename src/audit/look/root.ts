import type { Bucket } from '../../bucket/bucket.ts';
import type { Listed } from '../../bucket/page.ts';
import { compareKeys } from '../../bucket/keys.ts';
import type { Failure } from '../../bucket/failure.ts';

export interface Level {
  prefixes: string[];
  objects: Listed[];
  pages: number;
  failure: Failure | null;
}

/** The listing of a level that is under way. */
export interface OpenLevel {
  /** Asks for one more page; false when none is left or it could not be had. */
  next(): Promise<boolean>;
  /** What was seen so far. */
  level(): Level;
}

/**
 * Begins to list one level: the prefixes and objects directly below `prefix`, in UTF-8 order. Some stores repeat a prefix on
 * the next page, so rows are made unique. A failure keeps what was seen before it.
 */
export function openLevel(bucket: Bucket, prefix: string): OpenLevel {
  const prefixes = new Set<string>();
  const objects = new Map<string, Listed>();
  const listing = bucket.pages({ prefix, delimiter: '/' });
  let pages = 0;
  let failure: Failure | null = null;
  return {
    async next() {
      const answer = (await listing.next()).value;
      if (answer === undefined) return false;
      if (answer.state === 'unknown') {
        failure = answer.failure;
        return false;
      }
      pages++;
      for (const name of answer.value.prefixes) prefixes.add(name);
      for (const object of answer.value.objects) objects.set(object.key, object);
      return answer.value.more;
    },
    level: () => ({
      prefixes: [...prefixes].sort(compareKeys),
      objects: [...objects.values()].sort((a, b) => compareKeys(a.key, b.key)),
      pages,
      failure,
    }),
  };
}

/** Lists one level to its end. */
export async function listLevel(bucket: Bucket, prefix: string): Promise<Level> {
  const open = openLevel(bucket, prefix);
  while (await open.next());
  return open.level();
}
