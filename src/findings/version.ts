/** The newest release of Parseable that the consequences were read from; assumed where no version is configured. */
export const newestRelease = '2.9.5';

const parts = (version: string): number[] => version.split('.').map(Number);

/** Orders two versions `X.Y.Z`: negative when `a` is older. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < 3; i++) {
    const difference = (left[i] ?? 0) - (right[i] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
