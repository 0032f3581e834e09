import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { s3ClientConfig } from '../bucket/client.ts';
import type { Connection } from '../bucket/connection.ts';
import { failureOf } from '../bucket/failure.ts';
import { listPrice } from '../findings/costs.ts';
import { displayText } from '../findings/display.ts';
import type { Config } from './config.ts';
import { ConfigError } from './errors.ts';
import { readJson } from './json.ts';
import { placeOf, stateInsideWatched, usualFile, type Place } from './place.ts';
import { readConfig } from './schema.ts';

/** A configuration is some kilobytes; whatever is larger is another file. */
const largest = 4 * 1024 * 1024;

/** What holds when there is no configuration: no bucket, the defaults of the alerts. */
export const noConfig = (): Config => ({
  buckets: [],
  alerts: { topicArn: null, minSeverity: 'warning', remindAfterHours: 168 },
  stateUrl: null,
  storagePrice: listPrice,
});

/**
 * Loads a configuration.
 *
 * @param source a path, `s3://bucket/key` or `ssm:/name`; null takes `bucket-hygiene.json` if it is there, else the defaults.
 * @param connection how the object or parameter is reached.
 * @param directory what a path is relative to: the working directory for a person, the bundle for the Lambda.
 * @throws ConfigError with every problem of the file, or why it cannot be read.
 */
export async function loadConfig(
  source: string | null,
  connection: Connection,
  directory: string = process.cwd(),
): Promise<Config> {
  const named = source ?? usualFile;
  const place = placeOf(named);
  if (place === null || (place.scheme === 's3' && place.key === '')) {
    throw new ConfigError([
      `${displayText(named)} names no configuration`,
      '  expected a path, s3://BUCKET/KEY or ssm:/NAME',
    ]);
  }
  const text = await read(place, named, connection, directory);
  if (text === null) {
    if (source === null) return noConfig();
    throw new ConfigError([`the configuration ${displayText(named)} does not exist`]);
  }
  return parseConfig(text, named);
}

/**
 * Reads the text of a configuration.
 * @param name how the errors call the file.
 * @throws ConfigError
 */
export function parseConfig(text: string, name: string): Config {
  const where = `  in ${displayText(name)}`;
  const json = readJson(text);
  if (!('value' in json)) {
    const { line, column, problem } = json;
    throw new ConfigError([
      `${displayText(name)}:${String(line)}:${String(column)} is not JSON: ${displayText(problem)}`,
    ]);
  }
  const reading = readConfig(json.value);
  if ('problems' in reading) throw new ConfigError([...reading.problems, where]);
  const { config } = reading;
  const inside = config.stateUrl === null ? null : stateInsideWatched(config.stateUrl, config.buckets);
  if (inside !== null) throw new ConfigError([`stateUrl ${stateInsideText(inside)}`, where]);
  return config;
}

/** The predicate of the sentence that refuses a state place. */
export const stateInsideText = (bucket: string): string =>
  `lies in ${bucket}, which is watched: the monitor never writes there, keep its state in a bucket of its own`;

/** The text at a place, or null when nothing is there. */
async function read(place: Place, named: string, connection: Connection, directory: string): Promise<string | null> {
  try {
    switch (place.scheme) {
      case 'file':
        return await readFile(resolve(directory, place.path), 'utf8');
      case 's3':
        return await readObject(place.bucket, place.key, connection);
      case 'ssm':
        // Loaded only here: few configurations are a parameter, and its client takes time to load.
        return await (await import('./parameter.ts')).readParameter(place.name, connection);
    }
  } catch (error) {
    const { operation, code, message, status } = failureOf(operations[place.scheme], error);
    if (code === 'ENOENT' || code === 'ParameterNotFound' || (code === 'NoSuchKey' && status === 404)) return null;
    const why = place.scheme === 'file' ? code : `${operation} answered ${code}`;
    const detail = place.scheme === 'file' || message === '' ? [] : [`  ${displayText(message)}`];
    throw new ConfigError([`the configuration ${displayText(named)} cannot be read: ${why}`, ...detail]);
  }
}

const operations = { file: 'readFile', s3: 'GetObject', ssm: 'GetParameter' } as const;

async function readObject(bucket: string, key: string, connection: Connection): Promise<string> {
  const client = new S3Client(s3ClientConfig(connection));
  try {
    const output = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if ((output.ContentLength ?? 0) > largest) throw new Error(`it is larger than ${String(largest)} bytes`);
    return (await output.Body?.transformToString()) ?? '';
  } finally {
    client.destroy();
  }
}
