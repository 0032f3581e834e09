import { dayOfFolder } from '../../parseable/days.ts';
import type { Layout } from '../../parseable/layout.ts';
import type { Stranger, StreamLevel } from '../facts.ts';
import { emptyInventory } from '../inventory.ts';
import type { Listings } from './listings.ts';
import { markersPrint, type Hidden } from './markers.ts';

/** A name that retention takes for a day's folder, rightly or not. */
const bearsDate = (name: string): boolean => name.startsWith('date');

/**
 * Looks at the first level of a stream, with one listing: which days it has, and what no layout writes. Zero-byte keys that
 * end in a slash are left out where Parseable itself has a path of that name: copying tools make them.
 */
export async function lookAtLevel(
  listings: Listings,
  prefix: string,
  hidden: Hidden,
  layout: Layout,
): Promise<StreamLevel> {
  const { prefixes, objects, failure, listedAt } = await listings.level(prefix);
  const stranger = (name: string): Stranger => ({
    prefix: name,
    tenant: null,
    within: prefix,
    inventory: emptyInventory(),
    failure: null,
  });
  const days: string[] = [];
  const malformed: Stranger[] = [];
  const strangers: Stranger[] = [];
  for (const folder of prefixes) {
    const name = folder.slice(prefix.length);
    const day = dayOfFolder(name);
    if (day !== null) days.push(day);
    else if (bearsDate(name)) malformed.push(stranger(folder));
    else if (!isOwnFolder(name, hidden, layout)) strangers.push(stranger(folder));
  }
  const metadata = objects.filter(
    ({ key, size }) =>
      !key.startsWith('.', prefix.length) && layout.classOf(key.slice(prefix.length), size) === 'metadata',
  );
  const firstLevelJunk = objects.filter(
    ({ key, size }) => layout.classOf(key.slice(prefix.length), size) === 'foreign',
  );
  const hiddenJunk = [...hidden.keys].flatMap(([relative, listed]) =>
    layout.metadataFolders.some((folder) => relative.startsWith(folder)) &&
    isJunk(layout.classOf(relative, listed.size))
      ? [listed]
      : [],
  );
  for (const { key, size, lastModified } of [...firstLevelJunk, ...hiddenJunk]) {
    const { inventory, ...rest } = stranger(key);
    const counted = { ...inventory, objects: 1, bytes: size, oldest: lastModified, newest: lastModified };
    strangers.push({ ...rest, inventory: { ...counted, sample: [key], complete: true } });
  }
  return {
    days: days.sort(),
    malformed,
    strangers,
    metadata,
    failure,
    listed: { at: listedAt, markers: markersPrint(hidden, layout) },
    lostDays: null,
  };
}

const isJunk = (what: ReturnType<Layout['classOf']>): boolean => what === 'foreign' || what === 'copied-deployment';

/** The stream's own metadata folder, and those of the tenant that the prefix may be as well. */
const isOwnFolder = (name: string, { keys }: Hidden, layout: Layout): boolean =>
  layout.metadataFolders.includes(name) ||
  (layout.folders.some(({ folder, perTenant }) => perTenant && folder === name) &&
    [...keys.keys()].some((relative) => relative.startsWith(name) && layout.ownKey(relative, true)));
