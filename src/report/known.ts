import { severities } from '../findings/kinds.ts';
import type { Finding } from '../findings/report.ts';
import { humanCount } from '../findings/units.ts';
import { listed } from './table.ts';
import type { Space } from './told.ts';
import { padEnd, wrap } from './width.ts';

/** What the baseline holds: a line for each kind, the grave ones first, as many names as fit. */
export function knownLines(findings: readonly Finding[], { width, colours }: Space): string[] {
  const known = findings.filter(({ status }) => status === 'known');
  if (known.length === 0) return [];
  const grave = ({ severity }: Finding) => severities.indexOf(severity);
  const kinds = Map.groupBy(
    known.toSorted((a, b) => grave(b) - grave(a)),
    ({ kind }) => kind,
  );
  const longest = Math.max(...[...kinds.keys()].map((kind) => kind.length));
  return [
    '',
    ...wrap(`Known from the baseline, and counted for nothing: ${humanCount(known.length, 'finding')}.`, width, ''),
    ...[...kinds].map(([kind, all]) => {
      const names = listed(
        all.map(({ subject }) => subject),
        width - longest - 4,
      );
      return colours.faint(`  ${padEnd(kind, longest)}  ${names}`);
    }),
  ];
}
