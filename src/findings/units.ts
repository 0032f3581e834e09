const units = ['bytes', 'KB', 'MB', 'GB', 'TB', 'PB', 'EB'];

/** Bytes in decimal units with at most one digit after the point: `2.4 MB`. */
export function humanBytes(bytes: number): string {
  let value = bytes;
  let unit = 0;
  // 999.95 would be shown as 1000.0.
  while (value >= 999.95 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  if (unit === 0) return `${String(bytes)} ${bytes === 1 ? 'byte' : 'bytes'}`;
  return `${value.toFixed(1).replace(/\.0$/, '')} ${units[unit] ?? ''}`;
}

/** A count with its noun: `1 object`, `1,024 objects`. */
export const humanCount = (count: number, noun: string, plural = `${noun}s`): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? noun : plural}`;

const spans: readonly [number, string][] = [
  [86_400_000, 'day'],
  [3_600_000, 'hour'],
  [60_000, 'minute'],
];

/** How long ago, in the largest unit that fits: `3 days`, `2 hours`; less than a minute, and the future, are `a moment`. */
export function humanAge(then: Date | string, now: Date): string {
  const age = now.getTime() - new Date(then).getTime();
  for (const [span, noun] of spans) {
    if (age >= span) return humanCount(Math.floor(age / span), noun);
  }
  return 'a moment';
}
