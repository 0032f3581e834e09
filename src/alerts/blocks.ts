import { remedyParts } from '../findings/commands.ts';
import { displayText } from '../findings/display.ts';
import { isKind, kinds, type Severity } from '../findings/kinds.ts';
import { humanAge, humanBytes, humanCount } from '../findings/units.ts';
import type { Remembered } from '../history/memory.ts';
import type { Told } from '../history/news.ts';
import { dayText } from './dates.ts';
import { mailWidth, shorten, wrap } from './wrap.ts';

/** One thing that is told: at length, and in one line for when there are many. */
export interface Block {
  full: string[];
  brief: string;
}

const indent = ' '.repeat(11);
const longestSubject = 60;

/** A kind in words; one that this version does not know, from an older memory, as it stands. */
export const titleOf = (kind: string): string => (isKind(kind) ? kinds[kind].title : displayText(kind));

/** Severity, subject and title on one line where there is room, else the title below. */
function heading(severity: Severity, subject: string, kind: string): string[] {
  const first = `  ${severity.padEnd(9)}`;
  // The whole bucket has no name worth showing.
  if (subject === '/') return [`${first}${titleOf(kind)}`];
  const named = `${first}${shorten(displayText(subject), longestSubject)}`;
  const line = `${named}   ${titleOf(kind)}`;
  return Array.from(line).length <= mailWidth ? [line] : [named, `${indent}${titleOf(kind)}`];
}

function briefly(severity: Severity, subject: string, kind: string): string {
  const line = heading(severity, subject, kind)
    .map((row) => row.trim())
    .join('   ');
  return `  ${shorten(severity.padEnd(9) + line.slice(severity.length).trimStart(), mailWidth - 2)}`;
}

/** A finding that is there: what, where, how much, how old, the consequence, the next step. */
export function findingBlock({ finding, told }: Told, now: Date): Block {
  const { severity, subject, kind, message, why, remedy } = finding;
  return {
    full: [
      ...heading(severity, subject, kind),
      ...[message, sinceWhen({ finding, told }, now), why].flatMap((text) => wrap(text, indent)),
      // A command stands on a line of its own and is never broken, so that it can be copied.
      ...remedyParts(remedy).flatMap(({ text, command }) => (command ? [`${indent}  ${text}`] : wrap(text, indent))),
    ],
    brief: briefly(severity, subject, kind),
  };
}

function sinceWhen({ finding, told }: Told, now: Date): string {
  const { severity, evidence, firstSeen } = finding;
  if (told === null) return evidence.again === true ? 'It was resolved within the last day, and is back.' : '';
  if (told.severity === severity)
    return `First seen ${humanAge(firstSeen, now)} ago, last told on ${dayText(told.at)}.`;
  return `It was told as ${told.severity === 'error' ? 'an' : 'a'} ${told.severity} on ${dayText(told.at)}.`;
}

/** A finding that is gone, and how long it stood. */
export function resolvedBlock(
  { kind, subject, severity, told, firstSeen, resolved, evidence }: Remembered,
  now: Date,
): Block {
  const grave = told?.severity ?? severity;
  const { objects, bytes } = evidence;
  const size = [
    ...(objects === null ? [] : [humanCount(objects, 'object')]),
    ...(bytes === null ? [] : [humanBytes(bytes)]),
  ].join(', ');
  const until = resolved === null ? now : new Date(resolved.at);
  const stood = `Stood for ${humanAge(firstSeen, until)}, since ${dayText(firstSeen)}${size === '' ? '' : `; last seen with ${size}`}.`;
  return {
    full: [...heading(grave, subject, kind), ...wrap(stood, indent)],
    brief: briefly(grave, subject, kind),
  };
}
