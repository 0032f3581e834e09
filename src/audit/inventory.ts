import type { Listed } from '../bucket/page.ts';
import type { KeyClass, Layout } from '../parseable/layout.ts';

/** What lies below a prefix, added up while listing: keys are judged one by one and only a sample is kept. */
export interface Inventory {
  objects: number;
  bytes: number;
  oldest: string | null;
  newest: string | null;
  /** False when the listing was not followed to its end: all figures are lower bounds. */
  complete: boolean;
  pages: number;
  classes: Partial<Record<KeyClass, number>>;
  /** Keys of a folder of Parseable's own at the root, such as `.alerts/`. */
  own: number;
  /** The first of them. */
  ownKeys: Listed[];
  /** Keys that do not end in `.json` and are no folder markers. */
  notJson: number;
  /** Keys outside `.alerts/`, folder markers aside: tells the leaked tenant folder from anything else. */
  outsideLeak: number;
  /** The first keys, exactly as they stand. */
  sample: string[];
  /** Some keys of every part, by which the writer may be known. */
  variety: Variety;
}

/** Keys by the first two folders below the prefix, few of each: a writer's mark may lie behind ten thousand files of its data. */
type Variety = Map<string, Map<string, string[]>>;

export const emptyInventory = (): Inventory => ({
  objects: 0,
  bytes: 0,
  oldest: null,
  newest: null,
  complete: false,
  pages: 0,
  classes: {},
  own: 0,
  ownKeys: [],
  notJson: 0,
  outsideLeak: 0,
  sample: [],
  variety: new Map(),
});

/** Keys that evidence names at most, beside its counts. */
export const sampleSize = 20;

/** Adds one page of a listing below `prefix`. `inTenant`: the prefix is a tenant's child, own folders are the tenant's. */
export function addPage(
  inventory: Inventory,
  objects: readonly Listed[],
  { prefix, tenant, layout, leak }: { prefix: string; tenant: string | null; layout: Layout; leak: string },
): void {
  inventory.pages++;
  for (const listed of objects) {
    const { key, size, lastModified } = listed;
    const relative = key.slice(prefix.length);
    const what = layout.classOf(relative, size);
    inventory.classes[what] = (inventory.classes[what] ?? 0) + 1;
    inventory.objects++;
    inventory.bytes += size;
    if (inventory.oldest === null || lastModified < inventory.oldest) inventory.oldest = lastModified;
    if (inventory.newest === null || lastModified > inventory.newest) inventory.newest = lastModified;
    if (layout.ownKey(key.slice(tenant?.length ?? 0), tenant !== null)) {
      inventory.own++;
      if (inventory.ownKeys.length < sampleSize) inventory.ownKeys.push(listed);
    }
    if (what !== 'folder') {
      if (!key.endsWith('.json')) inventory.notJson++;
      if (!relative.startsWith(leak)) inventory.outsideLeak++;
    }
    if (inventory.sample.length < sampleSize) inventory.sample.push(key);
    keepVariety(inventory.variety, relative, key);
  }
}

const foldersKept = 32;
const partsKept = 16;
const keysKept = 4;

function keepVariety(variety: Variety, relative: string, key: string): void {
  const slash = relative.indexOf('/');
  const folder = slash === -1 ? '' : relative.slice(0, slash);
  let parts = variety.get(folder);
  if (parts === undefined) {
    if (variety.size >= foldersKept) return;
    parts = new Map();
    variety.set(folder, parts);
  }
  const next = slash === -1 ? -1 : relative.indexOf('/', slash + 1);
  const part = next === -1 ? '' : relative.slice(slash + 1, next);
  const kept = parts.get(part);
  if (kept === undefined) {
    if (parts.size < partsKept) parts.set(part, [key]);
  } else if (kept.length < keysKept) kept.push(key);
}

/** The keys that were kept for their variety. */
export const variedKeys = ({ variety }: Inventory): string[] =>
  [...variety.values()].flatMap((parts) => [...parts.values()].flat());

/** Adds the figures of one inventory to a sum; the sample is whose sum it is to make. */
export function addFigures(sum: Inventory, one: Inventory): void {
  sum.objects += one.objects;
  sum.bytes += one.bytes;
  sum.complete &&= one.complete;
  if (one.oldest !== null && (sum.oldest === null || one.oldest < sum.oldest)) sum.oldest = one.oldest;
  if (one.newest !== null && (sum.newest === null || one.newest > sum.newest)) sum.newest = one.newest;
}

/** How many keys of these classes were seen. */
export const seen = (inventory: Inventory | null, ...classes: KeyClass[]): number =>
  classes.reduce((sum, what) => sum + (inventory?.classes[what] ?? 0), 0);
