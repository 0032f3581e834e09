import type { Depth, StreamFigures } from '../findings/report.ts';
import { packDays } from '../parseable/days.ts';
import type { Stream } from './checks/streams.ts';
import type { Sight } from './checks/suspect.ts';
import type { DayLook, StreamDepth } from './deep/day-look.ts';
import { metadataOf } from './earlier.ts';
import { everyPrefix, type PrefixFacts } from './facts.ts';

/** What is known of each stream beside its verdict. Pure. */
export function figuresOf({ streams, facts }: Pick<Sight, 'streams' | 'facts'>): StreamFigures[] {
  const byName = new Map(everyPrefix(facts).map((one) => [one.prefix, one]));
  return streams.map((stream) => ({
    name: stream.prefix,
    days: stream.level?.failure === null ? packDays(stream.level.days) : null,
    retentionDays: stream.retention?.days ?? null,
    believedBytes: believedOf(stream),
    ...inside(stream, byName.get(stream.prefix)),
  }));
}

type Inside = Omit<StreamFigures, 'name' | 'days' | 'retentionDays' | 'believedBytes'>;

const notLookedInto: Inside = {
  objects: null,
  bytes: null,
  complete: false,
  dataObjects: null,
  dataBytes: null,
  manifests: null,
  lookedAt: null,
};

function inside({ depth, level }: Stream, facts: PrefixFacts | undefined): Inside {
  if (depth === null) return notLookedInto;
  const sum = (what: 'objects' | 'bytes' | 'dataObjects' | 'dataBytes' | 'manifests') =>
    depth.days.reduce((all, look) => all + look[what], 0);
  const strangers = [...(level?.strangers ?? []), ...(level?.malformed ?? [])].map(({ inventory }) => inventory);
  const metadata = [...(facts?.ownKeys ?? []), ...(level?.metadata ?? [])];
  return {
    objects: sum('objects') + metadata.length + strangers.reduce((all, { objects }) => all + objects, 0),
    bytes:
      sum('bytes') +
      metadata.reduce((all, { size }) => all + size, 0) +
      strangers.reduce((all, { bytes }) => all + bytes, 0),
    complete: depth.unseen.length === 0 && level?.failure === null && strangers.every(({ complete }) => complete),
    dataObjects: sum('dataObjects'),
    dataBytes: sum('dataBytes'),
    manifests: sum('manifests'),
    lookedAt: oldestOf(depth.days),
  };
}

const oldestOf = (looks: readonly DayLook[]): string | null =>
  looks.reduce<string | null>(
    (oldest, { lookedAt }) => (oldest === null || lookedAt < oldest ? lookedAt : oldest),
    null,
  );

/** The sum over all its metadata files: each node of a cluster counts what it wrote itself. Null unless every one of them tells. */
export function believedOf({ markers }: Pick<Stream, 'markers'>): number | null {
  const known = markers.map((marker) => metadataOf(marker)?.stored ?? null);
  return known.length === 0 || known.includes(null) ? null : known.reduce<number>((sum, one) => sum + (one ?? 0), 0);
}

/** How far a deep audit came; null for any other. Pure. */
export function depthOf({ facts: { deep } }: Pick<Sight, 'facts'>): Depth | null {
  if (deep === null) return null;
  const { streams } = deep;
  const covered = (one: StreamDepth) => {
    const missed = new Set(one.unseen.map(({ day }) => day));
    return one.days.filter(({ day }) => !missed.has(day));
  };
  const looks = streams.flatMap(covered);
  const ofDays = streams.reduce(
    (sum, { days, unseen }) => sum + new Set([...days, ...unseen].map(({ day }) => day)).size,
    0,
  );
  const objects = looks.reduce((sum, look) => sum + look.objects, 0);
  return {
    streams: streams.filter(({ unseen }) => unseen.length === 0).length,
    ofStreams: streams.length,
    days: looks.length,
    ofDays,
    objects,
    share: shareOf(streams, looks, objects, ofDays),
    lastListed: oldestOf(streams.flatMap(({ days }) => days)),
  };
}

/** Days that were never seen count as much as those that were, on average. */
function shareOf(streams: readonly StreamDepth[], looks: readonly DayLook[], objects: number, ofDays: number): number {
  if (looks.length === ofDays) return 1;
  const missed = streams.flatMap(({ days, unseen }) => {
    const known = new Map(days.map((look) => [look.day, look.objects]));
    return unseen.map(({ day }) => known.get(day) ?? null);
  });
  const average = looks.length === 0 ? 0 : objects / looks.length;
  const left = missed.reduce<number>((sum, one) => sum + (one ?? average), 0);
  return objects + left === 0 ? looks.length / ofDays : objects / (objects + left);
}
