import { isKept, isUnderstood } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Manifests that a snapshot names and that are not there: of days that retention is done with nobody misses them. */
export const manifestMissing: Check = ({ streams, now }) =>
  streams.filter(isUnderstood).flatMap((stream) => {
    const missing = gather(stream, 'manifest-missing', now, isKept(stream, now));
    return missing === null ? [] : [suspectOf('manifest-missing', stream, missing)];
  });
