import type { Bucket } from '../../bucket/bucket.ts';
import { leakedTenant, type Layout } from '../../parseable/layout.ts';
import { holdsTenant, isStreamToo } from '../classify/tenancy.ts';
import { addPage, emptyInventory } from '../inventory.ts';
import type { KnownMarkers, PrefixFacts } from '../facts.ts';
import { listHidden, readDeploymentFile, readMarkers } from './markers.ts';
import { listLevel } from './root.ts';

export interface Look {
  bucket: Bucket;
  layout: Layout;
  known: KnownMarkers;
  /** Pages that sizing may still spend on this bucket, beyond the first page of each prefix. */
  sizing: { pagesLeft: number };
  onPrefix?: () => void;
}

/** Pages at most that one prefix is sized with. */
const pagesPerPrefix = 20;

type Pages = ReturnType<Bucket['pages']>;

/** A prefix under way: its facts so far and the listing that can be followed further. */
interface Walk {
  facts: PrefixFacts;
  pages: Pages | null;
}

const bare = (prefix: string, tenant: string | null): PrefixFacts => ({
  prefix,
  tenant,
  failure: null,
  markers: [],
  tenantFile: { state: 'absent' },
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
    prefix: facts.prefix,
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

async function begin(prefix: string, tenant: string | null, look: Look): Promise<Walk> {
  const facts = bare(prefix, tenant);
  const walk: Walk = { facts, pages: null };
  const { bucket, layout, known } = look;
  const follow = async () => {
    facts.inventory = emptyInventory();
    walk.pages = bucket.pages({ prefix });
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
  const hidden = await listHidden(bucket, prefix, layout);
  if (hidden.failure !== null) {
    facts.failure = hidden.failure;
    look.onPrefix?.();
    return walk;
  }
  const { tenantFile } = layout;
  const mayHaveTenantFile = tenant === null && tenantFile !== null && hidden.keys.has(tenantFile);
  const [markers, deployment] = await Promise.all([
    readMarkers(bucket, prefix, hidden, layout, known),
    mayHaveTenantFile
      ? readDeploymentFile(bucket, `${prefix}${tenantFile}`, hidden.keys.get(tenantFile))
      : ({ state: 'absent' } as const),
  ]);
  facts.markers = markers;
  facts.tenantFile = deployment;
  const explained =
    markers.some(({ place }) => place.form !== 'bare') ||
    deployment.state === 'unknown' ||
    (deployment.state === 'present' && deployment.value.state === 'format') ||
    holdsTenant(facts, layout);
  if (!explained) await follow();
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
 * Requests per prefix: one listing and one read per marker for a stream, two listings for anything else, sizing aside.
 */
export async function lookAtPrefixes(
  prefixes: readonly string[],
  tenant: string | null,
  look: Look,
): Promise<PrefixFacts[]> {
  const walks = await Promise.all(prefixes.map((prefix) => begin(prefix, tenant, look)));
  await size(walks, look);
  const facts = walks.map((walk) => walk.facts);
  if (tenant === null) {
    for (const one of facts.filter((candidate) => holdsTenant(candidate, look.layout))) {
      const level = await listLevel(look.bucket, one.prefix);
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

/** In a prefix that is tenant and stream at once, day folders and the stream's hidden folder are the stream's. */
const belongsToStream = (facts: PrefixFacts, child: string): boolean => {
  if (!isStreamToo(facts)) return false;
  const { prefix, markers } = facts;
  const name = child.slice(prefix.length);
  return name.startsWith('date=') || markers.some(({ key }) => key.startsWith(child));
};
