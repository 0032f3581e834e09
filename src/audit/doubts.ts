import type { Verdict } from '../findings/report.ts';
import { namesInsideStream } from './checks/stale-allow-entry.ts';
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
export function doubtsOf({ rows, bucket }: Sight, suspects: readonly Suspect[]): Doubts | null {
  const prefixes = new Set(rows.filter(isDoubtful).map(({ name }) => name));
  const deployment = suspects.some(
    ({ kind, subject }) =>
      kind === 'deployment-metadata-missing' ||
      kind === 'not-parseable' ||
      (kind === 'deployment-metadata-corrupt' && !prefixes.has(subject)),
  );
  const insideStreams = bucket.allow.map(({ prefix }) => prefix).filter((prefix) => namesInsideStream(prefix, rows));
  return prefixes.size === 0 && !deployment && insideStreams.length === 0
    ? null
    : { prefixes, deployment, insideStreams };
}
