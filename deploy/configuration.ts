import { readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import type { Config } from '../src/config/config.ts';
import { ConfigError } from '../src/config/errors.ts';
import { parseConfig } from '../src/config/load.ts';
import { placeOf, type Place } from '../src/config/place.ts';

/** The file that names the watched buckets, unless the parameter `config` names another. */
export const usualConfiguration = 'deploy/bucket-hygiene.json';

/** The bucket of that file as it is shipped: it has to be replaced before anything is deployed. */
export const exampleBucket = 'example-parseable-bucket';

/** How the packaged configuration is called, beside the bundle. */
export const packagedName = 'bucket-hygiene.json';

/** What is deployed: whom the role, the alarms and the packaged file are made for. */
export interface Deployed {
  config: Config;
  /** The local file that names the buckets. */
  file: string;
  /** Its text, packaged as it stands; null when the Lambda reads its configuration elsewhere. */
  packaged: string | null;
  /** What BUCKET_HYGIENE_CONFIG is set to. */
  source: string;
  /** Where the Lambda reads its configuration, if not from the package. */
  remote: Exclude<Place, { scheme: 'file' }> | null;
}

/**
 * Reads the configuration to deploy, as strictly as the Lambda will.
 * A configuration at `s3://` or `ssm:` is not asked for, packaging needs no network: role and alarms are then made
 * for the buckets of the usual file.
 * @param named the parameter `config`: a path relative to `serviceDir`, `s3://bucket/key` or `ssm:/name`
 * @throws ConfigError with every problem of the file
 */
export function readDeployed(named: string, serviceDir: string): Deployed {
  const place = placeOf(named);
  if (place === null || (place.scheme === 's3' && place.key === '')) {
    throw new ConfigError([`${named} names no configuration`, '  expected a path, s3://BUCKET/KEY or ssm:/NAME']);
  }
  const remote = place.scheme === 'file' ? null : place;
  const file = resolve(serviceDir, remote === null ? named : usualConfiguration);
  const text = readText(file);
  return {
    config: parseConfig(text, relative(serviceDir, file)),
    file,
    packaged: remote === null ? text : null,
    source: remote === null ? packagedName : named,
    remote,
  };
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new ConfigError([
      `the configuration ${file} cannot be read (${(error as NodeJS.ErrnoException).code ?? ''})`,
    ]);
  }
}
