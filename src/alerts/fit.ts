import type { Block } from './blocks.ts';

/** A part of the mail under its own heading, gravest block first. */
export interface Section {
  heading: string;
  blocks: Block[];
}

/** How much of a mail there is room for. */
export interface Room {
  lines: number;
  bytes: number;
}

interface Shown {
  heading: string;
  full: Block[];
  brief: Block[];
  more: number;
}

/**
 * Lays the sections out in the room there is. The first blocks are told at length for as long as there is room, then in
 * one line each, then counted. Each section keeps its heading and at least one line: no piece of news goes unmentioned.
 */
export function fit(sections: readonly Section[], room: Room): string[] {
  const shown: Shown[] = sections
    .filter(({ blocks }) => blocks.length > 0)
    .map(({ heading, blocks }) => ({
      heading,
      full: blocks.slice(0, room.lines),
      brief: [],
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
 * Takes away what is missed least; false when nothing more can be taken. First the words about all but the first few of
 * each section, from the last section on, then names from the longest list, then the words about all but the first.
 */
function shortenOnce(shown: readonly Shown[]): boolean {
  return (
    dropWords(shown, wordyAtLeast) ||
    dropName(shown, namedAtLeast) ||
    dropWords(shown, 1) ||
    dropName(shown, 0) ||
    dropWords(shown, 0)
  );
}

function dropWords(shown: readonly Shown[], keep: number): boolean {
  const wordy = shown.findLast(({ full }) => full.length > keep);
  if (wordy === undefined) return false;
  wordy.brief.unshift(...wordy.full.splice(-1));
  return true;
}

/** A section keeps one line at least. */
function dropName(shown: readonly Shown[], keep: number): boolean {
  const longest = shown
    .filter(({ full, brief }) => brief.length > keep && full.length + brief.length > 1)
    .toSorted((a, b) => b.brief.length - a.brief.length)[0];
  if (longest === undefined) return false;
  longest.brief.pop();
  longest.more++;
  return true;
}

function linesOf({ heading, full, brief, more }: Shown): string[] {
  return [
    heading,
    '',
    ...full.flatMap((block) => [...block.full, '']),
    ...brief.map((block) => block.brief),
    ...(more > 0 ? [`  and ${String(more)} more, all of them in the report`] : []),
    ...(brief.length > 0 || more > 0 ? [''] : []),
  ];
}
