import type { Connection } from '../bucket/connection.ts';
import { bucketDefaults, type BucketConfig, type Config } from '../config/config.ts';
import type { AuditOptions } from './options.ts';

/** A bucket to audit by hand, and how it and its state are reached. */
export interface Target {
  bucket: BucketConfig;
  connection: Connection;
  /** The same credentials and endpoint, but neither the role nor the owner: those belong to the watched bucket alone. */
  stateConnection: Connection;
}

/** How the configuration itself is reached: by the command line's options alone. */
export const connectionOfOptions = ({ endpoint, region, profile, pathStyle }: AuditOptions): Connection => ({
  endpoint,
  region,
  profile,
  pathStyle,
  roleArn: null,
  expectedOwner: null,
});

/** What is audited, and how: a bucket's section of the configuration, or the defaults; the command line's options come first. */
export function targetOf(name: string, config: Config, options: AuditOptions): Target {
  const section = config.buckets.find((one) => one.name === name) ?? bucketDefaults(name);
  const bucket: BucketConfig = {
    ...section,
    region: options.region ?? section.region,
    endpoint: options.endpoint ?? section.endpoint,
    serverVersion: options.serverVersion ?? section.serverVersion,
  };
  const stateConnection = { ...connectionOfOptions(options), endpoint: bucket.endpoint, region: bucket.region };
  return {
    bucket,
    connection: { ...stateConnection, roleArn: bucket.roleArn, expectedOwner: bucket.expectedOwner },
    stateConnection,
  };
}
