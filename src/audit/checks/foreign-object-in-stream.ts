import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Objects in the folders of days that no layout writes. */
export const foreignObjectInStream: Check = ({ streams, now }) =>
  streams.flatMap((stream) => {
    const foreign = gather(stream, 'foreign', now);
    return foreign === null ? [] : [suspectOf('foreign-object-in-stream', stream, foreign)];
  });
