import { didYouMean } from '../config/nearest.ts';
import { formatNames, isFormat, type FormatName } from '../report/formats.ts';

/** What one invocation is asked to do, defaults filled in. */
export interface RunRequest {
  /** Names as asked for, each once; null means every configured bucket. */
  buckets: string[] | null;
  /** Look into streams, or not; null means as each bucket is configured. */
  deep: boolean | null;
  /** False publishes nothing and leaves the news for the next run. */
  notify: boolean;
  /** The format of the report that the answer names; JSON is stored in any case. */
  format: FormatName;
}

/** An invocation that cannot be understood; its message names the path and what was expected. */
export class EventError extends Error {
  override name = 'EventError';
}

const keys = ['buckets', 'deep', 'notify', 'format'] as const;

const schedule: RunRequest = { buckets: null, deep: null, notify: true, format: 'json' };

/**
 * Reads the event of an invocation. Whatever carries none of the four keys is a schedule's: all buckets, as configured, notify.
 * @throws EventError naming the path of what is unknown, of a wrong type, or not built yet.
 */
export function readEvent(event: unknown): RunRequest {
  if (typeof event !== 'object' || event === null || !keys.some((key) => Object.hasOwn(event, key))) return schedule;
  const given = event as Record<string, unknown>;
  const unknown = Object.keys(given).find((key) => !(keys as readonly string[]).includes(key));
  if (unknown !== undefined) {
    throw new EventError(
      `event: ${JSON.stringify(unknown)} is not one of its keys, ${keys.join(', ')}${didYouMean(unknown, keys)}`,
    );
  }
  return {
    buckets: readBuckets(given),
    deep: readFlag(given, 'deep', null),
    notify: readFlag(given, 'notify', true),
    format: readFormat(given),
  };
}

const describe = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'a list'
      : typeof value === 'object'
        ? 'an object'
        : JSON.stringify(value);

function readFlag<T>(event: Record<string, unknown>, key: 'deep' | 'notify', otherwise: T): boolean | T {
  if (!Object.hasOwn(event, key)) return otherwise;
  const value = event[key];
  if (typeof value !== 'boolean') throw new EventError(`event: ${key} must be true or false, not ${describe(value)}`);
  return value;
}

function readBuckets(event: Record<string, unknown>): string[] | null {
  if (!Object.hasOwn(event, 'buckets')) return null;
  const value = event['buckets'];
  if (!Array.isArray(value))
    throw new EventError(`event: buckets must be a list of bucket names, not ${describe(value)}`);
  if (value.length === 0) throw new EventError('event: buckets names none; leave it out for all configured buckets');
  const names = value.map((name: unknown, index) => {
    if (typeof name === 'string' && name !== '') return name;
    throw new EventError(`event: buckets[${String(index)}] must be a bucket's name, not ${describe(name)}`);
  });
  return [...new Set(names)];
}

function readFormat(event: Record<string, unknown>): FormatName {
  if (!Object.hasOwn(event, 'format')) return 'json';
  const value = event['format'];
  if (typeof value === 'string' && isFormat(value)) return value;
  const expected = new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(formatNames);
  const meant = typeof value === 'string' ? didYouMean(value, formatNames) : '';
  throw new EventError(`event: format must be ${expected}, not ${describe(value)}${meant}`);
}

/**
 * The configured buckets that a request means, in the order it names them, or in the configuration's.
 * @throws EventError when a name is not configured: nothing is audited then.
 */
export function chooseBuckets<T extends { name: string }>(configured: readonly T[], wanted: string[] | null): T[] {
  if (wanted === null) return [...configured];
  return wanted.map((name, index) => {
    const bucket = configured.find((candidate) => candidate.name === name);
    if (bucket !== undefined) return bucket;
    const known = configured.map((candidate) => candidate.name).join(', ');
    throw new EventError(
      `event: buckets[${String(index)}], ${JSON.stringify(name)}, is not configured (configured: ${known})`,
    );
  });
}
