/** Objects of one sort, added up; of their keys no more than evidence may hold. */
export interface Pile {
  objects: number;
  bytes: number;
  /** RFC 3339: from these ages a grace is reckoned. Of what is missing it is the file that names it. */
  oldest: string | null;
  newest: string | null;
  keys: string[];
  /** Sizes as manifests claim them, of what has another size. */
  claimedBytes?: number;
  /** Data files, and their bytes, that manifests on the pile list. */
  files?: number;
  fileBytes?: number;
  /** Why the first of them cannot be used. */
  why?: string;
}

/** Keys that the evidence of a deep finding holds at most. */
export const keysKept = 10_000;

/** How many keys may still be kept: a stream of which everything is lost must not fill the memory with its keys. */
export interface Allowance {
  left: number;
}

export const allowance = (): Allowance => ({ left: keysKept });

export const emptyPile = (): Pile => ({ objects: 0, bytes: 0, oldest: null, newest: null, keys: [] });

/** One object: its key, its size, the time from which its grace is reckoned, and what else piles add up. */
export type OnPile = { key: string; size: number; at: string } & Extras;

type Extras = Pick<Pile, 'claimedBytes' | 'files' | 'fileBytes' | 'why'>;

function addExtras(pile: Pile, { claimedBytes, files, fileBytes, why }: Extras): void {
  if (claimedBytes !== undefined) pile.claimedBytes = (pile.claimedBytes ?? 0) + claimedBytes;
  if (files !== undefined) pile.files = (pile.files ?? 0) + files;
  if (fileBytes !== undefined) pile.fileBytes = (pile.fileBytes ?? 0) + fileBytes;
  if (why !== undefined) pile.why ??= why;
}

/** Puts one object on a pile. */
export function pileUp(pile: Pile, { key, size, at, ...more }: OnPile, keep: Allowance): void {
  addExtras(pile, more);
  pile.objects++;
  pile.bytes += size;
  widen(pile, at, at);
  if (keep.left <= 0) return;
  keep.left--;
  pile.keys.push(key);
}

/** Puts one pile upon another. */
export function heap(pile: Pile, one: Pile): void {
  addExtras(pile, one);
  pile.objects += one.objects;
  pile.bytes += one.bytes;
  widen(pile, one.oldest, one.newest);
  for (const key of one.keys) {
    if (pile.keys.length >= keysKept) break;
    pile.keys.push(key);
  }
}

function widen(pile: Pile, oldest: string | null, newest: string | null): void {
  if (oldest !== null && (pile.oldest === null || oldest < pile.oldest)) pile.oldest = oldest;
  if (newest !== null && (pile.newest === null || newest > pile.newest)) pile.newest = newest;
}
