import { addDays, dayOf } from '../../parseable/days.ts';
import type { DayLook } from '../deep/day-look.ts';
import { metadataOf } from '../earlier.ts';
import type { Stream } from './streams.ts';

/**
 * True when every metadata file of a stream could be read and is understood. With one that could not, the union of what they
 * name is not known, and nothing may be called unreferenced.
 */
export const isUnionKnown = ({ markers }: Pick<Stream, 'markers'>): boolean =>
  markers.every((marker) => {
    if (marker.place.form !== 'versioned')
      return marker.reading.state === 'present' && marker.reading.value.state === 'usable';
    const metadata = metadataOf(marker);
    return metadata !== null && metadata.snapshot !== 'unreadable';
  });

/** False where a metadata file is of a version that this program does not know: then nothing is judged by what it names, or not. */
export const isUnderstood = ({ markers }: Pick<Stream, 'markers'>): boolean =>
  !markers.some(
    ({ reading }) => reading.state === 'present' && reading.value.state === 'usable' && reading.value.newer,
  );

/** True for days that retention keeps; what is older is told as overdue, not as damage. */
export function isKept({ retention }: Pick<Stream, 'retention'>, now: Date): (look: Pick<DayLook, 'day'>) => boolean {
  const days = retention?.days ?? null;
  const cutOff = days === null ? null : addDays(dayOf(now), -days);
  return ({ day }) => cutOff === null || day >= cutOff;
}
