import { silenceHours } from './schedule.ts';

/** CloudFormation's logical ids are letters and digits; bucket names are lower case, so that no two fall together. */
const logicalId = (bucket: string) =>
  `Silence${bucket.charAt(0).toUpperCase()}${bucket.slice(1).replaceAll('-', 'Dash').replaceAll('.', 'Dot')}`;

/**
 * One alarm for each watched bucket: no full audit in the time in which the schedule should have brought one. No data
 * is the very thing it listens for. It counts hours, not one long period, because CloudWatch aligns long periods to
 * midnight, which would stretch the time before anybody hears.
 */
export function silenceAlarms(buckets: readonly string[], schedule: string): Record<string, unknown> {
  const hours = silenceHours(schedule);
  return Object.fromEntries(
    buckets.map((bucket) => [
      logicalId(bucket),
      {
        Type: 'AWS::CloudWatch::Alarm',
        Properties: {
          AlarmDescription: `bucket-hygiene has not fully audited ${bucket} for ${String(hours)} hours: nobody is watching it. See docs/deploy.md, "Silence".`,
          Namespace: 'BucketHygiene',
          MetricName: 'AuditCompleted',
          Dimensions: [
            { Name: 'service', Value: 'bucket-hygiene' },
            { Name: 'bucket', Value: bucket },
          ],
          Statistic: 'Sum',
          Period: 3600,
          EvaluationPeriods: hours,
          DatapointsToAlarm: hours,
          ComparisonOperator: 'LessThanThreshold',
          Threshold: 1,
          TreatMissingData: 'breaching',
          AlarmActions: [{ Ref: 'AlarmTopic' }],
          OKActions: [{ Ref: 'AlarmTopic' }],
        },
      },
    ]),
  );
}
