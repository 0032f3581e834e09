import { believedOf } from '../figures.ts';
import { isUnionKnown } from './deep-streams.ts';
import { suspect, type Check } from './suspect.ts';

const share = 0.01;
const leastBytes = 1024 * 1024;

/** A stream that believes to hold more, or less, than it does. */
export const statsDrift: Check = ({ streams }) =>
  streams.flatMap((stream) => {
    const { prefix, depth, level } = stream;
    // Counters are held against all of a stream, or not at all.
    if (depth === null || depth.unseen.length > 0 || level?.failure !== null || !isUnionKnown(stream)) return [];
    const believed = believedOf(stream);
    if (believed === null) return [];
    const sum = (what: 'dataBytes' | 'dataObjects' | 'youngBytes') =>
      depth.days.reduce((all, look) => all + look[what], 0);
    const actual = sum('dataBytes');
    const apart = Math.abs(believed - actual);
    if (apart <= share * Math.max(believed, actual) || apart <= leastBytes || apart <= sum('youngBytes')) return [];
    const evidence = {
      objects: sum('dataObjects'),
      bytes: actual,
      believedBytes: believed,
      actualBytes: actual,
      sizeComplete: true,
    };
    return [suspect('stats-drift', prefix, evidence, { believedBytes: String(believed), actualBytes: String(actual) })];
  });
