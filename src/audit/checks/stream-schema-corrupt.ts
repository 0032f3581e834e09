import { isUnderstood } from './deep-streams.ts';
import { suspect, type Check } from './suspect.ts';

/** Files of a stream that are called a schema, and hold none. */
export const streamSchemaCorrupt: Check = ({ streams }) =>
  streams.flatMap((stream) => {
    const { prefix, depth } = stream;
    const pile = depth?.schemas.corrupt;
    // Where the metadata is of a version yet unknown, its schema may be, too.
    if (pile === undefined || pile.objects === 0 || !isUnderstood(stream)) return [];
    const { objects, bytes, oldest, newest, keys, why } = pile;
    const details: Record<string, string> = why === undefined ? {} : { why };
    return [
      suspect('stream-schema-corrupt', prefix, { objects, bytes, oldest, newest, sizeComplete: true, keys }, details),
    ];
  });
