import type { Preflight, Report } from '../findings/report.ts';
import { obstaclesOf, whyReady } from './obstacles.ts';
import { skippedTexts } from './skipped.ts';
import type { Space } from './space.ts';
import { tableOf } from './table.ts';
import { toldAll } from './told.ts';
import { wrap } from './width.ts';

/**
 * What a pre-flight tells below its verdict: what is in the way, each with what to do about it, what is not and worth
 * knowing, what would bite later, the rows, and what was not asked.
 */
export function preflightLines(report: Report, preflight: Preflight, space: Space): string[] {
  const { obstacles, others, reasons } = obstaclesOf(report, preflight);
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

/** A heading, points, and what is told at length; nothing at all where there are neither. */
function section(heading: string, points: readonly string[], atLength: readonly string[], space: Space): string[] {
  if (points.length === 0 && atLength.length === 0) return [];
  return ['', space.colours.strong(heading), ...points.flatMap((text) => point(text, space)), ...atLength];
}

const point = (text: string, { width }: Space): string[] =>
  wrap(text, width - 2, '').map((line, at) => `${at === 0 ? '- ' : '  '}${line}`);
