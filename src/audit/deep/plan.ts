import type { Bucket } from '../../bucket/bucket.ts';
import type { Listed } from '../../bucket/page.ts';
import { dayOfManifest } from '../../parseable/days.ts';
import { isSettled, type DayLook } from './day-look.ts';
import type { KnownDepth } from './known.ts';
import { referencesPrint } from './reconcile.ts';
import { noNames, type References } from './references.ts';

/** As long as all of a bucket costs so many objects at most to list, all of it is listed each time. */
const alwaysListed = 100_000;

/** What only a full listing can see is looked at again after so long. */
const fullAfterMs = 7 * 86_400_000;

/** What was seen in a round stands for so long at most, however little time each run has. */
const longestRoundMs = 30 * 86_400_000;

/** Objects that earlier audits counted, all streams together. */
export const objectsIn = ({ streams }: KnownDepth): number =>
  Object.values(streams).reduce((sum, { days }) => sum + days.reduce((all, { objects }) => all + objects, 0), 0);

/** How the days of a bucket are chosen for which the look of an earlier audit still stands. */
export interface Plan {
  /** When the round began to which this audit belongs; RFC 3339. */
  round: string;
  /** The days of a stream that are left as they were seen. */
  kept(prefix: string, days: readonly string[], references: References): Promise<DayLook[]>;
}

/**
 * A round that time cut short goes on: what it has seen stands. Else, in a large bucket, days stand that were seen within a
 * week and whose manifests and names did not change since, which one listing tells without the data; what was put beside
 * them meanwhile is seen when the week is over.
 */
export function planOf(bucket: Bucket, known: KnownDepth, now: Date): Plan {
  const goesOn = known.round !== null && now.getTime() - Date.parse(known.round) < longestRoundMs;
  const round = goesOn ? (known.round ?? '') : now.toISOString();
  const large = objectsIn(known) > alwaysListed;
  const looks = (prefix: string) =>
    new Map(
      (Object.hasOwn(known.streams, prefix) ? (known.streams[prefix]?.days ?? []) : []).map((look) => [look.day, look]),
    );

  async function kept(prefix: string, days: readonly string[], references: References): Promise<DayLook[]> {
    const before = looks(prefix);
    const standing = days.flatMap((day) => before.get(day) ?? []).filter(isSettled);
    if (goesOn) return standing.filter(({ lookedAt, listing }) => lookedAt >= round && listing !== '');
    const fresh = standing.filter(({ lookedAt }) => now.getTime() - Date.parse(lookedAt) < fullAfterMs);
    if (!large || fresh.length === 0) return [];
    const manifests = await manifestsByDay(bucket, prefix);
    if (manifests === null) return [];
    return fresh.filter(
      ({ day, references: print }) =>
        referencesPrint({ manifests: manifests.get(day) ?? [] }, references.byDay.get(day) ?? noNames, references) ===
        print,
    );
  }

  return { round, kept };
}

/** The manifests of all days of a stream, in one listing that leaves the data out; null where the store cannot do that. */
async function manifestsByDay(bucket: Bucket, prefix: string): Promise<Map<string, Listed[]> | null> {
  const manifests = new Map<string, Listed[]>();
  for await (const answer of bucket.pages({ prefix: `${prefix}date=`, delimiter: '/hour=' })) {
    if (answer.state === 'unknown') return null;
    for (const object of answer.value.objects) {
      const relative = object.key.slice(prefix.length);
      // The store ignores the delimiter: this would be a listing of all data.
      if (relative.includes('/hour=')) return null;
      const day = dayOfManifest(relative);
      if (day === null) continue;
      const known = manifests.get(day) ?? [];
      manifests.set(day, known);
      known.push(object);
    }
  }
  return manifests;
}
