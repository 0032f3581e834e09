import type { Verdict } from '../findings/report.ts';
import { lostDaysOf } from './checks/snapshot-reset.ts';
import type { Sight, Suspect } from './checks/suspect.ts';
import type { Row } from './classify/row.ts';
import type { Doubts } from './look/bucket.ts';

/** Verdicts that rest on something not being there, or on one read of a damaged file. */
const doubtful: readonly Verdict[] = ['orphaned', 'leftover', 'corrupt', 'unmigrated'];

const isDoubtful = ({ verdict, traits }: Row): boolean =>
  doubtful.includes(verdict) ||
  traits.some(
    ({ trait }) =>
      trait === 'base-missing' ||
      trait === 'marker-unusable' ||
      trait === 'tenant-file-missing' ||
      trait === 'tenant-file-unusable',
  );

/** What has to be looked at once more before it is reported; null when nothing has. */
export function doubtsOf({ rows, streams, now }: Sight, suspects: readonly Suspect[]): Doubts | null {
  const doubted = rows.filter(isDoubtful).map(({ name }) => name);
  const lostDays = new Map(
    streams.map((stream) => [stream.prefix, lostDaysOf(stream, now)] as const).filter(([, days]) => days.length > 0),
  );
  const prefixes = new Set([...doubted, ...lostDays.keys()]);
  const deployment = suspects.some(
    ({ kind, subject }) =>
      kind === 'deployment-metadata-missing' ||
      kind === 'not-parseable' ||
      (kind === 'deployment-metadata-corrupt' && !prefixes.has(subject)),
  );
  return prefixes.size === 0 && !deployment ? null : { prefixes, deployment, lostDays };
}
