import { sampleSize } from '../inventory.ts';
import { suspect, type Check } from './suspect.ts';

/** The metadata files of a stream, taken together, list one manifest more than once: its rows appear several times. */
export const manifestDuplicated: Check = ({ streams }) =>
  streams.flatMap(({ row, prefix, union }) => {
    const repeated = union?.repeated ?? [];
    if (row.verdict === 'corrupt' || repeated.length === 0) return [];
    return [
      suspect('manifest-duplicated', prefix, { manifests: repeated.length, keys: repeated.slice(0, sampleSize) }),
    ];
  });
