import { isKept, isUnionKnown } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Manifests that no snapshot of their stream names: no query finds what they list. */
export const manifestUnreferenced: Check = ({ streams, now }) =>
  streams.flatMap((stream) => {
    if (!isUnionKnown(stream)) return [];
    const lost = gather(stream, 'manifest-unreferenced', now, isKept(stream, now));
    return lost === null ? [] : [suspectOf('manifest-unreferenced', stream, lost)];
  });
