import type { StreamFigures } from '../findings/report.ts';
import { packDays } from '../parseable/days.ts';
import type { Stream } from './checks/streams.ts';
import type { Sight } from './checks/suspect.ts';
import { metadataOf } from './earlier.ts';

/** What is known of each stream beside its verdict. Pure. */
export const figuresOf = ({ streams }: Pick<Sight, 'streams'>): StreamFigures[] => streams.map(figures);

const figures = (stream: Stream): StreamFigures => ({
  name: stream.prefix,
  days: stream.level?.failure === null ? packDays(stream.level.days) : null,
  retentionDays: stream.retention?.days ?? null,
  believedBytes: believedOf(stream),
  objects: null,
  bytes: null,
  dataObjects: null,
  dataBytes: null,
  manifests: null,
  lookedAt: null,
});

/** The sum over all its metadata files: each node of a cluster counts what it wrote itself. Null unless every one of them tells. */
export function believedOf({ markers }: Pick<Stream, 'markers'>): number | null {
  const known = markers.map((marker) => metadataOf(marker)?.stored ?? null);
  return known.length === 0 || known.includes(null) ? null : known.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}
