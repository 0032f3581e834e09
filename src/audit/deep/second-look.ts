import type { Bucket } from '../../bucket/bucket.ts';
import type { Failure } from '../../bucket/failure.ts';
import type { Listed } from '../../bucket/page.ts';
import { addDays, dayOfManifest } from '../../parseable/days.ts';
import { listLevel } from '../look/root.ts';
import type { DayLook, Sort } from './day-look.ts';
import { addRows, emptyListing, type DayListing } from './day-listing.ts';
import { addClaims, readManifests, withoutGone } from './manifests.ts';
import type { Allowance } from './pile.ts';
import { reconcile, type Claim } from './reconcile.ts';
import { noNames, type References } from './references.ts';

/** What is to be looked at once more: a day of a stream on which something seems to be wrong. */
export interface Doubtful {
  prefix: string;
  /** `YYYY-MM-DD` */
  day: string;
  /** What the first look suspects; null where there was none: then anything. */
  look: DayLook | null;
  /** What manifests of other days say of files of this day. */
  strays: readonly Claim[];
  /** Other days whose manifests may list files of this one, neighbours aside. */
  reachedFrom: readonly string[];
  /** Days that have a folder. */
  days: ReadonlySet<string>;
}

export interface Around {
  bucket: Bucket;
  /** As they are now, read anew. */
  references: References;
  now: Date;
  keep: Allowance;
}

/** Lists one day to its end. */
async function listDay(bucket: Bucket, prefix: string, day: string): Promise<DayListing | Failure> {
  const listing = emptyListing(prefix, day);
  for await (const answer of bucket.pages({ prefix: `${prefix}date=${day}/` })) {
    if (answer.state === 'unknown') return answer.failure;
    addRows(listing, answer.value.objects);
  }
  return listing;
}

/** The manifests of another day: of those around midnight some list files of this one. */
async function manifestsIn(bucket: Bucket, prefix: string, day: string): Promise<Listed[] | Failure> {
  const { objects, failure } = await listLevel(bucket, `${prefix}date=${day}/`);
  return failure ?? objects.filter(({ key }) => dayOfManifest(key.slice(prefix.length)) === day);
}

/**
 * Looks at a day once more, all of it, and at every manifest that may refer to it: first the listing, then what refers to
 * it. Only what both looks found is told; what came in between is a stream at work.
 */
export async function lookAgainAtDay(doubtful: Doubtful, around: Around): Promise<DayLook | Failure> {
  const { prefix, day, look, strays, reachedFrom, days } = doubtful;
  const { bucket, references, now, keep } = around;
  const listing = await listDay(bucket, prefix, day);
  if ('code' in listing) return listing;
  const others = [...new Set([addDays(day, -1), addDays(day, 1), ...reachedFrom])].filter(
    (other) => other !== day && days.has(other),
  );
  const claims = new Map<string, Claim[]>();
  addClaims(claims, day, strays);
  for (const other of others) {
    const listed = await manifestsIn(bucket, prefix, other);
    if ('code' in listed) return listed;
    const reading = await readManifests(bucket, prefix, listed, isNamed(references, other));
    if (reading.failure !== null) return reading.failure;
    addClaims(claims, day, reading.claims.get(day) ?? []);
  }
  const own = await readManifests(bucket, prefix, listing.manifests, isNamed(references, day));
  if (own.failure !== null) return own.failure;
  addClaims(claims, day, own.claims.get(day) ?? []);
  return reconcile({
    listing: withoutGone(listing, own),
    manifests: own.manifests,
    claims: claims.get(day) ?? [],
    names: references.byDay.get(day) ?? noNames,
    references,
    reaches: [...own.claims.keys()].filter((other) => other !== day && other !== ''),
    now,
    keep,
    ...(look === null ? {} : { only: suspectedIn(look, strays) }),
  });
}

export const isNamed =
  ({ byDay }: References, day: string) =>
  (key: string): boolean =>
    byDay.get(day)?.has(key) === true;

/**
 * What the first look suspected, by key; of a sort of which it kept not every key, all. What manifests of other days say was
 * not held against this day yet.
 */
function suspectedIn({ found }: DayLook, strays: readonly Claim[]): (sort: Sort, key: string) => boolean {
  const sets = new Map<Sort, ReadonlySet<string> | 'all'>();
  const claimed = strays.map(({ key }) => key);
  return (sort, key) => {
    let set = sets.get(sort);
    if (set === undefined) {
      const piles = [found[sort]?.settled, found[sort]?.young].flatMap((pile) => pile ?? []);
      const whole = piles.every(({ objects, keys }) => objects === keys.length);
      const more = sort === 'missing' || sort === 'mismatched' ? claimed : [];
      set = whole ? new Set([...piles.flatMap(({ keys }) => keys), ...more]) : 'all';
      sets.set(sort, set);
    }
    return set === 'all' || set.has(key);
  };
}
