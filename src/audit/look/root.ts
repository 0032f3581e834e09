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

/**
 * Lists one level: the prefixes and objects directly below `prefix`, in UTF-8 order. Some stores repeat a prefix on the
 * next page, so rows are made unique. A failure keeps what was seen before it.
 */
export async function listLevel(bucket: Bucket, prefix: string): Promise<Level> {
  const prefixes = new Set<string>();
  const objects = new Map<string, Listed>();
  let pages = 0;
  let failure: Failure | null = null;
  for await (const answer of bucket.pages({ prefix, delimiter: '/' })) {
    if (answer.state === 'unknown') {
      failure = answer.failure;
      break;
    }
    pages++;
    for (const name of answer.value.prefixes) prefixes.add(name);
    for (const object of answer.value.objects) objects.set(object.key, object);
  }
  return {
    prefixes: [...prefixes].sort(compareKeys),
    objects: [...objects.values()].sort((a, b) => compareKeys(a.key, b.key)),
    pages,
    failure,
  };
}
