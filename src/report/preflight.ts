import { newestRelease } from '../findings/consequences.ts';
import type { Entry, Finding, Preflight, Report, Verdict } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import { skippedTexts } from './skipped.ts';
import type { Space } from './space.ts';
import { tableOf } from './table.ts';
import { toldAll } from './told.ts';
import { wrap } from './width.ts';

/** Which server is meant: `Parseable 2.9.5`, `a multi-tenant Parseable 2.9.5`. Without a version the newest counts. */
export const serverOf = ({ deployment }: Report, serverVersion: string | null): string =>
  `${deployment.multiTenant ? 'a multi-tenant ' : ''}Parseable ${serverVersion ?? newestRelease}`;

/** Rows that are in a server's way whatever it would do about them, and those that may be anything. */
const inTheWay: readonly Verdict[] = ['foreign', 'orphaned', 'leftover', 'corrupt', 'unknown'];

/**
 * What a pre-flight tells below its verdict: what is in the way, each with what to do about it, what is not and worth
 * knowing, what would bite later, the rows, and what was not asked.
 */
export function preflightLines(report: Report, preflight: Preflight, space: Space): string[] {
  const { findings, entries } = report;
  const rows = new Map(entries.map(({ name, verdict }) => [name, verdict]));
  const blocks = ({ kind, severity, subject }: Finding): boolean =>
    severity === 'error' || kind === 'scan-incomplete' || inTheWay.includes(rows.get(subject) ?? 'stream');
  const obstacles = findings.filter(blocks);
  const others = findings.filter((finding) => !blocks(finding));
  const told = new Set(findings.map(({ message, why }) => `${message} ${why}`));
  const reasons = preflight.reasons.filter((reason) => !told.has(reason));
  const table = tableOf(report, { ...space, brief: false });
  return [
    ...(preflight.ready ? wrap(whyReady(report), space.width, '') : []),
    ...section('In the way, and what to do now:', reasons, toldAll(obstacles, space), space),
    ...section('Not in the way, but worth knowing:', [], toldAll(others, space), space),
    ...section('What would bite later:', preflight.advice, [], space),
    ...(table.length === 0 ? [] : ['', ...table]),
    ...section('Not looked at:', skippedTexts(report), [], space),
  ];
}

/** What a person sees who was told that all is well. */
function whyReady({ entries, deployment }: Report): string {
  const count = (is: (entry: Entry) => boolean) => entries.filter(is).length;
  if (entries.length === 0) return 'It is empty: a server that starts on it makes it its own.';
  if (deployment.id === null)
    return 'Nothing of Parseable’s is here yet, and nothing that a server would stumble over.';
  const streams = humanCount(
    count(({ verdict }) => verdict === 'stream'),
    'stream',
  );
  return `It is that of a healthy deployment with ${streams}: a server that starts on it goes on where the last one ended.`;
}

/** A heading, points, and what is told at length; nothing at all where there are neither. */
function section(heading: string, points: readonly string[], atLength: readonly string[], space: Space): string[] {
  if (points.length === 0 && atLength.length === 0) return [];
  return ['', space.colours.strong(heading), ...points.flatMap((text) => point(text, space)), ...atLength];
}

const point = (text: string, { width }: Space): string[] =>
  wrap(text, width - 2, '').map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
