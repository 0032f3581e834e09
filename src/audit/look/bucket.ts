import type { Bucket } from '../../bucket/bucket.ts';
import type { Read } from '../../bucket/failure.ts';
import type { Layout } from '../../parseable/layout.ts';
import type { Inventory } from '../inventory.ts';
import type { DeploymentFact, Facts, KnownMarkers, PrefixFacts } from '../facts.ts';
import { readDeploymentFile } from './markers.ts';
import { lookAtPrefixes, type Look } from './prefixes.ts';
import { listLevel } from './root.ts';

export interface LookOptions {
  bucket: Bucket;
  layout: Layout;
  known: KnownMarkers;
  /** Pages that sizing may still spend on this bucket, both looks together. */
  sizing: { pagesLeft: number };
  onProgress?: (progress: { done: number; total: number; phase: string }) => void;
}

/** Pages that sizing may spend on one bucket in all. */
export const sizingPages = 500;

/** Gathers the facts of one audit, plainly: the root, the deployment files, then each prefix. */
export async function lookAtBucket(options: LookOptions): Promise<Facts> {
  const { bucket, layout, onProgress } = options;
  const root = await listLevel(bucket, '');
  const facts: Facts = { root, deployments: [], prefixes: [], insideStreams: {} };
  if (root.failure !== null && root.pages === 0) return facts;
  let done = 0;
  const total = root.prefixes.length;
  const look: Look = {
    bucket,
    layout,
    known: options.known,
    sizing: options.sizing,
    onPrefix: () => onProgress?.({ done: Math.min(++done, total), total, phase: 'looking' }),
  };
  [facts.deployments, facts.prefixes] = await Promise.all([
    readDeployments(bucket, layout, facts),
    lookAtPrefixes(root.prefixes, null, look),
  ]);
  return facts;
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
  /** Allow entries that may name something inside a stream. */
  insideStreams: readonly string[];
}

/** Looks again at what was inferred from absence or damage; everything else stays as it was. Nothing remembered is trusted this time. */
export async function lookAgain(facts: Facts, doubts: Doubts, options: LookOptions): Promise<Facts> {
  const { bucket, layout } = options;
  const look: Look = { bucket, layout, known: {}, sizing: options.sizing };
  const again = async (before: readonly PrefixFacts[], tenant: string | null): Promise<PrefixFacts[]> => {
    const names = before.map(({ prefix }) => prefix).filter((name) => doubts.prefixes.has(name));
    const fresh = new Map((await lookAtPrefixes(names, tenant, look)).map((one) => [one.prefix, one]));
    return Promise.all(
      before.map(async (one) => {
        const now = fresh.get(one.prefix);
        if (now !== undefined)
          return { ...now, inventory: larger(one.inventory, now.inventory), shrinking: shrank(one, now) };
        if (one.children === null) return one;
        return { ...one, children: { ...one.children, prefixes: await again(one.children.prefixes, one.prefix) } };
      }),
    );
  };
  const [prefixes, deployments, insideStreams] = await Promise.all([
    again(facts.prefixes, null),
    doubts.deployment
      ? Promise.all(
          facts.deployments.map(async (fact) => ({ ...fact, read: await readDeploymentFile(bucket, fact.key) })),
        )
      : facts.deployments,
    Promise.all(doubts.insideStreams.map(async (name) => [name, await exists(bucket, name)] as const)),
  ]);
  return { ...facts, prefixes, deployments, insideStreams: Object.fromEntries(insideStreams) };
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

/** Whether a prefix (ending in `/`) or an object is there, by listing: a role that must not read data cannot ask for the object. */
async function exists(bucket: Bucket, name: string): Promise<Read<true>> {
  for await (const answer of bucket.pages({ prefix: name, delimiter: '/' })) {
    if (answer.state === 'unknown') return answer;
    const { objects, prefixes } = answer.value;
    const found = name.endsWith('/') ? objects.length + prefixes.length > 0 : objects.some(({ key }) => key === name);
    if (found) return { state: 'present', value: true };
    // The name itself sorts before everything that only begins like it.
    if (objects.length + prefixes.length > 0) break;
  }
  return { state: 'absent' };
}
