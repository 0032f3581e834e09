import { isUnderstood } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Data files that a manifest lists, which a snapshot names, and that are not there: queries that touch them fail. */
export const dataMissing: Check = ({ streams, now }) =>
  streams.filter(isUnderstood).flatMap((stream) => {
    const missing = gather(stream, 'missing', now);
    return missing === null ? [] : [suspectOf('data-missing', stream, missing)];
  });
