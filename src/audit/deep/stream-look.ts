import type { Bucket } from '../../bucket/bucket.ts';
import type { Failure } from '../../bucket/failure.ts';
import { addDays, dayOf } from '../../parseable/days.ts';
import { compareDay } from '../../parseable/difference.ts';
import type { Stream } from '../checks/streams.ts';
import { isSettled, type DayLook, type Sort, type Unseen } from './day-look.ts';
import type { DataRow } from './data-rows.ts';
import { fingerprintOf, type DayListing } from './day-listing.ts';
import { addClaims, readManifests, withoutGone } from './manifests.ts';
import { allowance } from './pile.ts';
import { reconcile, referencesPrint, type Claim } from './reconcile.ts';
import { noNames, type References } from './references.ts';
import { isNamed, lookAgainAtDay, type Doubtful } from './second-look.ts';

/** Spare rows of a day that are kept in mind until the whole stream was read; beyond, the day is simply looked at again. */
const sparesKept = 1_000;

/** What the first look at a day leaves open. */
interface Open {
  look: DayLook;
  /** Data files that the day's own manifests do not list; null when there are too many to keep. */
  spares: DataRow[] | null;
  /** A manifest was listed and was not there any more. */
  unsteady: boolean;
}

export interface StreamLookOptions {
  bucket: Bucket;
  stream: Stream;
  references: References;
  /** The same, from metadata files that are read anew; null when none is there any more. */
  again: () => Promise<References | Failure | null>;
  /** Runs a second look when there is room for one. */
  inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  now: Date;
  /** Looks of earlier audits, by day. */
  known: ReadonlyMap<string, DayLook>;
}

/** One stream while its days are looked at: each on its own first, then what is doubtful once more. */
export interface StreamLook {
  /** Takes the whole listing of a day, and reads what the day's folder holds of references. */
  take(listing: DayListing): Promise<void>;
  /** A day that is left as an earlier audit saw it. */
  keep(look: DayLook): void;
  fail(day: string, failure: Failure): void;
  /** To be asked once, when every day was taken, kept or failed. */
  finish(): Promise<{ days: DayLook[]; unseen: Unseen[] }>;
}

export function lookAtStream({ bucket, stream, references, again, inTurn, now, known }: StreamLookOptions): StreamLook {
  const { prefix } = stream;
  const open = new Map<string, Open>();
  const settled = new Map<string, DayLook>();
  const unseen: Unseen[] = [];
  const strays = new Map<string, Claim[]>();
  const keep = allowance();
  const named = (day: string) => references.byDay.get(day) ?? noNames;

  async function take(listing: DayListing): Promise<void> {
    const { day } = listing;
    const before = known.get(day);
    const print = referencesPrint(listing, named(day), references);
    const unchanged = before?.references === print && before.listing === fingerprintOf(listing);
    if (unchanged && isSettled(before)) {
      settled.set(day, { ...before, lookedAt: now.toISOString() });
      return;
    }
    const reading = await readManifests(bucket, prefix, listing.manifests, isNamed(references, day));
    if (reading.failure !== null) {
      unseen.push({ day, failure: reading.failure });
      return;
    }
    const reaches: string[] = [];
    for (const [other, claims] of reading.claims) {
      if (other === day || other === '') continue;
      reaches.push(other);
      addClaims(strays, other, claims);
    }
    let spares: DataRow[] | null = [];
    const look = reconcile({
      listing: withoutGone(listing, reading),
      manifests: reading.manifests,
      claims: reading.claims.get(day) ?? [],
      names: named(day),
      references,
      reaches,
      now,
      keep,
      spare: (row) => {
        if (spares !== null && spares.length >= sparesKept) spares = null;
        spares?.push(row);
      },
    });
    open.set(day, { look, spares, unsteady: reading.gone.size > 0 });
  }

  /** Days that were left as they were, while a manifest of another day that lists files of theirs, or did, changed. */
  function shaken(): Set<string> {
    const days = new Set<string>();
    const shake = (reaches: readonly string[] = []) => {
      for (const day of reaches) if (settled.has(day) && !open.has(day)) days.add(day);
    };
    for (const [day, { look }] of open) {
      const before = known.get(day);
      if (before?.references === look.references) continue;
      shake(look.reaches);
      shake(before?.reaches);
    }
    const missed = new Set(unseen.map(({ day }) => day));
    // A day that is gone took with it what its manifests listed.
    for (const [day, { reaches }] of known) if (!settled.has(day) && !open.has(day) && !missed.has(day)) shake(reaches);
    return days;
  }

  async function finish(): Promise<{ days: DayLook[]; unseen: Unseen[] }> {
    const first = firstManifestDay(references, [...settled.values(), ...[...open.values()].map(({ look }) => look)]);
    const kept = stream.retention?.days ?? null;
    const cutOff = kept === null ? null : addDays(dayOf(now), -kept);
    const doubtful: Pick<Doubtful, 'day' | 'look'>[] = [];
    for (const [day, one] of open) {
      const whole = explained(one, strays.get(day) ?? []);
      if (whole !== null) settled.set(day, whole);
      else if (needsNoSecond(one, { first, cutOff })) settled.set(day, one.look);
      else doubtful.push({ day, look: one.look });
    }
    // What other manifests say of a day that has no folder at all.
    for (const [day, claims] of strays) {
      if (open.has(day) || settled.has(day) || unseen.some((one) => one.day === day)) continue;
      if (claims.some((claim) => claim.named)) doubtful.push({ day, look: nothingThere(day, now) });
    }
    for (const day of shaken()) doubtful.push({ day, look: null });
    if (doubtful.length > 0) {
      const fresh = await again();
      const keepAgain = allowance();
      const days = new Set(stream.level?.days ?? []);
      const missed = unseen.flatMap(({ day }) => known.get(day) ?? []);
      const looks = [...settled.values(), ...[...open.values()].map(({ look }) => look), ...missed];
      const lookAgain = async ({ day, look }: Pick<Doubtful, 'day' | 'look'>): Promise<DayLook | Failure> => {
        // A delete takes the metadata first: what is left of the data meanwhile is no damage.
        if (fresh === null) return forgiven(look ?? nothingThere(day, now));
        if ('code' in fresh) return fresh;
        const reachedFrom = looks.filter(({ reaches }) => reaches.includes(day)).map((one) => one.day);
        const seen = await inTurn(() =>
          lookAgainAtDay(
            { prefix, day, look, strays: strays.get(day) ?? [], reachedFrom, days },
            { bucket, references: fresh, now, keep: look === null ? allowance() : keepAgain },
          ),
        );
        const wasFirst = look === null && !('code' in seen) && sortsIn(seen).some((sort) => !plain.includes(sort));
        return wasFirst ? await lookAgain({ day, look: seen }) : seen;
      };
      await Promise.all(
        doubtful.map(async (one) => {
          const { day } = one;
          const seen = await lookAgain(one);
          if (!('code' in seen)) {
            settled.set(day, seen);
            return;
          }
          settled.delete(day);
          unseen.push({ day, failure: seen });
        }),
      );
    }
    return {
      days: [...settled.values()].sort((a, b) => (a.day < b.day ? -1 : 1)),
      unseen: unseen.sort((a, b) => (a.day < b.day ? -1 : 1)),
    };
  }

  return {
    take,
    keep: (look) => {
      settled.set(look.day, look);
    },
    fail: (day, failure) => {
      unseen.push({ day, failure });
    },
    finish,
  };
}

/** Stands for a day that has no folder, of which a manifest lists files. */
const nothingThere = (day: string, now: Date): DayLook => ({
  day,
  lookedAt: now.toISOString(),
  objects: 0,
  bytes: 0,
  dataObjects: 0,
  dataBytes: 0,
  youngBytes: 0,
  manifests: 0,
  found: {},
  reaches: [],
  listing: '',
  references: '',
});

/** A look that tells nothing but what needs no second one, and is not to be relied on again. */
const forgiven = (look: DayLook): DayLook => ({ ...withSorts(look, plain), listing: '' });

const withSorts = (look: DayLook, sorts: readonly Sort[]): DayLook => ({
  ...look,
  found: Object.fromEntries(Object.entries(look.found).filter(([sort]) => sorts.includes(sort as Sort))),
});

/** Sorts that are seen in the listing alone, and need no second look. */
const plain: readonly Sort[] = ['foreign', 'zstd'];
const sortsIn = ({ found }: Pick<DayLook, 'found'>): Sort[] => Object.keys(found) as Sort[];
const spareSorts: readonly Sort[] = ['unreferenced', 'untailed'];

/** The look at a day on which nothing is wrong, or nothing any more once other days' manifests are counted in; else null. */
function explained({ look, spares, unsteady }: Open, strays: readonly Claim[]): DayLook | null {
  const sorts = sortsIn(look).filter((sort) => !plain.includes(sort));
  if (unsteady) return null;
  if (sorts.length === 0 && strays.length === 0) return look;
  if (spares === null || sorts.some((sort) => !spareSorts.includes(sort))) return null;
  const odd = { any: false };
  const isOdd = () => {
    odd.any = true;
  };
  compareDay<DataRow, Claim>(spares, [...strays], { unreferenced: isOdd, missing: isOdd, mismatched: isOdd });
  if (odd.any) return null;
  return withSorts(look, plain);
}

/** The day of the stream's first manifest: data of the old form that is older was never meant to be listed in one. */
export function firstManifestDay({ oldest }: Pick<References, 'oldest'>, looks: readonly DayLook[]): string | null {
  return looks.reduce<string | null>(
    (first, { day, manifests }) => (manifests > 0 && (first === null || day < first) ? day : first),
    oldest,
  );
}

/** What is not told anyway is not worth another look: legacy data, and what retention is about to remove. */
function needsNoSecond(
  { look, unsteady }: Open,
  { first, cutOff }: { first: string | null; cutOff: string | null },
): boolean {
  if (unsteady) return false;
  const silent = (sort: Sort): boolean => {
    if (plain.includes(sort)) return true;
    if (sort === 'untailed' && (first === null || look.day < first)) return true;
    const untold: readonly Sort[] = ['unreferenced', 'untailed', 'manifest-missing', 'manifest-unreferenced'];
    return cutOff !== null && look.day < cutOff && untold.includes(sort);
  };
  return sortsIn(look).every(silent);
}
