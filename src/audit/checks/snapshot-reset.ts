import { addDays, dayOf } from '../../parseable/days.ts';
import { sampleSize } from '../inventory.ts';
import { isListed, type Stream } from './streams.ts';
import { suspect, type Check } from './suspect.ts';

/** A day before the first one that the snapshot knows may still belong to it: times differ around midnight. */
const toleratedDays = 2;

/** Hours for which a reset day is left in peace: its next sync may bring it back. */
const graceHours = 24;

/** Days that are there and that no metadata file of the stream knows of, as far as listings of the first level tell. Pure. */
export function lostDaysOf({ row, level, union, retention }: Stream, now: Date): string[] {
  if (row.verdict === 'corrupt' || union === null || level === null) return [];
  const { oldest } = union;
  const kept = retention?.days ?? null;
  const cutOff = kept === null ? null : addDays(dayOf(now), -kept);
  return level.days.filter(
    (day) => (oldest === null || day <= addDays(oldest, -toleratedDays)) && (cutOff === null || day >= cutOff),
  );
}

/**
 * The stream's metadata knows of no data, or only of days much younger than those that lie there with their manifests, and
 * no retention explains it: one failed read at a server's start rewrites it so (seen with 2.9.5).
 */
export const snapshotReset: Check = ({ streams, now }) =>
  streams.flatMap((stream) => {
    const { prefix, level, union } = stream;
    const seen = level?.lostDays ?? null;
    if (!isListed(stream) || union === null || seen?.failure !== null) return [];
    const lost = new Set(lostDaysOf(stream, now));
    const days = seen.days.filter(({ day, manifests }) => lost.has(day) && manifests.length > 0);
    const [first, last] = [days[0], days.at(-1)];
    if (first === undefined || last === undefined) return [];
    const manifests = days.flatMap((one) => one.manifests);
    const range = { firstDay: first.day, lastDay: last.day };
    const evidence = {
      objects: manifests.length,
      bytes: manifests.reduce((sum, { size }) => sum + size, 0),
      days: days.length,
      ...range,
      oldest: seen.oldest,
      newest: seen.newest,
      sizeComplete: true,
      keys: manifests.slice(0, sampleSize).map(({ key }) => key),
    };
    const details: Record<string, string> = { ...range, days: String(days.length) };
    details['reason'] = union.oldest === null ? 'empty' : 'young';
    if (union.oldest !== null) details['since'] = union.oldest;
    const { newest, oldest } = seen;
    return [
      suspect('snapshot-reset', prefix, evidence, details, { hours: graceHours, newest, oldest, shrinking: false }),
    ];
  });
