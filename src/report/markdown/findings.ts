import { remedyParts } from '../../findings/commands.ts';
import { isOfBucket } from '../../findings/describe.ts';
import type { Finding } from '../../findings/report.ts';
import { humanBytes, humanNumber } from '../../findings/units.ts';
import { inOrder } from '../told.ts';
import { block, code, codeInCell, folded, prose } from './escape.ts';
import { evidenceOf } from './evidence.ts';
import { tableOf } from './table.ts';

/** Findings of one kind that are told at length, so that they bury nothing else, and of all kinds: a ticket holds 65,536 characters. */
const toldAtLength = 3;
const longest = 20;
/** Findings that are named besides. */
const named = 200;

const subjectOf = (finding: Finding): string => (isOfBucket(finding) ? '' : ` ${code(finding.subject)}`);

/** What to do: prose, and each command as a block that can be copied. */
export const remedyOf = ({ remedy }: Finding): string[] =>
  remedyParts(remedy).map(({ command, text }) => (command ? block(text, 'sh') : prose(text)));

function since({ status, firstSeen, evidence }: Finding): string {
  if (status === 'ongoing') return ` since ${firstSeen.slice(0, 10)}`;
  return evidence.again === true ? ' back again' : '';
}

function atLength(finding: Finding, level: number): string[] {
  const { severity, kind, message, why } = finding;
  return [
    `${'#'.repeat(level)} ${severity}: ${code(kind)}${subjectOf(finding)}${since(finding)}`,
    prose(`${message} ${why}`),
    ...remedyOf(finding),
    evidenceOf(finding),
  ];
}

/** Findings in blocks of Markdown: the gravest of each kind at length under a heading of that level, the others in a table. */
export function findingsOf(findings: readonly Finding[], level: number): string[] {
  const groups = Map.groupBy(inOrder(findings), ({ severity, kind }) => `${severity} ${kind}`);
  const long = [...groups.values()].flatMap((group) => group.slice(0, toldAtLength)).slice(0, longest);
  const told = new Set(long);
  const rest = inOrder(findings).filter((finding) => !told.has(finding));
  return [...long.flatMap((finding) => atLength(finding, level)), ...(rest.length === 0 ? [] : [restOf(rest)])];
}

const head = ['Severity', 'Kind', 'Subject', 'Objects', 'Size'].map((title, at) => ({ title, right: at > 2 }));

/** The others, by name, to unfold. */
function restOf(rest: readonly Finding[]): string {
  const left = rest.length - named;
  const body = rest
    .slice(0, named)
    .map(({ severity, kind, subject, evidence: { objects, bytes } }) => [
      severity,
      code(kind),
      codeInCell(subject),
      objects === undefined ? '–' : humanNumber(objects),
      bytes === undefined ? '–' : humanBytes(bytes),
    ]);
  const more = left > 0 ? `\n\nAnd ${humanNumber(left)} more: the JSON report has them all.` : '';
  return folded(`${humanNumber(rest.length)} more findings`, `${tableOf(head, body)}${more}`);
}

/** Findings that count for nothing, by kind and name, under a line that says so; nothing where there are none. */
export function aside(findings: readonly Finding[], line: string): string[] {
  if (findings.length === 0) return [];
  const left = findings.length - named;
  const points = findings
    .slice(0, named)
    .map(({ severity, kind, subject }) => `- ${severity}: ${code(kind)} ${code(subject)}`);
  return [line, [...points, ...(left > 0 ? [`- and ${humanNumber(left)} more`] : [])].join('\n')];
}
