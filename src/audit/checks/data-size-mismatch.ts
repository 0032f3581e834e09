import { isUnderstood } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import type { Check } from './suspect.ts';

/** Data files of another size than every manifest that lists them says. */
export const dataSizeMismatch: Check = ({ streams, now }) =>
  streams.filter(isUnderstood).flatMap((stream) => {
    const wrong = gather(stream, 'mismatched', now);
    return wrong === null ? [] : [suspectOf('data-size-mismatch', stream, wrong)];
  });
