type Version = readonly [number, number, number];

/** `X.Y.Z` → its numbers; null for anything else. */
export function parseVersion(text: string): Version | null {
  const [, major, minor, patch] = /^(\d+)\.(\d+)\.(\d+)$/.exec(text) ?? [];
  return patch === undefined ? null : [Number(major), Number(minor), Number(patch)];
}

/**
 * Orders two versions `X.Y.Z` by number: negative when `a` is older than `b`, 0 when they are equal.
 * @throws RangeError for what is no such version: configuration and tables have been checked before.
 */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)];
  if (left === null || right === null) throw new RangeError(`not a version X.Y.Z: ${left === null ? a : b}`);
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}
