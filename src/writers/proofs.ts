import { compile } from './pieces.ts';
import { isWriter, writers, type WriterId } from './writers.ts';

/** A root lies at most so many folders deep: enough for any that people make, and a bound for hostile keys. */
export const deepestRoot = 16;

/** One list of marks of a writer. */
interface Proof {
  id: WriterId;
  /** One bit for each mark. */
  all: number;
}

interface Mark {
  proof: Proof;
  bit: number;
  pattern: string;
  literal: string;
  segments: readonly [number, number];
}

/** A mark that is looked for at a place in the key, up to its end. */
interface Matcher extends Mark {
  regex: RegExp;
}

const marks: Mark[] = Object.keys(writers)
  .filter(isWriter)
  .flatMap((id) =>
    writers[id].marks.flatMap((templates) => {
      const proof: Proof = { id, all: 2 ** templates.length - 1 };
      return templates.map((template, index) => ({ proof, bit: 2 ** index, ...compile(template) }));
    }),
  );

const atPlace = (pattern: string): RegExp => new RegExp(`(?:${pattern})$`, 'y');
const matcherOf = (mark: Mark): Matcher => ({ ...mark, regex: atPlace(mark.pattern) });
const matches = (regex: RegExp, key: string, place: number): boolean => {
  regex.lastIndex = place;
  return regex.test(key);
};

/** Marks by how many segments they have, with one expression that says no for all of them: most keys meet none. */
const byLength = new Map<number, { any: RegExp; matchers: Matcher[] }>();
const longest = Math.max(...marks.map(({ segments: [, most] }) => (Number.isFinite(most) ? most : 0)));
for (let length = 1; length <= longest; length++) {
  const fitting = marks.filter(
    ({ segments: [least, most] }) => Number.isFinite(most) && least <= length && length <= most,
  );
  if (fitting.length === 0) continue;
  byLength.set(length, {
    any: atPlace(fitting.map(({ pattern }) => pattern).join('|')),
    matchers: fitting.map(matcherOf),
  });
}

/** Marks that may end anywhere: looked for below every folder, once their text was seen in the key. */
const openEnded = marks.filter(({ segments: [, most] }) => !Number.isFinite(most)).map(matcherOf);

/** Where the segments of a key begin. */
function segmentsOf(key: string): number[] {
  const starts = [0];
  for (let slash = key.indexOf('/'); slash !== -1; slash = key.indexOf('/', slash + 1)) starts.push(slash + 1);
  return starts;
}

/** Calls for every mark in a key, with the place where it begins: the root is what stands before. */
function marksIn(key: string, found: (mark: Mark, place: number) => void): void {
  const starts = segmentsOf(key);
  const most = Math.min(longest, starts.length);
  for (let length = Math.max(1, starts.length - deepestRoot); length <= most; length++) {
    const place = starts[starts.length - length];
    const group = byLength.get(length);
    if (place === undefined || group === undefined || !matches(group.any, key, place)) continue;
    for (const mark of group.matchers) if (matches(mark.regex, key, place)) found(mark, place);
  }
  for (const mark of openEnded) {
    if (!key.includes(mark.literal)) continue;
    for (const place of starts.slice(0, deepestRoot + 1)) if (matches(mark.regex, key, place)) found(mark, place);
  }
}

/** For each writer that is proven by the keys: the roots below which it is. A root is a folder with its slash, or empty. */
export function proofsIn(keys: readonly string[]): Map<WriterId, Set<string>> {
  const met = new Map<Proof, Map<string, number>>();
  const proven = new Map<WriterId, Set<string>>();
  for (const key of keys) {
    marksIn(key, ({ proof, bit }, place) => {
      const root = key.slice(0, place);
      const bits = met.get(proof) ?? new Map<string, number>();
      met.set(proof, bits);
      const seen = (bits.get(root) ?? 0) | bit;
      bits.set(root, seen);
      if (seen === proof.all) proven.set(proof.id, (proven.get(proof.id) ?? new Set<string>()).add(root));
    });
  }
  return proven;
}
