import type { Bucket } from '../../bucket/bucket.ts';
import type { Failure } from '../../bucket/failure.ts';

const folder = '.parseable/';

/** Ids of the ingest nodes that have a file of their own. Their names are enough: the files hold passwords, and are not read. */
export async function ingestNodes(
  bucket: Bucket,
): Promise<{ state: 'present'; value: ReadonlySet<string> } | { state: 'unknown'; failure: Failure }> {
  const ids = new Set<string>();
  for await (const answer of bucket.pages({ prefix: `${folder}ingestor.` })) {
    if (answer.state === 'unknown') return answer;
    for (const { key } of answer.value.objects) {
      const id = /^ingestor\.([^/]+)\.json$/.exec(key.slice(folder.length))?.[1];
      if (id !== undefined) ids.add(id);
    }
  }
  return { state: 'present', value: ids };
}
