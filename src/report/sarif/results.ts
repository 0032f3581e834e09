import { remedyParts } from '../../findings/commands.ts';
import type { Kind } from '../../findings/kinds.ts';
import type { Finding, Report } from '../../findings/report.ts';
import { prose } from '../markdown/escape.ts';
import { remedyOf } from '../markdown/findings.ts';
import { locationOf } from './location.ts';
import { messageMarkdown, messageText } from './text.ts';

/** Keys of a finding that are named here; the JSON report has all that were collected. */
const keysNamed = 20;

/**
 * A finding as a result. Its fingerprints are its id, which stays the same from audit to audit; the one that GitHub goes by
 * has the form of a line's.
 */
export function resultOf(report: Report, finding: Finding, rules: readonly Kind[]) {
  const { id, kind, severity, status, firstSeen, message, why, remedy, evidence } = finding;
  const whatToDo = remedyParts(remedy).map(({ text }) => text);
  return {
    ruleId: kind,
    ruleIndex: rules.indexOf(kind),
    level: severity,
    message: {
      text: messageText([`${message} ${why}`, ...whatToDo].join('\n')),
      markdown: messageMarkdown([prose(`${message} ${why}`), ...remedyOf(finding)].join('\n\n')),
    },
    locations: [locationOf(report, finding)],
    partialFingerprints: { 'findingId/v1': id, primaryLocationLineHash: `${id}:1` },
    properties: {
      status,
      firstSeen,
      evidence: evidence.keys === undefined ? evidence : { ...evidence, keys: evidence.keys.slice(0, keysNamed) },
    },
  };
}
