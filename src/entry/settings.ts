import { defaultConnection } from '../bucket/connection.ts';
import type { BucketConfig, Config } from '../config/config.ts';
import { ConfigError } from '../config/errors.ts';
import { loadConfig, stateInsideText } from '../config/load.ts';
import { stateInsideWatched } from '../config/place.ts';

/** What the Lambda cannot do without. */
export interface Settings {
  buckets: BucketConfig[];
  alerts: Config['alerts'];
  topicArn: string;
  stateUrl: string;
  storagePrice: Config['storagePrice'];
}

const set = (value: string | undefined): string | null => (value === undefined || value === '' ? null : value);

/**
 * Reads the configuration that `BUCKET_HYGIENE_CONFIG` names. Topic and state place, where it leaves them unset, are those
 * of the stack (`BUCKET_HYGIENE_TOPIC_ARN`, `BUCKET_HYGIENE_STATE_URL`).
 * @param directory what a path is relative to: the bundle's folder, wherever Lambda unpacks it
 * @throws ConfigError naming everything that is missing or wrong.
 */
export async function loadSettings(env: NodeJS.ProcessEnv, directory: string): Promise<Settings> {
  const named = set(env['BUCKET_HYGIENE_CONFIG']);
  if (named === null) {
    throw new ConfigError([
      'BUCKET_HYGIENE_CONFIG is not set: it names the configuration, a path beside the bundle, s3://bucket/key or ssm:/name',
    ]);
  }
  return settingsOf(await loadConfig(named, defaultConnection, directory), env);
}

/** Fills a configuration up from the environment. @throws ConfigError */
export function settingsOf(config: Config, env: NodeJS.ProcessEnv): Settings {
  const topicArn = config.alerts.topicArn ?? set(env['BUCKET_HYGIENE_TOPIC_ARN']);
  const stateUrl = config.stateUrl ?? set(env['BUCKET_HYGIENE_STATE_URL']);
  const wrong: string[] = [];
  if (topicArn === null)
    wrong.push('alerts.topicArn is not set, nor is BUCKET_HYGIENE_TOPIC_ARN: the Lambda needs a topic');
  if (stateUrl === null)
    wrong.push('stateUrl is not set, nor is BUCKET_HYGIENE_STATE_URL: the Lambda needs a place for its state');
  const watched = stateUrl === null ? null : stateInsideWatched(stateUrl, config.buckets);
  if (watched !== null) wrong.push(`stateUrl ${stateInsideText(watched)}`);
  if (topicArn === null || stateUrl === null || wrong.length > 0) throw new ConfigError(wrong);
  return { buckets: config.buckets, alerts: config.alerts, topicArn, stateUrl, storagePrice: config.storagePrice };
}
