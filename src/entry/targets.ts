import type { Connection } from '../bucket/connection.ts';
import { bucketDefaults, type BucketConfig, type Config } from '../config/config.ts';
import { loadConfig } from '../config/load.ts';
import type { ConnectionOptions, ReportOptions } from './options.ts';

/** A bucket to audit by hand, and how it and its state are reached. */
export interface Target {
  bucket: BucketConfig;
  connection: Connection;
  /** The same credentials and endpoint, but neither the role nor the owner: those belong to the watched bucket alone. */
  stateConnection: Connection;
}

/** How the configuration itself is reached: by the command line's options alone. */
export const connectionOfOptions = ({ endpoint, region, profile, pathStyle }: ConnectionOptions): Connection => ({
  endpoint,
  region,
  profile,
  pathStyle,
  roleArn: null,
  expectedOwner: null,
});

/** The configuration that `--config` or BUCKET_HYGIENE_CONFIG names, or what holds without one. @throws ConfigError */
export function configOf(options: ReportOptions, env: NodeJS.ProcessEnv): Promise<Config> {
  const inEnvironment = env['BUCKET_HYGIENE_CONFIG'] === '' ? undefined : env['BUCKET_HYGIENE_CONFIG'];
  return loadConfig(options.config ?? inEnvironment ?? null, connectionOfOptions(options));
}

/** What is audited, and how: a bucket's section of the configuration, or the defaults; the command line's options come first. */
export function targetOf(name: string, config: Config, options: ReportOptions): Target {
  const section = config.buckets.find((one) => one.name === name) ?? bucketDefaults(name);
  return reached(
    {
      ...section,
      region: options.region ?? section.region,
      endpoint: options.endpoint ?? section.endpoint,
      serverVersion: options.serverVersion ?? section.serverVersion,
    },
    options,
  );
}

/**
 * A configured bucket beside those that were named: reached as its own section says, since the options were meant for the
 * others, and by the options where its section is silent.
 */
export const neighbourOf = (section: BucketConfig, options: ReportOptions): Target =>
  reached(
    { ...section, region: section.region ?? options.region, endpoint: section.endpoint ?? options.endpoint },
    options,
  );

function reached(bucket: BucketConfig, options: ReportOptions): Target {
  const stateConnection = { ...connectionOfOptions(options), endpoint: bucket.endpoint, region: bucket.region };
  return {
    bucket,
    connection: { ...stateConnection, roleArn: bucket.roleArn, expectedOwner: bucket.expectedOwner },
    stateConnection,
  };
}
