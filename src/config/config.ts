import type { StoragePrice } from '../findings/costs.ts';
import type { Kind, Severity } from '../findings/kinds.ts';

/** A row, or a first-level folder or object inside a stream, that its owner vouches for. */
export interface AllowEntry {
  /** Ends in `/` for a prefix; without it, that one object. */
  prefix: string;
  reason: string | null;
  owner: string | null;
  /** Last day of validity, `YYYY-MM-DD`, UTC; null means for ever. */
  expires: string | null;
}

/** One watched bucket, defaults filled in. */
export interface BucketConfig {
  name: string;
  environment: string | null;
  region: string | null;
  endpoint: string | null;
  roleArn: string | null;
  expectedOwner: string | null;
  /** `X.Y.Z`, without `v`. */
  serverVersion: string | null;
  /** True: judged as the multi-tenant server sees it, also before its first tenant exists. */
  multiTenant: boolean | null;
  deep: boolean;
  allow: AllowEntry[];
  ignoreKinds: Kind[];
}

/** The whole configuration, defaults filled in. */
export interface Config {
  buckets: BucketConfig[];
  alerts: { topicArn: string | null; minSeverity: Severity; remindAfterHours: number };
  stateUrl: string | null;
  /** What storage costs where these buckets lie. */
  storagePrice: StoragePrice;
}

/** The settings of a bucket that no configuration names. */
export const bucketDefaults = (name: string): BucketConfig => ({
  name,
  environment: null,
  region: null,
  endpoint: null,
  roleArn: null,
  expectedOwner: null,
  serverVersion: null,
  multiTenant: null,
  deep: false,
  allow: [],
  ignoreKinds: [],
});
