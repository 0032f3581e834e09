import { remedyParts } from '../findings/commands.ts';
import { isOfBucket } from '../findings/describe.ts';
import { displayText } from '../findings/display.ts';
import { severities } from '../findings/kinds.ts';
import type { Finding } from '../findings/report.ts';
import { humanNumber } from '../findings/units.ts';
import type { Space as FullSpace } from './space.ts';
import { listed } from './table.ts';
import { wrap } from './width.ts';

export type Space = Pick<FullSpace, 'width' | 'colours'>;

/** Findings of one kind that are told at length; the others of that kind are named, so that they bury nothing else. */
const toldAtLength = 3;

/** What was not seen comes first, since it limits all that follows; then the grave ones. Otherwise the report's order. */
export const inOrder = (findings: readonly Finding[]): Finding[] =>
  findings.toSorted(
    (a, b) =>
      Number(b.kind === 'scan-incomplete') - Number(a.kind === 'scan-incomplete') ||
      severities.indexOf(b.severity) - severities.indexOf(a.severity) ||
      (a.kind === b.kind ? 0 : a.kind < b.kind ? -1 : 1),
  );

/** The findings at length, those of a kind together, a blank line before each. */
export function toldAll(findings: readonly Finding[], space: Space): string[] {
  const groups = Map.groupBy(inOrder(findings), ({ severity, kind }) => `${severity} ${kind}`);
  return [...groups.values()].flatMap((group) => {
    const rest = group.slice(toldAtLength);
    return [
      ...group.slice(0, toldAtLength).flatMap((finding) => ['', heading(finding, space), ...words(finding, space)]),
      ...(rest.length === 0 ? [] : ['', ...others(rest, space)]),
    ];
  });
}

function heading({ severity, kind, subject, status, firstSeen, evidence }: Finding, { colours }: Space): string {
  const since = status === 'ongoing' ? `since ${firstSeen.slice(0, 10)}` : evidence.again === true ? 'back again' : '';
  const name = isOfBucket({ kind, subject }) ? '' : displayText(subject);
  return [colours.severity[severity](severity), colours.strong(kind), name, colours.faint(since)]
    .filter((part) => part !== '')
    .join('  ');
}

/** What happened and what it means, then what to do. */
const words = (finding: Finding, space: Space): string[] => [
  ...wrap(`${finding.message} ${finding.why}`, space.width, '  '),
  ...remedyLines(finding, space),
];

/** What to do, each command on a line of its own, so that it can be copied whole. */
export const remedyLines = ({ remedy }: Finding, { width, colours }: Space): string[] =>
  remedyParts(remedy).flatMap(({ command, text }) =>
    command ? [`    ${colours.command(text)}`] : wrap(text, width, '  '),
  );

/** The other findings of a kind, by name. */
function others(rest: readonly Finding[], { width, colours }: Space): string[] {
  const [first] = rest;
  if (first === undefined) return [];
  const { severity, kind } = first;
  return [
    `${colours.severity[severity](severity)}  ${colours.strong(kind)}  ${humanNumber(rest.length)} more`,
    `  ${listed(
      rest.map(({ subject }) => subject),
      width - 2,
    )}`,
  ];
}

const pendingNamed = 5;

/** What may be in the making or being deleted, briefly. */
export function pendingLines(findings: readonly Finding[], { width }: Space): string[] {
  const pending = findings.filter(({ status }) => status === 'pending');
  if (pending.length === 0) return [];
  const left = pending.length - pendingNamed;
  return [
    '',
    ...wrap(
      'Pending: it may be in the making, or being deleted. It is told when it lasts, and counts for nothing yet.',
      width,
      '',
    ),
    ...pending.slice(0, pendingNamed).map(({ kind, subject }) => `  ${kind}  ${displayText(subject)}`),
    ...(left > 0 ? [`  and ${humanNumber(left)} more`] : []),
  ];
}
