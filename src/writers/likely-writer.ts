import { compile } from './pieces.ts';
import { deepestRoot, proofsIn } from './proofs.ts';
import { isWriter, writers, type WriterId } from './writers.ts';

/** What may lie below a root; no entry: anything. */
const holds = new Map<WriterId, RegExp>();
for (const id of Object.keys(writers).filter(isWriter)) {
  const templates = writers[id].holds;
  if (templates !== undefined) {
    holds.set(id, new RegExp(`(?:${templates.map((template) => compile(template).pattern).join('|')})$`, 'y'));
  }
}

/** Consoles and Hadoop make objects that stand for folders; they tell nothing of who writes into them. */
const isFolder = (key: string): boolean => key.endsWith('/') || key.endsWith('_$folder$');

/** True when the key lies below a root and is what the writer may have there. */
function belongs(key: string, roots: ReadonlySet<string>, allowed: RegExp | undefined): boolean {
  let place = 0;
  for (let depth = 0; depth <= deepestRoot; depth++) {
    if (roots.has(key.slice(0, place))) {
      if (allowed === undefined) return true;
      allowed.lastIndex = place;
      if (allowed.test(key)) return true;
    }
    place = key.indexOf('/', place) + 1;
    if (place === 0) return false;
  }
  return false;
}

/**
 * The writer that alone explains the keys below a prefix, or null: no proof, more than one writer, or a key that is not the writer's.
 * Keys are whole and decoded, in any order; those outside the prefix and folder markers say nothing. `prefix` is the row's name: `backups/`, or
 * the key of a root object. It labels what was judged foreign and never decides. Of a sample it tells what holds for the sample.
 */
export function likelyWriter(keys: readonly string[], { prefix }: { prefix: string }): WriterId | null {
  const objects = keys.filter((key) => key.startsWith(prefix) && !isFolder(key));
  const proven = proofsIn(objects);
  const explaining = [...proven].flatMap(([id, roots]) => {
    const allowed = holds.get(id);
    return objects.every((key) => belongs(key, roots, allowed)) ? [id] : [];
  });
  const contains = (whole: WriterId, part: WriterId) => writers[whole].contains?.includes(part) === true;
  const outranks = (one: WriterId, other: WriterId): boolean => {
    if (writers[one].shared === true) return contains(one, other) && !explaining.includes(other);
    return contains(one, other) || (writers[other].shared === true && contains(other, one));
  };
  // No two of them outrank each other, so at most one outranks all.
  const others = [...proven.keys()];
  return explaining.find((one) => others.every((other) => other === one || outranks(one, other))) ?? null;
}
