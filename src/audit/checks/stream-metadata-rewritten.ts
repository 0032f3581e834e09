import { metadataOf, rewrittenAfter, setbacks } from '../earlier.ts';
import { sampleSize } from '../inventory.ts';
import { suspect, type Check } from './suspect.ts';

/** A metadata file says less, or other things, than at an earlier audit: a server made it anew. */
export const streamMetadataRewritten: Check = ({ facts, streams, earlier, now }) => {
  const rewritten = rewrittenAfter(facts, earlier, now);
  return streams.flatMap(({ prefix, markers }) => {
    const files = markers.flatMap((marker) => {
      const is = metadataOf(marker);
      const before = Object.hasOwn(rewritten, marker.key) ? rewritten[marker.key]?.before : undefined;
      return is === null || before === undefined ? [] : [{ marker, before, is, ways: setbacks(before, is) }];
    });
    const [first] = files;
    if (first === undefined) return [];
    const { marker, before, is } = first;
    const ways = [...new Set(files.flatMap((file) => file.ways))];
    const evidence = {
      objects: files.length,
      bytes: files.reduce((sum, file) => sum + file.marker.size, 0),
      newest: files.reduce(
        (newest, file) => (file.marker.lastModified > newest ? file.marker.lastModified : newest),
        '',
      ),
      sizeComplete: true,
      keys: files.slice(0, sampleSize).map((file) => file.marker.key),
      before: { createdAt: before.createdAt, ...before.lifetime },
      now: { createdAt: is.createdAt, ...is.lifetime },
    };
    const details: Record<string, string> = { key: marker.key, reason: ways.join(' and ') };
    if (before.createdAt !== null) details['before'] = before.createdAt;
    if (is.createdAt !== null) details['now'] = is.createdAt;
    return [suspect('stream-metadata-rewritten', prefix, evidence, details)];
  });
};
