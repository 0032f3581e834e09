import { figuresOf } from '../findings/circumstances.ts';
import { isOfBucket } from '../findings/describe.ts';
import { displayText } from '../findings/display.ts';
import { isDeep, isKind, kinds, type Severity } from '../findings/kinds.ts';
import type { Evidence } from '../findings/report.ts';
import { humanAge, humanBytes, humanCount } from '../findings/units.ts';
import type { Remembered } from '../history/memory.ts';
import type { Told } from '../history/news.ts';
import { dayText } from './dates.ts';
import { mailWidth, shorten, wrap, wrapRemedy } from './wrap.ts';

/** One thing that is told: at length, and in one line for when there are many. */
export interface Block {
  full: string[];
  brief: string;
  /** What is said of one thing of a kind says most of what there is to say of another. */
  kind?: string;
}

const indent = ' '.repeat(11);
const longestSubject = 60;

/** A kind in words; one that this version does not know, from an older memory, as it stands. */
export const titleOf = (kind: string): string => (isKind(kind) ? kinds[kind].title : displayText(kind));

/** Severity, subject and title in one line, the subject cut to what there is room for. */
function heading(severity: Severity, subject: string, kind: string, longest: number): string {
  const first = `  ${severity.padEnd(9)}`;
  // The whole bucket has no name worth showing.
  return isOfBucket({ kind, subject })
    ? `${first}${titleOf(kind)}`
    : `${first}${shorten(displayText(subject), longest)}   ${titleOf(kind)}`;
}

function headings(severity: Severity, subject: string, kind: string): Pick<Block, 'brief'> & { lines: string[] } {
  const line = heading(severity, subject, kind, longestSubject);
  const room = mailWidth - indent.length - 3 - titleOf(kind).length;
  const brief = heading(severity, subject, kind, Math.min(room, longestSubject));
  if (Array.from(line).length <= mailWidth) return { brief, lines: [line] };
  return { brief, lines: [line.slice(0, -titleOf(kind).length).trimEnd(), `${indent}${titleOf(kind)}`] };
}

/** A finding that is there: what, where, how much, how old, the consequence, the next step. */
export function findingBlock({ finding, told }: Told, now: Date): Block {
  const { severity, subject, kind, message, why, remedy, evidence } = finding;
  const { brief, lines } = headings(severity, subject, kind);
  // What is not where it is listed has no age of its own: these kinds tell their figures in their own words.
  const figures = isDeep(kind) ? null : figuresOf({ evidence, now });
  return {
    full: [
      ...lines,
      ...(figures === null || message.includes(figures) ? [] : wrap(figures, indent)),
      ...wrap(message, indent),
      ...wrap(sinceWhen({ finding, told }, now), indent),
      ...wrap(why, indent),
      ...wrapRemedy(remedy, indent),
    ],
    brief: withEssentials(brief, evidence),
    kind,
  };
}

/** How much it is and who wrote it, for as much of that as the line has room. */
function withEssentials(brief: string, { bytes, sizeComplete, likelyWriter }: Evidence): string {
  const size = bytes === undefined ? [] : [`${sizeComplete === false ? 'at least ' : ''}${humanBytes(bytes)}`];
  const writer = likelyWriter === undefined ? [] : [`probably ${displayText(likelyWriter)}`];
  return [...size, ...writer].reduce((line, part) => {
    const longer = `${line}, ${part}`;
    return Array.from(longer).length <= mailWidth ? longer : line;
  }, brief);
}

function sinceWhen({ finding, told }: Told, now: Date): string {
  const { severity, evidence, firstSeen } = finding;
  if (told === null) return evidence.again === true ? 'It was resolved within the last day, and is back.' : '';
  if (told.severity === severity)
    return `First seen ${humanAge(firstSeen, now)} ago, last told on ${dayText(told.at)}.`;
  return `It was told as ${told.severity === 'error' ? 'an' : 'a'} ${told.severity} on ${dayText(told.at)}.`;
}

/** A finding that is gone, how long it stood, and why it ended where that was no repair. */
export function resolvedBlock(record: Remembered, now: Date, ending: string | null = null): Block {
  const { kind, subject, severity, told, firstSeen, resolved, evidence } = record;
  const { brief, lines } = headings(told?.severity ?? severity, subject, kind);
  const { objects, bytes } = evidence;
  const size = [
    ...(objects === null ? [] : [humanCount(objects, 'object')]),
    ...(bytes === null ? [] : [humanBytes(bytes)]),
  ].join(', ');
  const until = resolved === null ? now : new Date(resolved.at);
  const stood = `Stood for ${humanAge(firstSeen, until)}, since ${dayText(firstSeen)}`;
  return {
    full: [
      ...lines,
      ...wrap(`${stood}${size === '' ? '' : `, with ${size}`}.${ending === null ? '' : ` ${ending}`}`, indent),
    ],
    brief,
  };
}
