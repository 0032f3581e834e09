import type { DayLook } from '../deep/day-look.ts';
import { emptyPile, heap } from '../deep/pile.ts';
import { isKept, isUnionKnown } from './deep-streams.ts';
import { gather, suspectOf, type Gathered } from './gathered.ts';
import type { Stream } from './streams.ts';
import type { Check } from './suspect.ts';

/** A day of which a manifest is missing or damaged: its files were listed there, and that is told. */
const explainsItself = ({ found }: DayLook): boolean =>
  found['manifest-missing'] !== undefined || found['manifest-corrupt'] !== undefined;

/** Data of the form from before there were manifests was never meant to be in one, as long as the stream had none. */
function firstManifest({ depth, union }: Stream): string | null {
  const day = (depth?.days ?? []).find(({ manifests }) => manifests > 0)?.day ?? null;
  const oldest = union?.oldest ?? null;
  return day === null || (oldest !== null && oldest < day) ? oldest : day;
}

/** Data files that no manifest of their stream lists: no query finds them. */
export const dataUnreferenced: Check = ({ streams, now }) =>
  streams.flatMap((stream) => {
    if (!isUnionKnown(stream)) return [];
    const kept = isKept(stream, now);
    const first = firstManifest(stream);
    const counts = (look: DayLook) => kept(look) && !explainsItself(look);
    const found = both(
      gather(stream, 'unreferenced', now, counts),
      gather(stream, 'untailed', now, (look) => counts(look) && first !== null && look.day >= first),
    );
    return found === null ? [] : [suspectOf('data-unreferenced', stream, found)];
  });

/** What is past its grace counts before what is not. */
function both(a: Gathered | null, b: Gathered | null): Gathered | null {
  if (a === null || b === null) return a ?? b;
  if ((a.grace === null) !== (b.grace === null)) return a.grace === null ? a : b;
  const pile = emptyPile();
  heap(pile, a.pile);
  heap(pile, b.pile);
  const { oldest, newest } = pile;
  return {
    pile,
    days: [...new Set([...a.days, ...b.days])].sort(),
    grace: a.grace === null ? null : { ...a.grace, oldest, newest },
  };
}
