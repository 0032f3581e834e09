import { displayText } from '../findings/display.ts';
import { isKind, kinds } from '../findings/kinds.ts';
import type { Evidence } from '../findings/report.ts';
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

/** The whole bucket has no name worth showing. */
const shownSubject = (subject: string): string =>
  subject === '/' ? '' : shorten(displayText(subject), longestSubject);

const head = (severity: string, subject: string): string =>
  `  ${severity.padEnd(9)}${shownSubject(subject)}`.trimEnd();

/** Severity, subject and title on one line where there is room, else the title below. */
function heading(severity: string, subject: string, title: string): string[] {
  if (subject === '/') return [`  ${severity.padEnd(9)}${title}`];
  const line = `${head(severity, subject)}   ${title}`;
  return [...line].length <= mailWidth ? [line] : [head(severity, subject), `${indent}${title}`];
}

const briefly = (severity: string, subject: string, title: string): string =>
  shorten(heading(severity, subject, title).map((line) => line.trim()).join('   '), mailWidth - 2);

/** A finding that is there: what, where, how much, how old, the consequence, the next step. */
export function findingBlock({ finding, told }: Told, now: Date): Block {
  const { severity, subject, title, message, remedy, evidence, firstSeen } = finding;
  const since =
    told === null
      ? evidence.again === true
        ? ['It was resolved within the last day, and is back.']
        : []
      : [
          told.severity === severity
            ? `Seen for ${humanAge(firstSeen, now)}, last told on ${dayText(told.at)}.`
            : `It was told as ${told.severity === 'error' ? 'an' : 'a'} ${told.severity} on ${dayText(told.at)}.`,
        ];
  const figures = figuresOf(evidence, now);
  return {
    full: [
      ...heading(severity, subject, title),
      ...(figures === null ? [] : wrap(figures, indent)),
      ...since.flatMap((text) => wrap(text, indent)),
      ...wrap(message, indent),
      ...wrap(remedy, indent),
    ],
    brief: `  ${briefly(severity, subject, title)}`,
  };
}

/** `153 objects, 2.4 MB, newest 3 days ago`; lower bounds are called so. */
function figuresOf({ objects, bytes, newest, sizeComplete }: Evidence, now: Date): string | null {
  const parts: string[] = [];
  if (objects !== undefined) parts.push(humanCount(objects, 'object'));
  if (bytes !== undefined) parts.push(humanBytes(bytes));
  const figures = parts.length > 0 && sizeComplete === false ? [`at least ${parts.join(', ')}`] : parts;
  if (newest != null && parts.length > 0) figures.push(`newest ${humanAge(newest, now)} ago`);
  return figures.length === 0 ? null : figures.join(', ');
}

/** A finding that is gone, and how long it stood. */
export function resolvedBlock(record: Remembered, now: Date): Block {
  const { kind, subject, severity, told, firstSeen, resolved, evidence } = record;
  const title = isKind(kind) ? kinds[kind].title : displayText(kind);
  const grave = told?.severity ?? severity;
  const until = resolved === null ? now : new Date(resolved.at);
  const size =
    evidence.objects === null
      ? ''
      : `, last with ${humanCount(evidence.objects, 'object')}${evidence.bytes === null ? '' : `, ${humanBytes(evidence.bytes)}`}`;
  return {
    full: [
      ...heading(grave, subject, title),
      ...wrap(`stood for ${humanAge(firstSeen, until)}, since ${dayText(firstSeen)}${size}`, indent),
    ],
    brief: `  ${briefly(grave, subject, title)}`,
  };
}
