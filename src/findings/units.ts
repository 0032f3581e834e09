/** A number as one reads it: `1,234,567`. */
export const humanNumber = (count: number): string => String(count).replaceAll(/\B(?=(\d{3})+$)/g, ',');

/** A number with its noun: `1 object`, `1,234 objects`; `many` for nouns that take no plain s. */
export const humanCount = (count: number, one: string, many = `${one}s`): string =>
  `${humanNumber(count)} ${count === 1 ? one : many}`;

const scale = ['kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Bytes in powers of 1000, as object stores bill them: `512 B`, `2.4 MB`, `153 GB`. */
export function humanBytes(bytes: number): string {
  if (bytes < 1_000) return `${String(bytes)} B`;
  let value = bytes;
  let unit = -1;
  do {
    value /= 1_000;
    unit++;
    // 999.96 kB would read 1000.0 kB: it is 1.0 MB.
  } while (value >= 999.5 && unit < scale.length - 1);
  // 99.96 rounds to 100, which needs no decimal.
  return `${value >= 99.95 ? humanNumber(Math.round(value)) : value.toFixed(1)} ${scale[unit] ?? ''}`;
}

const second = 1_000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/**
 * How long ago something was, in the largest unit that still says something: `seconds`, `40 minutes`, `2 hours`, `3 days`,
 * `5 months`, `2 years`. What lies in the future (a clock that is off) is `seconds` old.
 */
export function humanAge(from: Date | string, now: Date): string {
  const age = now.getTime() - new Date(from).getTime();
  if (Number.isNaN(age)) return 'an unknown time';
  if (age < minute) return 'seconds';
  if (age < hour) return humanCount(Math.floor(age / minute), 'minute');
  if (age < 2 * day) return humanCount(Math.floor(age / hour), 'hour');
  if (age < 60 * day) return humanCount(Math.floor(age / day), 'day');
  if (age < 730 * day) return humanCount(Math.floor(age / (30.44 * day)), 'month');
  return humanCount(Math.floor(age / (365.25 * day)), 'year');
}
