import { kinds } from '../../findings/kinds.ts';
import type { Report } from '../../findings/report.ts';
import { humanNumber } from '../../findings/units.ts';
import { skippedTexts } from '../skipped.ts';
import { messageText } from './text.ts';

/** What whoever reads the results has to know about how they came about: what was not seen, and what is left out. */
export function notificationsOf(report: Report, leftOut: number) {
  const tell = (level: 'error' | 'warning' | 'note', text: string) => ({ level, message: { text: messageText(text) } });
  const level = report.completeness === 'failed' ? 'error' : 'warning';
  const unseen = report.findings.filter(({ kind }) => kind === 'scan-incomplete');
  const [first] = unseen;
  return [
    // A look that is not full is told even where the kind is ignored.
    ...(report.completeness !== 'full' && first === undefined
      ? [tell(level, `${kinds['scan-incomplete'].title}: what is not told here may be there all the same.`)]
      : []),
    ...unseen.map(({ message, why }) => tell(level, `${message} ${why}`)),
    ...skippedTexts(report).map((text) => tell('note', `Not looked at: ${text}.`)),
    ...(leftOut === 0
      ? []
      : [
          tell(
            'note',
            `${humanNumber(leftOut)} more findings, the lightest, are left out: the JSON report has them all.`,
          ),
        ]),
  ];
}
