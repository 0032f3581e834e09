import { remedyParts } from '../../findings/commands.ts';
import { displayText } from '../../findings/display.ts';
import { atLeast, isDeep, isKind, kinds, type Kind, type Severity } from '../../findings/kinds.ts';
import type { Finding, Report } from '../../findings/report.ts';
import { humanCount } from '../../findings/units.ts';
import { obstaclesOf } from '../obstacles.ts';
import { skippedTexts } from '../skipped.ts';
import { isOpen } from '../summary.ts';

/** What became of one check of one bucket. `told` is what stands in the log of the test, in any case. All display text. */
export interface Case {
  name: string;
  told: string;
  outcome:
    | { is: 'passed' }
    | { is: 'failed'; message: string; type: string; text: string }
    | { is: 'unknown'; message: string; type: string; text: string }
    | { is: 'skipped'; message: string };
}

/** From which severity on a finding fails its test; as `--fail-on`. */
export type Threshold = Severity | 'never';

/** The optional reads without which a kind cannot be told. */
const rests: Partial<Record<Kind, string>> = {
  'lifecycle-reaches-metadata': 'lifecycle',
  'lifecycle-before-retention': 'lifecycle',
  'incomplete-uploads': 'uploads',
  'shared-deployment': 'shared-deployment',
};

/** A finding in full, as one reads it in a log. */
const textOf = ({ severity, kind, subject, message, why, remedy }: Finding): string =>
  [
    `${severity} ${kind} ${displayText(subject)}`,
    `${message} ${why}`,
    ...remedyParts(remedy).map(({ command, text }) => `${command ? '  ' : ''}${text}`),
  ].join('\n');

const textsOf = (findings: readonly Finding[]): string => findings.map(textOf).join('\n\n');

/** What counts for nothing is named, so that nobody wonders where it went. */
const aside = (findings: readonly Finding[]): string =>
  findings.map(({ status, kind, subject }) => `${status}: ${kind} ${displayText(subject)}`).join('\n');

const gravest = (findings: readonly Finding[]): string =>
  (['error', 'warning'] as const).find((level) => findings.some(({ severity }) => severity === level)) ?? 'note';

const failure = (failing: readonly Finding[]): { message: string; type: string; text: string } => ({
  message: `${humanCount(failing.length, 'finding')}: ${failing.map(({ title }) => title).join('; ')}`,
  type: gravest(failing),
  text: textsOf(failing),
});

/**
 * Each kind of finding is a check. It fails by what is found from the threshold on, of a pre-flight by what is in the way;
 * what is below is told in the log. It is skipped where it was not made: deep checks outside of a deep audit, checks that
 * rest on a read that was refused, and, as soon as something was not seen, all that found nothing. What could not be told
 * is one error, on `scan-incomplete`.
 */
export function casesOf(report: Report, failOn: Threshold): Case[] {
  const { findings, preflight } = report;
  const obstacles = preflight === undefined ? null : new Set(obstaclesOf(report, preflight).obstacles);
  const fails = (finding: Finding): boolean =>
    isOpen(finding) &&
    (obstacles === null ? failOn !== 'never' && atLeast(finding.severity, failOn) : obstacles.has(finding));
  const ofKind = Map.groupBy(findings, ({ kind }) => kind);
  const cases = Object.keys(kinds)
    .filter(isKind)
    .map((kind) => caseOf(report, kind, ofKind.get(kind) ?? [], fails));
  return preflight === undefined ? cases : [readiness(report), ...cases];
}

function caseOf(report: Report, name: Kind, findings: readonly Finding[], fails: (finding: Finding) => boolean): Case {
  const failing = findings.filter(fails);
  const rest = findings.filter((finding) => !fails(finding));
  const told = [textsOf(rest.filter(isOpen)), aside(rest.filter((finding) => !isOpen(finding)))]
    .filter((text) => text !== '')
    .join('\n\n');
  if (name === 'scan-incomplete' && report.completeness !== 'full') {
    return { name, told: '', outcome: { is: 'unknown', ...unknown(report, findings) } };
  }
  if (failing.length > 0) return { name, told, outcome: { is: 'failed', ...failure(failing) } };
  const reason = findings.length > 0 ? null : whySkipped(report, name);
  return { name, told, outcome: reason === null ? { is: 'passed' } : { is: 'skipped', message: reason } };
}

const unknown = ({ completeness }: Report, findings: readonly Finding[]) => ({
  message:
    completeness === 'failed'
      ? 'The bucket could not be looked at: nothing is known about it.'
      : 'Not everything was seen: what is not told may be there all the same.',
  type: completeness,
  text: textsOf(findings),
});

/** Why a check that found nothing says nothing about the bucket; null when it does. */
function whySkipped(report: Report, kind: Kind): string | null {
  if (isDeep(kind) && report.mode !== 'deep') return 'Only a deep audit looks for it.';
  const read = rests[kind];
  const refused = report.skipped.filter(({ what }) => what === read);
  const [text] = skippedTexts({ ...report, skipped: refused });
  if (text !== undefined) return `Not looked at: ${text}.`;
  return report.completeness === 'full' ? null : 'Not everything was seen, so that nothing was found proves nothing.';
}

/** The answer of a pre-flight, with the reasons that are no findings. */
function readiness(report: Report): Case {
  const { ready = false, reasons = [], advice = [] } = report.preflight ?? {};
  const told = advice.join('\n');
  const reason = { message: 'The bucket is not ready for a server.', type: 'not-ready', text: reasons.join('\n') };
  return { name: 'ready', told, outcome: ready ? { is: 'passed' } : { is: 'failed', ...reason } };
}
