import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import type { Report, Verdict } from '../findings/report.ts';

const service = 'bucket-hygiene';
const namespace = 'BucketHygiene';

type Unit = (typeof MetricUnit)[keyof typeof MetricUnit];
type Figure = [name: string, unit: Unit, value: number];

/** Where the Lambda tells how it went: JSON lines and embedded metrics, both on stdout. */
export interface Telemetry {
  logger: Logger;
  metrics: Metrics;
}

/** Opens logs and metrics. `POWERTOOLS_LOG_LEVEL` and `POWERTOOLS_METRICS_DISABLED` are honoured. */
export const openTelemetry = (): Telemetry => ({
  logger: new Logger({ serviceName: service }),
  metrics: new Metrics({ serviceName: service, namespace }),
});

/** What is measured about one bucket of a run. */
export interface Measured {
  name: string;
  /** Null when the audit ended without a report. */
  report: Report | null;
  durationMs: number;
  alertFailed: boolean;
}

const bytesOf = (report: Report, verdict: Verdict): number =>
  report.entries.reduce((sum, entry) => sum + (entry.verdict === verdict ? (entry.bytes ?? 0) : 0), 0);

const requestsOf = ({ requests }: Report): number => requests.list + requests.get + requests.head + requests.other;

/**
 * The figures of one bucket. `AuditCompleted` is 1 for a full audit only, so that an alarm on silence also hears audits
 * that no longer see everything. A failed audit has no figures about the bucket: nought would look like health.
 */
export function figuresOf({ report, durationMs, alertFailed }: Measured): Figure[] {
  const run: Figure[] = [
    ['AuditCompleted', MetricUnit.Count, report?.completeness === 'full' ? 1 : 0],
    ['AlertsFailed', MetricUnit.Count, alertFailed ? 1 : 0],
    ['DurationMs', MetricUnit.Milliseconds, durationMs],
    ['Requests', MetricUnit.Count, report === null ? 0 : requestsOf(report)],
  ];
  if (report === null || report.completeness === 'failed') return run;
  return [
    ...run,
    ['FindingsError', MetricUnit.Count, report.summary.error],
    ['FindingsWarning', MetricUnit.Count, report.summary.warning],
    ['FindingsNote', MetricUnit.Count, report.summary.note],
    ['ForeignBytes', MetricUnit.Bytes, bytesOf(report, 'foreign')],
    ['OrphanedBytes', MetricUnit.Bytes, bytesOf(report, 'orphaned')],
  ];
}

/** Writes the one metrics document of a bucket. Synchronous from first to last line, so buckets audited at a time never mix. */
export function emitFigures(metrics: Metrics, measured: Measured): void {
  metrics.addDimension('bucket', measured.name);
  for (const [name, unit, value] of figuresOf(measured)) metrics.addMetric(name, unit, value);
  metrics.publishStoredMetrics();
}
