import type { GetBucketLifecycleConfigurationCommandOutput, LifecycleRule as SdkRule } from '@aws-sdk/client-s3';

/** When a rule acts: so many days after an object was written, or on a date, on everything that is there then. */
export type When = { days: number } | { date: string };

/** What a rule does to current versions of objects. */
export type RuleAction = { what: 'expire'; when: When } | { what: 'move'; to: string; when: When };

/** A rule of a bucket's lifecycle. */
export interface LifecycleRule {
  id: string | null;
  enabled: boolean;
  /** Empty for the whole bucket. */
  prefix: string;
  /** It reaches only objects with certain tags. */
  tagged: boolean;
  /** It reaches objects larger, and smaller, than so many bytes. */
  largerThan: number | null;
  smallerThan: number | null;
  actions: RuleAction[];
  /** It removes older versions, so that what was deleted does not stay for ever. */
  removesOldVersions: boolean;
  /** It removes the parts of unfinished uploads. */
  abortsUploads: boolean;
}

function whenOf(days: number | undefined, date: Date | undefined): When | null {
  if (days !== undefined) return { days };
  return date === undefined ? null : { date: date.toISOString().slice(0, 10) };
}

function actionsOf({ Expiration, Transitions }: SdkRule): RuleAction[] {
  const expiry = whenOf(Expiration?.Days, Expiration?.Date);
  return [
    ...(expiry === null ? [] : [{ what: 'expire' as const, when: expiry }]),
    ...(Transitions ?? []).flatMap(({ Days, Date: date, StorageClass }) => {
      const when = whenOf(Days, date);
      return when === null || StorageClass === undefined ? [] : [{ what: 'move' as const, to: StorageClass, when }];
    }),
  ];
}

/** Reads rules as S3 reads them: the prefix of a filter, of an `And`, or of the old form beside it. */
function ruleOf(rule: SdkRule): LifecycleRule {
  const { Filter, ID, Status } = rule;
  const and = Filter?.And;
  // The old form stands beside the filter; nobody else can tell of it any more.
  const oldForm = (rule as { Prefix?: string }).Prefix;
  return {
    id: ID === undefined || ID === '' ? null : ID,
    enabled: Status === 'Enabled',
    prefix: Filter?.Prefix ?? and?.Prefix ?? oldForm ?? '',
    tagged: Filter?.Tag !== undefined || (and?.Tags ?? []).length > 0,
    largerThan: Filter?.ObjectSizeGreaterThan ?? and?.ObjectSizeGreaterThan ?? null,
    smallerThan: Filter?.ObjectSizeLessThan ?? and?.ObjectSizeLessThan ?? null,
    actions: actionsOf(rule),
    removesOldVersions: rule.NoncurrentVersionExpiration?.NoncurrentDays !== undefined,
    abortsUploads: rule.AbortIncompleteMultipartUpload?.DaysAfterInitiation !== undefined,
  };
}

/** The rules of an answer; null when it has none at all, which no store says of a lifecycle that exists. */
export function rulesOf({
  Rules,
}: Pick<GetBucketLifecycleConfigurationCommandOutput, 'Rules'>): LifecycleRule[] | null {
  return Rules === undefined || Rules.length === 0 ? null : Rules.map(ruleOf);
}
