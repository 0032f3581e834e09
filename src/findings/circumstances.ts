import type { Evidence } from './report.ts';

/** All that the words of a finding depend on. Texts are as they stand in the bucket; they are made safe here. */
export interface Circumstances {
  bucket: string;
  endpoint: string | null;
  subject: string;
  serverVersion: string | null;
  multiTenant: boolean;
  /** Its name begins with a dot. */
  hidden: boolean;
  /** It lies inside a tenant, not at the root. */
  inTenant?: boolean;
  evidence: Evidence;
  now: Date;
  /** `key`, `reason`, `version`, …, as the check found them. */
  details?: Record<string, string>;
}
