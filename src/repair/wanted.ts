import type { Kind } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';

/** Findings for which a plan can be made. */
const mendable: readonly Kind[] = [
  'snapshot-reset',
  'manifest-duplicated',
  'manifest-unreferenced',
  'data-unreferenced',
];

/** What is to be mended in one stream. */
export interface Wanted {
  prefix: string;
  /** Findings that the plan answers. */
  answers: Pick<Finding, 'kind' | 'id'>[];
  /** Manifests that no snapshot names. */
  manifests: string[];
  /** Data files that no manifest lists. */
  lost: string[];
  /** Days that a reset snapshot lost, first and last; their manifests have to be listed. Null where they are known. */
  days: { first: string; last: string } | null;
  /** The evidence holds fewer keys than there are. */
  more: boolean;
}

const keysOf = (finding: Finding | undefined): string[] => finding?.evidence.keys ?? [];

/** The streams of a deep report whose metadata can be put right, as they stand in it. What is pending or known is left alone. */
export function wantedOf({ findings }: Pick<Report, 'findings'>): Wanted[] {
  const told = findings.filter(
    ({ kind, status }) => mendable.includes(kind) && (status === 'new' || status === 'ongoing'),
  );
  const byStream = Map.groupBy(told, ({ subject }) => subject);
  return [...byStream].map(([prefix, ofStream]) => {
    const of = (kind: Kind) => ofStream.find((one) => one.kind === kind);
    const [reset, unnamed, lost] = [of('snapshot-reset'), of('manifest-unreferenced'), of('data-unreferenced')];
    const full = [unnamed, lost].every((one) => (one?.evidence.objects ?? 0) <= keysOf(one).length);
    return {
      prefix,
      answers: ofStream.map(({ kind, id }) => ({ kind, id })),
      manifests: keysOf(unnamed),
      lost: keysOf(lost),
      days: unnamed === undefined ? daysOf(reset) : null,
      more: !full,
    };
  });
}

function daysOf(finding: Finding | undefined): Wanted['days'] {
  const { firstDay: first, lastDay: last } = finding?.evidence ?? {};
  return typeof first === 'string' && typeof last === 'string' ? { first, last } : null;
}
