import type { Bucket } from '../../bucket/bucket.ts';
import { cutShort } from '../../bucket/cut-short.ts';
import type { Listed } from '../../bucket/page.ts';
import { readSchema } from '../../parseable/schema.ts';
import type { SchemaFacts } from './day-look.ts';
import { allowance, emptyPile, pileUp } from './pile.ts';

/** Schemas of wide streams reach some MB. */
const schemaLimit = 32 * 1024 * 1024;

const isSchema = (relative: string): boolean => relative === '.schema' || /^\.stream\/[^/]*\.schema$/.test(relative);

/**
 * Reads the files that hold a stream's schema: of one that is none, a server since 2.4.3 does not start.
 * @param known ETags of those that were in order at an earlier audit: they are not read again
 */
export async function lookAtSchemas(
  bucket: Bucket,
  prefix: string,
  keys: readonly Listed[],
  known: Record<string, string>,
): Promise<{ facts: SchemaFacts; inOrder: Record<string, string> }> {
  const facts: SchemaFacts = { corrupt: emptyPile(), failure: null };
  const inOrder: Record<string, string> = {};
  const keep = allowance();
  const files = keys.filter(({ key }) => isSchema(key.slice(prefix.length)));
  await Promise.all(
    files.map(async ({ key, size, lastModified, etag }) => {
      if (etag !== '' && Object.hasOwn(known, key) && known[key] === etag) {
        inOrder[key] = etag;
        return;
      }
      const place = key === `${prefix}.schema` ? 'bare' : 'folder';
      // One that is damaged is read once more: a server may just be writing it.
      for (let look = 1; look <= 2; look++) {
        const read = await bucket.get(key, schemaLimit);
        if (read.state === 'absent') return;
        if (read.state === 'unknown') {
          facts.failure ??= read.failure;
          return;
        }
        const cut = cutShort({ etag: read.value.etag, length: read.value.bytes.length }, { etag, size });
        if (cut !== null) {
          facts.failure ??= cut;
          return;
        }
        const reading = readSchema(read.value.bytes, { place });
        if (reading.state === 'usable') {
          if (etag !== '' && read.value.etag === etag) inOrder[key] = etag;
          return;
        }
        if (look < 2) continue;
        pileUp(facts.corrupt, { key, size: read.value.bytes.length, at: lastModified, why: reading.why }, keep);
      }
    }),
  );
  facts.corrupt.keys.sort();
  return { facts, inOrder };
}
