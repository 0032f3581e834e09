import { isUnderstood } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Manifests that no server can use. zstd alone is no damage. */
export const manifestCorrupt: Check = ({ streams, now }) =>
  streams.filter(isUnderstood).flatMap((stream) => {
    const corrupt = gather(stream, 'manifest-corrupt', now);
    return corrupt === null ? [] : [suspectOf('manifest-corrupt', stream, corrupt)];
  });
