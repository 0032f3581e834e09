import { detailOf, figuresOf, type Circumstances } from './circumstances.ts';
import { displayText } from './display.ts';
import { humanCount } from './units.ts';

/** What happened, in one sentence without its full stop. Display text. */
export type Message = (c: Circumstances) => string;

export const subjectOf = ({ subject }: Circumstances): string => displayText(subject);

/** Figures in brackets, when there are any. */
export const figures = (c: Circumstances): string => {
  const known = figuresOf(c);
  return known === null ? '' : ` (${known})`;
};

/** `and 2 more`, for what the evidence lists beyond the one that is named. */
export const andMore = ({ evidence }: Circumstances): string => {
  const more = (evidence.keys?.length ?? 0) - 1;
  return more > 0 ? `, and ${humanCount(more, 'more file', 'more files')} of it` : '';
};

/** `, by its keys probably restic`, when the content gives its writer away. */
export const writer = (c: Circumstances): string => {
  const name = detailOf(c, 'writer') ?? c.evidence.likelyWriter;
  return name === undefined ? '' : `, by its keys probably ${displayText(name)}`;
};

/** A detail that is a whole number, with its noun: `12 days`; undefined when there is none. */
export const countOf = (c: Circumstances, name: string, noun: string): string | undefined => {
  const text = c.details?.[name] ?? '';
  return /^\d{1,9}$/.test(text) ? humanCount(Number(text), noun) : undefined;
};

/** What of a list is worth naming: `a, b, c and more`. Display text. */
export const some = (names: readonly string[], shown = 3): string =>
  `${names.slice(0, shown).map(displayText).join(', ')}${names.length > shown ? ' and more' : ''}`;

/** A whole number that the check gave as evidence, or in words as a detail; undefined when it gave none. */
export function numberOf({ evidence, details }: Circumstances, name: string): number | undefined {
  const known = evidence[name];
  const text = typeof known === 'number' ? String(known) : (details?.[name] ?? '');
  // As many digits as JavaScript writes plainly: a counter that has fallen below zero comes as almost 2^64.
  return /^\d{1,21}$/.test(text) ? Number(text) : undefined;
}

/** ` of 2026-11-24`, ` of 12 days between 2026-11-01 and 2026-11-14`: which days are concerned; nothing when it is not known. */
export function ofDays(c: Circumstances): string {
  const [first, last] = [detailOf(c, 'firstDay'), detailOf(c, 'lastDay')];
  const days = numberOf(c, 'days');
  const many = days === undefined ? '' : ` of ${humanCount(days, 'day')}`;
  if (first === undefined || last === undefined) return many;
  if (first === last) return ` of ${first}`;
  return `${many === '' ? ' of days' : many} between ${first} and ${last}`;
}

/** `: KEY` for a single key, `, such as KEY` for one of several; nothing where none is known. */
export function named({ evidence }: Circumstances): string {
  const [first, ...more] = evidence.keys ?? [];
  if (first === undefined) return '';
  return `${more.length === 0 && (evidence.objects ?? 1) <= 1 ? ': ' : ', such as '}${displayText(first)}`;
}
