import { compareKeys } from '../../bucket/keys.ts';
import { addFigures, emptyInventory, type Inventory } from '../inventory.ts';
import type { Row } from './row.ts';

/** More foreign rows than this become one; folded once, they stay so until there are clearly fewer. */
const foldAbove = 1_000;
const unfoldBelow = 500;

export const foldedName = '*';

export interface Collapsed {
  objects: boolean;
  prefixes: boolean;
}

/** A row that stands for many; `folded` tells what they were. */
export interface FoldedRow extends Row {
  folded: 'objects' | 'prefixes';
}

const isForeign = (row: Row): boolean => row.verdict === 'foreign' && row.tenant === null;

function foldRows(rows: readonly Row[], folded: 'objects' | 'prefixes'): FoldedRow {
  const inventory: Inventory = {
    ...emptyInventory(),
    complete: true,
    sample: rows.slice(0, 20).map(({ name }) => name),
  };
  for (const { inventory: one } of rows) {
    if (one !== null) addFigures(inventory, one);
  }
  return {
    name: foldedName,
    verdict: 'foreign',
    tenant: null,
    object: folded === 'objects',
    traits: [],
    inventory,
    likelyWriter: null,
    metadataVersion: null,
    epoch: null,
    usableTenant: false,
    newest: inventory.newest,
    shrinking: false,
    folded,
  };
}

/** Folds the foreign root objects, and the foreign root prefixes, into one row each when they are too many to be told apart. Pure. */
export function collapse(rows: readonly Row[], before: Collapsed): { rows: (Row | FoldedRow)[]; collapsed: Collapsed } {
  const foreign = {
    objects: rows.filter((row) => isForeign(row) && row.object),
    prefixes: rows.filter((row) => isForeign(row) && !row.object),
  };
  const folds = (what: keyof Collapsed) => foreign[what].length > (before[what] ? unfoldBelow - 1 : foldAbove);
  const collapsed = { objects: folds('objects'), prefixes: folds('prefixes') };
  const gone = new Set([
    ...(collapsed.objects ? foreign.objects : []),
    ...(collapsed.prefixes ? foreign.prefixes : []),
  ]);
  const folded = (['objects', 'prefixes'] as const)
    .filter((what) => collapsed[what])
    .map((what) => foldRows(foreign[what], what));
  return {
    rows: [...rows.filter((row) => !gone.has(row)), ...folded].sort((a, b) => compareKeys(a.name, b.name)),
    collapsed,
  };
}
