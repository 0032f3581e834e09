import type { Bucket } from '../../bucket/bucket.ts';
import type { Listed } from '../../bucket/page.ts';
import { compareKeys } from '../../bucket/keys.ts';
import type { Read } from '../../bucket/failure.ts';
import type { Layout } from '../../parseable/layout.ts';
import { unsurePrefixes } from '../checks/lifecycle-rules.ts';
import type { Inventory } from '../inventory.ts';
import type { KnownLevels } from '../earlier.ts';
import type { DeploymentFact, Facts, KnownMarkers, PrefixFacts } from '../facts.ts';
import { thrift as usualThrift, type Thrift } from './follow.ts';
import { plainListings, type Listings } from './listings.ts';
import { lookAtLostDays } from './lost-days.ts';
import { readDeploymentFile } from './markers.ts';
import { lookAtPrefixes, type Look } from './prefixes.ts';
import { openLevel, type Level } from './root.ts';
import { isWhole, seeBucket } from './see-bucket.ts';
import { lookAtSettings } from './settings.ts';
import { levelOf, swiftListings } from './swift.ts';

export interface LookOptions {
  bucket: Bucket;
  layout: Layout;
  known: KnownMarkers;
  /** What earlier audits saw of streams' days, as far as this one makes use of it. */
  levels: KnownLevels;
  /** How the bucket is listed: prefix by prefix, or as a whole; by the number of its prefixes unless told. */
  way?: Way;
  thrift?: Thrift;
  /** Pages that sizing may still spend on this bucket, both looks together. */
  sizing: { pagesLeft: number };
  /** The clock of the audit. */
  now: Date;
  /** Ask as well how the bucket is set in ways that matter to a server that is yet to get it. */
  beforehand: boolean;
  onProgress?: (progress: LookProgress) => void;
}

/** How far a look is: prefixes done, or, before anybody knows how many there are, objects listed. */
interface LookProgress {
  phase: string;
  done: number;
  total: number;
  objects?: { done: number; expected: null };
}

/** Pages that sizing may spend on one bucket in all. */
export const sizingPages = 500;

/** `plain` asks for each prefix, `swift` lists the whole bucket without the insides of days. */
export type Way = 'plain' | 'swift';

/** Root prefixes up to which a bucket is listed prefix by prefix. */
const plainUpTo = 50;

/**
 * The root, and who answers what is listed below it. A bucket with many prefixes is listed as a whole, its root with it; only
 * where that comes to no end the root is listed to its own.
 */
async function open(options: LookOptions): Promise<{ root: Level; listings: Listings }> {
  const { bucket, layout, levels, now, way, thrift = usualThrift, onProgress } = options;
  const listing = openLevel(bucket, '');
  let more = true;
  while (more && listing.level().prefixes.length <= plainUpTo) more = await listing.next();
  const first = listing.level();
  const isLarge = first.prefixes.length > plainUpTo;
  const isSwift = first.pages > 0 && (way === undefined ? isLarge : way === 'swift');
  const onPage = (done: number) =>
    onProgress?.({ phase: 'listing', done: 0, total: 0, objects: { done, expected: null } });
  const seen = isSwift ? await seeBucket(bucket, layout, thrift, onPage) : null;
  const listings =
    seen === null ? plainListings(bucket, layout, now) : swiftListings(seen, { bucket, layout, levels, now, thrift });
  if (!more) return { root: first, listings };
  if (seen !== null && isWhole(seen)) return { root: united(first, levelOf(seen.rows, '')), listings };
  while (await listing.next());
  return { root: listing.level(), listings };
}

/** A level of which the first pages were listed of themselves. */
function united(first: Level, { prefixes, objects }: Level): Level {
  const byKey = new Map([...first.objects, ...objects].map((object) => [object.key, object]));
  return {
    ...first,
    prefixes: [...new Set([...first.prefixes, ...prefixes])].sort(compareKeys),
    objects: [...byKey.values()].sort((a, b) => compareKeys(a.key, b.key)),
  };
}

/** Gathers the facts of one audit: the root, the deployment files, then each prefix. */
export async function lookAtBucket(options: LookOptions): Promise<Facts> {
  const { bucket, layout, onProgress } = options;
  const { root, listings } = await open(options);
  const notAsked = { state: 'refused', why: 'not asked' } as const;
  const facts: Facts = {
    root,
    deployments: [],
    prefixes: [],
    lifecycle: notAsked,
    underRules: {},
    uploads: notAsked,
    beforehand: null,
    deep: null,
  };
  if (root.failure !== null && root.pages === 0) return facts;
  let done = 0;
  const total = root.prefixes.length;
  const look: Look = {
    bucket,
    listings,
    layout,
    known: options.known,
    sizing: options.sizing,
    onPrefix: () => onProgress?.({ done: Math.min(++done, total), total, phase: 'looking' }),
  };
  const [deployments, prefixes, settings] = await Promise.all([
    readDeployments(bucket, layout, facts),
    lookAtPrefixes(root.prefixes, null, look),
    lookAtSettings(bucket, options.now, options.beforehand),
  ]);
  const seen = { ...facts, deployments, prefixes, ...settings };
  return { ...seen, underRules: await lookUnderRules(bucket, unsurePrefixes(seen)) };
}

/** One page of what lies under each of these prefixes of lifecycle rules. */
async function lookUnderRules(bucket: Bucket, prefixes: readonly string[]): Promise<Facts['underRules']> {
  const looked = await Promise.all(
    prefixes.map(async (prefix): Promise<[string, Read<Listed[]>]> => {
      for await (const answer of bucket.pages({ prefix })) {
        if (answer.state === 'unknown') return [prefix, answer];
        if (answer.value.objects.length > 0) return [prefix, { state: 'present', value: answer.value.objects }];
      }
      return [prefix, { state: 'absent' }];
    }),
  );
  return Object.fromEntries(looked);
}

/** Reads the deployment files whose place the listing showed; a whole listing without the place is absence enough for a first look. */
function readDeployments(bucket: Bucket, layout: Layout, { root }: Facts): Promise<DeploymentFact[]> {
  return Promise.all(
    layout.deploymentFiles.map(async ({ key, rank }) => {
      const slash = key.indexOf('/');
      const atRoot = root.objects.find((object) => object.key === key);
      const listed = slash === -1 ? atRoot !== undefined : root.prefixes.includes(key.slice(0, slash + 1));
      const read: DeploymentFact['read'] =
        listed || root.failure !== null ? await readDeploymentFile(bucket, key, atRoot) : { state: 'absent' };
      return { key, rank, read };
    }),
  );
}

/** What is to be looked at once more before it is reported. */
export interface Doubts {
  /** Root prefixes, and tenants' children, by name. */
  prefixes: ReadonlySet<string>;
  deployment: boolean;
  /** Streams whose snapshot seems to have lost days that are there, with these days. */
  lostDays: ReadonlyMap<string, readonly string[]>;
}

/** Looks again at what was inferred from absence or damage; everything else stays as it was. Nothing remembered is trusted this time. */
export async function lookAgain(facts: Facts, doubts: Doubts, options: LookOptions): Promise<Facts> {
  const { bucket, layout } = options;
  const listings = plainListings(bucket, layout, options.now);
  const look: Look = { bucket, listings, layout, known: {}, sizing: options.sizing };
  const again = async (before: readonly PrefixFacts[], tenant: string | null): Promise<PrefixFacts[]> => {
    const names = before.map(({ prefix }) => prefix).filter((name) => doubts.prefixes.has(name));
    const fresh = new Map((await lookAtPrefixes(names, tenant, look)).map((one) => [one.prefix, one]));
    return Promise.all(
      before.map(async (one) => {
        const now = fresh.get(one.prefix);
        if (now !== undefined) {
          for (const seen of [now, ...(now.children?.prefixes ?? [])]) {
            const days = doubts.lostDays.get(seen.prefix);
            if (seen.level === null || days === undefined) continue;
            seen.level.lostDays = await lookAtLostDays(bucket, seen.prefix, days);
          }
          return seenTwice(one, now);
        }
        if (one.children === null) return one;
        return { ...one, children: { ...one.children, prefixes: await again(one.children.prefixes, one.prefix) } };
      }),
    );
  };
  const [prefixes, deployments] = await Promise.all([
    again(facts.prefixes, null),
    doubts.deployment
      ? Promise.all(
          facts.deployments.map(async (fact) => ({ ...fact, read: await readDeploymentFile(bucket, fact.key) })),
        )
      : facts.deployments,
  ]);
  return { ...facts, prefixes, deployments };
}

/** What two looks at a prefix tell together. A tenant's child that only the second one saw is left for the next audit. */
function seenTwice(before: PrefixFacts, now: PrefixFacts): PrefixFacts {
  const shrinking = shrank(before, now);
  const children =
    now.children === null
      ? null
      : {
          ...now.children,
          prefixes: now.children.prefixes.map((child) => {
            const earlier = before.children?.prefixes.find(({ prefix }) => prefix === child.prefix);
            return earlier === undefined || shrinking ? { ...child, shrinking: true } : seenTwice(earlier, child);
          }),
        };
  return { ...now, inventory: larger(before.inventory, now.inventory), shrinking, children };
}

/** A prefix that lost objects between the two looks is being deleted. */
const shrank = (before: PrefixFacts, now: PrefixFacts): boolean =>
  before.inventory !== null &&
  now.inventory !== null &&
  ((now.inventory.objects < before.inventory.objects && now.inventory.pages >= before.inventory.pages) ||
    // Where the listing was not followed to its end the counts are alike: deletes begin at the first key.
    !now.inventory.sample.includes(before.inventory.sample[0] ?? ''));

/** The second look may have run out of pages for sizing: the better figures count. */
const larger = (before: Inventory | null, now: Inventory | null): Inventory | null =>
  before !== null && now !== null && now.objects > 0 && !now.complete && now.pages < before.pages ? before : now;
