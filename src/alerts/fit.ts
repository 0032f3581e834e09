import type { Block } from './blocks.ts';

/** A part of the mail under its own heading, gravest block first. */
export interface Section {
  heading: string;
  blocks: Block[];
  /** It is not there any more, and so in no report. */
  gone?: true;
}

/** How much of a mail there is room for. */
export interface Room {
  lines: number;
  bytes: number;
}

interface Item {
  block: Block;
  /** Told at length; else in one line. */
  wordy: boolean;
}

interface Shown {
  heading: string;
  gone: boolean;
  items: Item[];
  more: number;
}

/**
 * Lays the sections out in the room there is. The first blocks are told at length for as long as there is room, one of each
 * kind before a second one of any; the others in one line each, in their places; the rest is counted. Each section keeps its
 * heading and at least one line: no piece of news goes unmentioned.
 */
export function fit(sections: readonly Section[], room: Room): string[] {
  const shown: Shown[] = sections
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ heading, blocks, gone = false }) => ({
      heading,
      gone,
      items: blocks.slice(0, room.lines).map((block) => ({ block, wordy: true })),
      more: Math.max(0, blocks.length - room.lines),
    }));
  const fits = () => {
    const lines = shown.flatMap(linesOf);
    return lines.length <= room.lines && Buffer.byteLength(lines.join('\n')) <= room.bytes;
  };
  while (!fits() && shortenOnce(shown));
  return shown.flatMap(linesOf);
}

/** In a section that has more than fits, this many are told at length, and this many named in a line, for as long as it goes. */
const wordyAtLeast = 3;
const namedAtLeast = 12;

/**
 * Takes away what is missed least; false when nothing more can be taken. First the words that repeat those of a kind, then
 * those about all but the first few of each section, both from the last section on, then names from the longest list, then
 * the words about all but the first.
 */
function shortenOnce(shown: readonly Shown[]): boolean {
  return (
    dropRepetition(shown) ||
    dropWords(shown, wordyAtLeast) ||
    dropName(shown, namedAtLeast) ||
    dropWords(shown, 1) ||
    dropName(shown, 0) ||
    dropWords(shown, 0)
  );
}

const wordyOf = ({ items }: Shown): Item[] => items.filter(({ wordy }) => wordy);
const namedOf = ({ items }: Shown): Item[] => items.filter(({ wordy }) => !wordy);

function dropRepetition(shown: readonly Shown[]): boolean {
  const repeated = shown.flatMap((section) => {
    const wordy = wordyOf(section);
    const kinds = wordy.map(({ block }) => block.kind);
    return wordy.filter(({ block: { kind } }, at) => kind !== undefined && kinds.indexOf(kind) < at);
  });
  const last = repeated.at(-1);
  if (last !== undefined) last.wordy = false;
  return last !== undefined;
}

function dropWords(shown: readonly Shown[], keep: number): boolean {
  const last = shown
    .map(wordyOf)
    .findLast((wordy) => wordy.length > keep)
    ?.at(-1);
  if (last !== undefined) last.wordy = false;
  return last !== undefined;
}

/** A section keeps one line at least. */
function dropName(shown: readonly Shown[], keep: number): boolean {
  const longest = shown
    .filter((section) => namedOf(section).length > keep && section.items.length > 1)
    .toSorted((a, b) => namedOf(b).length - namedOf(a).length)[0];
  if (longest === undefined) return false;
  longest.items.splice(
    longest.items.findLastIndex(({ wordy }) => !wordy),
    1,
  );
  longest.more++;
  return true;
}

function linesOf({ heading, items, more, gone }: Shown): string[] {
  const told = items.flatMap(({ block, wordy }, at) => {
    if (wordy) return [...block.full, ''];
    // Lines about one thing each stand together, and apart from what is told at length.
    return items[at + 1]?.wordy === true ? [block.brief, ''] : [block.brief];
  });
  const open = items.at(-1)?.wordy === false || more > 0;
  return [
    heading,
    '',
    ...told,
    ...(more > 0 ? [`  and ${String(more)} more${gone ? '' : ', all of them in the report'}`] : []),
    ...(open ? [''] : []),
  ];
}
