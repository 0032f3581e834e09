import type { Failure } from './failure.ts';
import type { Listed } from './page.ts';

/**
 * Tells a body that was cut on the way, however whole it arrived, from one that is damaged: it is of another length than its
 * listing told for the very same version. An answer that names no version may be an error under status 200.
 */
export function cutShort(
  { etag, length }: { etag: string; length: number },
  listed: Pick<Listed, 'etag' | 'size'> | undefined,
): Failure | null {
  if (listed === undefined || length === listed.size || (etag !== listed.etag && etag !== '')) return null;
  const message = `${String(length)} of ${String(listed.size)} bytes arrived`;
  return { operation: 'GetObject', code: 'CutAnswer', status: 200, message };
}
