import type { Bucket } from '../../bucket/bucket.ts';
import { leakedTenant, type Layout } from '../../parseable/layout.ts';
import { holdsTenant, isStreamToo } from '../classify/tenancy.ts';
import { addPage, emptyInventory, type Inventory } from '../inventory.ts';
import type { KnownMarkers, PrefixFacts } from '../facts.ts';
import { lookAtLevel } from './level.ts';
import type { Listings } from './listings.ts';
import { readDeploymentFile, readMarkers } from './markers.ts';

export interface Look {
  bucket: Bucket;
  /** Who answers what is listed. */
  listings: Listings;
  layout: Layout;
  known: KnownMarkers;
  /** Pages that sizing may still spend on this bucket, beyond the first page of each prefix. */
  sizing: { pagesLeft: number };
  onPrefix?: () => void;
}

/** Pages at most that one prefix is sized with. */
const pagesPerPrefix = 20;

type Pages = ReturnType<Bucket['pages']>;

/** What is walked from its first key on: a prefix, or a folder inside a stream. */
interface Walked {
  prefix: string;
  tenant: string | null;
  /** The prefix by which its keys are judged, where that is not its own. */
  within?: string;
  inventory: Inventory | null;
  failure: PrefixFacts['failure'];
}

/** A prefix under way: its facts so far and the listing that can be followed further. */
interface Walk<T extends Walked = Walked> {
  facts: T;
  pages: Pages | null;
}

const bare = (prefix: string, tenant: string | null): PrefixFacts => ({
  prefix,
  tenant,
  failure: null,
  markers: [],
  tenantFile: { state: 'absent' },
  ownKeys: [],
  level: null,
  inventory: null,
  children: null,
  shrinking: false,
});

/** True while the listing can be followed further. */
const isOpen = ({ pages }: Walk): boolean => pages !== null;

/** Reads one page into the inventory; ends the walk at the last page or at a failure. */
async function step(walk: Walk, look: Look): Promise<void> {
  const { facts, pages } = walk;
  if (pages === null || facts.inventory === null) return;
  const answer = (await pages.next()).value;
  if (answer === undefined || answer.state === 'unknown') {
    walk.pages = null;
    // What was seen before a failure proves nothing about the rest: the verdict has to wait.
    if (answer !== undefined) facts.failure = answer.failure;
    return;
  }
  addPage(facts.inventory, answer.value.objects, {
    prefix: facts.within ?? facts.prefix,
    tenant: facts.tenant,
    layout: look.layout,
    leak: leakedTenant.holds,
  });
  if (!answer.value.more) {
    facts.inventory.complete = true;
    walk.pages = null;
  }
}

/** An own folder is known by one key of Parseable's; the others need the whole content. */
const settled = ({ inventory }: PrefixFacts): boolean => (inventory?.own ?? 0) > 0;

const isOwnFolder = ({ prefix, tenant }: PrefixFacts, layout: Layout): boolean =>
  layout.folders.some(
    ({ folder, perTenant }) => `${tenant ?? ''}${folder}` === prefix && (tenant === null || perTenant),
  );

async function begin(prefix: string, tenant: string | null, look: Look): Promise<Walk<PrefixFacts>> {
  const facts = bare(prefix, tenant);
  const walk: Walk<PrefixFacts> = { facts, pages: null };
  const { bucket, listings, layout, known } = look;
  const follow = async () => {
    facts.inventory = emptyInventory();
    walk.pages = listings.pages(prefix);
    // The first page with content is part of judging the prefix; whatever follows is sizing, which has a budget.
    do await step(walk, look);
    while (isOpen(walk) && facts.inventory.objects === 0);
  };
  if (isOwnFolder(facts, layout)) {
    await follow();
    while (isOpen(walk) && !settled(facts) && (facts.inventory?.pages ?? 0) < pagesPerPrefix) {
      await step(walk, look);
    }
    walk.pages = null;
    look.onPrefix?.();
    return walk;
  }
  const hidden = await listings.hidden(prefix);
  if (hidden.failure !== null) {
    facts.failure = hidden.failure;
    look.onPrefix?.();
    return walk;
  }
  const { tenantFile } = layout;
  facts.ownKeys = [...hidden.keys].flatMap(([relative, listed]) => {
    const what = layout.classOf(relative, listed.size);
    return what === 'foreign' || what === 'folder' ? [] : [listed];
  });
  const mayHaveTenantFile = tenant === null && tenantFile !== null && hidden.keys.has(tenantFile);
  const hasMarker = [...hidden.keys.keys()].some(
    (relative) => relative !== tenantFile && layout.markerOf(relative) !== null,
  );
  const [markers, deployment, level] = await Promise.all([
    readMarkers(bucket, prefix, hidden, layout, known),
    mayHaveTenantFile
      ? readDeploymentFile(bucket, `${prefix}${tenantFile}`, hidden.keys.get(tenantFile))
      : ({ state: 'absent' } as const),
    hasMarker ? lookAtLevel(listings, prefix, hidden, layout) : null,
  ]);
  facts.markers = markers;
  facts.tenantFile = deployment;
  // A file of a tenant's name that is no tenant's is the marker of an old stream.
  facts.level =
    level ??
    (deployment.state === 'present' && !holdsTenant(facts, layout)
      ? await lookAtLevel(listings, prefix, hidden, layout)
      : null);
  const explained =
    markers.some(({ place }) => place.form !== 'bare') ||
    deployment.state === 'unknown' ||
    (deployment.state === 'present' && deployment.value.state === 'format') ||
    holdsTenant(facts, layout);
  if (!explained) await follow();
  // What a tenant holds are rows of their own.
  if (holdsTenant(facts, layout)) facts.level = null;
  look.onPrefix?.();
  return walk;
}

/** Sizing goes round by round, so that a small budget is shared fairly and always in the same way. */
async function size(walks: readonly Walk[], look: Look): Promise<void> {
  for (;;) {
    const round = walks
      .filter(({ facts, pages }) => pages !== null && (facts.inventory?.pages ?? 0) < pagesPerPrefix)
      .slice(0, look.sizing.pagesLeft);
    if (round.length === 0) return;
    look.sizing.pagesLeft -= round.length;
    await Promise.all(round.map((walk) => step(walk, look)));
  }
}

/**
 * Looks at prefixes: hidden keys, markers, content where no marker explains it, and what tenants hold.
 * Requests per prefix in the plain way: two listings and one read per marker for a stream, two listings for anything else,
 * sizing aside.
 */
export async function lookAtPrefixes(
  prefixes: readonly string[],
  tenant: string | null,
  look: Look,
): Promise<PrefixFacts[]> {
  const walks = await Promise.all(prefixes.map((prefix) => begin(prefix, tenant, look)));
  const facts = walks.map((walk) => walk.facts);
  const insides = facts.flatMap(({ level }) => (level === null ? [] : [...level.malformed, ...level.strangers]));
  const folders = insides.filter(({ prefix }) => prefix.endsWith('/'));
  await size([...walks, ...folders.map((one) => ({ facts: one, pages: look.listings.pages(one.prefix) }))], look);
  // A folder that an earlier audit saw may be gone since.
  for (const { level } of facts) if (level !== null) level.malformed = level.malformed.filter((one) => !isGone(one));
  if (tenant === null) {
    for (const one of facts.filter((candidate) => holdsTenant(candidate, look.layout))) {
      const level = await look.listings.level(one.prefix);
      const prefixes = level.prefixes.filter((child) => !belongsToStream(one, child));
      one.children = {
        prefixes: await lookAtPrefixes(prefixes, one.prefix, look),
        objects: level.objects,
        failure: level.failure,
      };
    }
  }
  return facts;
}

const isGone = ({ inventory, failure }: Walked): boolean =>
  failure === null && inventory?.complete === true && inventory.objects === 0;

/** In a prefix that is tenant and stream at once, day folders and the stream's hidden folder are the stream's. */
const belongsToStream = (facts: PrefixFacts, child: string): boolean => {
  if (!isStreamToo(facts)) return false;
  const { prefix, markers } = facts;
  const name = child.slice(prefix.length);
  return name.startsWith('date=') || markers.some(({ key }) => key.startsWith(child));
};
