import { kinds, isKind, severities } from '../../findings/kinds.ts';
import { verdicts, type Entry, type Report, type StreamFigures, type Verdict } from '../../findings/report.ts';
import { isOpen } from '../summary.ts';
import type { Family, Labels, Sample } from './family.ts';

/** A figure of a bucket, or several that labels tell apart. */
type Figures = (report: Report) => readonly Sample[];

interface Metric extends Omit<Family, 'samples'> {
  /** True for what is only known of a bucket that could be looked at: nought would look like health. */
  ofBucket: boolean;
  figures: Figures;
}

const one = (value: number): readonly Sample[] => [{ labels: {}, value }];
const seconds = (time: string): number => Date.parse(time) / 1_000;

const bytesOf = ({ entries }: Report, verdict: Verdict): number =>
  entries.reduce((sum, entry) => sum + (entry.verdict === verdict ? (entry.bytes ?? 0) : 0), 0);

/** A figure for each verdict that has rows, and of which the figure is known: nought is not the same as unknown. */
const byVerdict =
  (figure: (rows: readonly Entry[]) => number | null): Figures =>
  ({ entries }) =>
    verdicts.flatMap((verdict) => {
      const rows = entries.filter((entry) => entry.verdict === verdict);
      const value = rows.length === 0 ? null : figure(rows);
      return value === null ? [] : [{ labels: { verdict }, value }];
    });

const sumOf = (rows: readonly Entry[], what: 'objects' | 'bytes'): number | null => {
  const known = rows.flatMap((row) => row[what] ?? []);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0);
};

/** Streams of which both is known: what their metadata believes, and all that lies there. Only those can be compared. */
const compared = ({ streams }: Report): StreamFigures[] =>
  streams.filter(({ believedBytes, dataBytes, complete }) => believedBytes !== null && dataBytes !== null && complete);

const sumOfStreams =
  (what: 'believedBytes' | 'dataBytes'): Figures =>
  (report) => {
    const both = compared(report);
    return both.length === 0 ? [] : one(both.reduce((sum, stream) => sum + (stream[what] ?? 0), 0));
  };

/**
 * What is measured, in this order. The names are those of the metrics that the Lambda writes, with words joined by `_`, base
 * units, and what a label can tell apart in a label: `FindingsError` is `findings{severity="error"}`.
 */
export const metrics: readonly Metric[] = [
  {
    name: 'bucket',
    help: 'The bucket that was looked at, where it is and whose it is; always 1.',
    ofBucket: false,
    figures: ({ bucket, deployment }) => [
      {
        labels: {
          endpoint: bucket.endpoint ?? 'Amazon S3',
          ...(bucket.region === null ? {} : { region: bucket.region }),
          ...(deployment.id === null ? {} : { deployment: deployment.id }),
        },
        value: 1,
      },
    ],
  },
  {
    name: 'audit_completed',
    help: 'Whether the last audit saw everything: 1 or 0.',
    ofBucket: false,
    figures: ({ completeness }) => one(completeness === 'full' ? 1 : 0),
  },
  {
    name: 'completeness',
    help: 'How much the last audit saw.',
    ofBucket: false,
    figures: (report) =>
      (['full', 'partial', 'failed'] as const).map((state) => ({
        labels: { state },
        value: report.completeness === state ? 1 : 0,
      })),
  },
  {
    name: 'last_audit_timestamp_seconds',
    unit: 'seconds',
    help: 'When the last audit ended, since 1970.',
    ofBucket: false,
    figures: ({ finishedAt }) => one(seconds(finishedAt)),
  },
  {
    name: 'duration_ms',
    help: 'How long the last audit took, in milliseconds.',
    ofBucket: false,
    figures: ({ startedAt, finishedAt }) => one(Date.parse(finishedAt) - Date.parse(startedAt)),
  },
  {
    name: 'requests',
    help: 'Requests that the last audit sent.',
    ofBucket: false,
    figures: ({ requests }) =>
      Object.entries<number>({ ...requests }).map(([operation, value]) => ({ labels: { operation }, value })),
  },
  ...severities.toReversed().map((severity): Metric => ({
    name: `findings_${severity}`,
    help: `Open findings of severity ${severity}: neither known nor pending.`,
    ofBucket: true,
    figures: ({ summary }) => one(summary[severity]),
  })),
  {
    name: 'findings_of_kind',
    help: 'Open findings of each kind that was found.',
    ofBucket: true,
    figures: ({ findings }) =>
      Object.keys(kinds)
        .filter(isKind)
        .flatMap((kind) =>
          severities.toReversed().flatMap((severity) => {
            const value = findings.filter((finding) => {
              return isOpen(finding) && finding.kind === kind && finding.severity === severity;
            }).length;
            return value === 0 ? [] : [{ labels: { kind, severity }, value }];
          }),
        ),
  },
  {
    name: 'findings_not_counted',
    help: 'Findings that are known from a baseline, or pending.',
    ofBucket: true,
    figures: ({ findings }) =>
      (['known', 'pending'] as const).map((status) => ({
        labels: { status },
        value: findings.filter((finding) => finding.status === status).length,
      })),
  },
  {
    name: 'entries',
    help: 'Prefixes and objects at the root, and children of tenants.',
    ofBucket: true,
    figures: byVerdict((rows) => rows.length),
  },
  {
    name: 'objects',
    help: 'Objects below entries that were sized; a lower bound for large ones.',
    ofBucket: true,
    figures: byVerdict((rows) => sumOf(rows, 'objects')),
  },
  {
    name: 'size_bytes',
    unit: 'bytes',
    help: 'Bytes below entries that were sized; a lower bound for large ones.',
    ofBucket: true,
    figures: byVerdict((rows) => sumOf(rows, 'bytes')),
  },
  {
    name: 'foreign_bytes',
    unit: 'bytes',
    help: 'Bytes of foreign prefixes and objects; a lower bound for large ones.',
    ofBucket: true,
    figures: (report) => one(bytesOf(report, 'foreign')),
  },
  {
    name: 'orphaned_bytes',
    unit: 'bytes',
    help: 'Bytes of orphaned stream data; a lower bound for large ones.',
    ofBucket: true,
    figures: (report) => one(bytesOf(report, 'orphaned')),
  },
  {
    name: 'unused_bytes',
    unit: 'bytes',
    help: 'Bytes that are paid for and that no stream uses.',
    ofBucket: true,
    figures: ({ summary }) => one(summary.alien.bytes),
  },
  {
    name: 'unused_cost_per_month',
    help: 'What those bytes cost a month, by the price that the report names.',
    ofBucket: true,
    figures: ({ summary: { alien } }) => [{ labels: { currency: alien.price.currency }, value: alien.costPerMonth }],
  },
  {
    name: 'streams_compared',
    help: 'Streams of which it is known what their metadata believes and what lies there.',
    ofBucket: true,
    figures: (report) => one(compared(report).length),
  },
  {
    name: 'believed_bytes',
    unit: 'bytes',
    help: 'Bytes of data files as the metadata of the compared streams believes.',
    ofBucket: true,
    figures: sumOfStreams('believedBytes'),
  },
  {
    name: 'stored_bytes',
    unit: 'bytes',
    help: 'Bytes of data files that lie in the compared streams.',
    ofBucket: true,
    figures: sumOfStreams('dataBytes'),
  },
];

/** By which bucket every sample is told apart. */
export const bucketLabels = ({ bucket }: Report): Labels => ({
  bucket: bucket.name,
  ...(bucket.environment === null ? {} : { environment: bucket.environment }),
});

/** All metrics of all reports. */
export const familiesOf = (reports: readonly Report[]): Family[] =>
  metrics.map(({ figures, ofBucket, ...metric }) => ({
    ...metric,
    name: `bucket_hygiene_${metric.name}`,
    samples: reports
      .filter(({ completeness }) => !(ofBucket && completeness === 'failed'))
      .flatMap((report) =>
        figures(report).map(({ labels, value }) => ({ labels: { ...bucketLabels(report), ...labels }, value })),
      ),
  }));
