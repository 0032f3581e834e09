import type { Evidence, Grace } from '../../findings/report.ts';
import { graceHours, isYoung, type DayLook, type Sort } from '../deep/day-look.ts';
import { emptyPile, heap, type Pile } from '../deep/pile.ts';
import type { Stream } from './streams.ts';
import { suspect, type Suspect } from './suspect.ts';
import type { Kind } from '../../findings/kinds.ts';

/** One sort of damage, over all days of a stream. */
export interface Gathered {
  pile: Pile;
  /** The days concerned, ascending. */
  days: string[];
  /** Null when at least one object is past its grace: then the pile holds those alone. */
  grace: Grace | null;
}

/**
 * Adds up a sort over the days of a stream. What is past its grace stands for itself: something busy must not hide it.
 * @param counts days that count
 */
export function gather(
  { depth }: Pick<Stream, 'depth'>,
  sort: Sort,
  now: Date,
  counts: (look: DayLook) => boolean = () => true,
): Gathered | null {
  const settled: Gathered = { pile: emptyPile(), days: [], grace: null };
  const young: Gathered = { pile: emptyPile(), days: [], grace: null };
  for (const look of depth?.days ?? []) {
    const found = look.found[sort];
    if (found === undefined || !counts(look)) continue;
    add(settled, found.settled, look);
    // What was young at a look of an earlier audit may not be so any more.
    add(isYoung(sort, found.young.newest, now) ? young : settled, found.young, look);
  }
  if (settled.pile.objects > 0) return settled;
  if (young.pile.objects === 0) return null;
  const { newest, oldest } = young.pile;
  return { ...young, grace: { hours: graceHours[sort] ?? 0, newest, oldest, shrinking: false } };
}

function add(to: Gathered, pile: Pile, { day }: DayLook): void {
  if (pile.objects === 0) return;
  heap(to.pile, pile);
  if (to.days.at(-1) !== day) to.days.push(day);
}

/** What was gathered as a suspect about its stream. */
export function suspectOf(kind: Kind, { prefix, depth }: Stream, { pile, days, grace }: Gathered): Suspect {
  const { objects, bytes, oldest, newest, keys, claimedBytes, files, fileBytes, why } = pile;
  const firstDay = days[0] ?? '';
  const lastDay = days.at(-1) ?? '';
  const concerned = new Set(days);
  const lookedAt = (depth?.days ?? []).reduce<string | null>(
    (first, look) => (concerned.has(look.day) && (first === null || look.lookedAt < first) ? look.lookedAt : first),
    null,
  );
  const evidence: Evidence = {
    objects,
    bytes,
    oldest,
    newest,
    sizeComplete: true,
    days: days.length,
    firstDay,
    lastDay,
    lookedAt,
    ...(claimedBytes === undefined ? {} : { claimedBytes }),
    ...(files === undefined ? {} : { files }),
    ...(fileBytes === undefined ? {} : { fileBytes }),
    keys,
  };
  const details: Record<string, string> = { days: String(days.length), firstDay, lastDay };
  if (claimedBytes !== undefined) details['claimedBytes'] = String(claimedBytes);
  if (files !== undefined) details['files'] = String(files);
  if (why !== undefined) details['why'] = why;
  return suspect(kind, prefix, evidence, details, grace);
}
