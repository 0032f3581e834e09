import { isBucketName } from './values.ts';

/** The configuration that is taken from the working directory when nothing else is named. */
export const usualFile = 'bucket-hygiene.json';

/** Where something is kept: a bucket's prefix or object, a parameter of SSM, or a path on this machine. */
export type Place =
  { scheme: 's3'; bucket: string; key: string } | { scheme: 'ssm'; name: string } | { scheme: 'file'; path: string };

/** Reads `s3://bucket/key`, `ssm:/name` or a path. Null for an `s3://` or `ssm:` address without its parts, and for other schemes. */
export function placeOf(text: string): Place | null {
  if (text.startsWith('s3://')) {
    const found = /^s3:\/\/([^/]*)(?:\/([^]*))?$/.exec(text);
    const bucket = found?.[1] ?? '';
    return isBucketName(bucket) ? { scheme: 's3', bucket, key: found?.[2] ?? '' } : null;
  }
  if (text.startsWith('ssm:'))
    return text.length > 'ssm:/'.length ? { scheme: 'ssm', name: text.slice('ssm:'.length) } : null;
  // `C:\state` is a path, `https://…` and `s3:bucket` are not.
  if (text === '' || /^[a-z0-9+.-]+:\/\//i.test(text) || /^s3:/i.test(text)) return null;
  return { scheme: 'file', path: text };
}

/** True for what `--state` and `stateUrl` accept: `s3://bucket/prefix/` or a folder. */
export function isStatePlace(text: string): boolean {
  const scheme = placeOf(text)?.scheme;
  return scheme === 's3' || scheme === 'file';
}

/**
 * The watched bucket that a state place lies in, or null. State inside a watched bucket would itself be a foreign prefix,
 * and the monitor writes to no bucket it watches.
 */
export function stateInsideWatched(stateUrl: string, buckets: readonly { name: string }[]): string | null {
  const place = placeOf(stateUrl);
  if (place?.scheme !== 's3') return null;
  return buckets.some(({ name }) => name === place.bucket) ? place.bucket : null;
}
