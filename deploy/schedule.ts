/** CloudWatch looks back at most seven days when it counts in hours. */
const longestSilence = 168;

/** Hours beyond the expected gap before silence is told: a late start, a repetition, the audit itself. */
const slack = 2;

const unitHours: Record<string, number> = { minute: 1 / 60, hour: 1, day: 24 };

const weekdays = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

/** The values that a cron field of EventBridge names, or null for what is not understood here (`L`, `W`, `#`). */
function fieldValues(field: string, from: number, to: number, names: readonly string[] = []): number[] | null {
  const number = (text: string): number => {
    const named = names.indexOf(text.toUpperCase());
    return named >= 0 ? named + from : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const values = field.split(',').flatMap((part) => {
    const [range = '', step] = part.split('/');
    const [first = '', last] = range === '*' || range === '?' ? [String(from), String(to)] : range.split('-');
    const low = number(first);
    const high = last !== undefined ? number(last) : step === undefined ? low : to;
    const stride = step === undefined ? 1 : number(step);
    if (!(low >= from && high <= to && low <= high && stride >= 1)) return [NaN];
    return Array.from({ length: Math.floor((high - low) / stride) + 1 }, (_, index) => low + index * stride);
  });
  return values.some((value) => Number.isNaN(value)) ? null : [...new Set(values)].sort((a, b) => a - b);
}

/** The longest gap between two runs, in hours, or null when it cannot be told. */
function longestGap(schedule: string): number | null {
  const rate = /^rate\(\s*(\d+)\s+(minute|hour|day)s?\s*\)$/.exec(schedule);
  if (rate !== null) return Number(rate[1]) * (unitHours[rate[2] ?? ''] ?? NaN);
  const cron = /^cron\(\s*(.*?)\s*\)$/.exec(schedule);
  if (cron === null) return null;
  const fields = (cron[1] ?? '').split(/\s+/);
  const [, hour = '', day = '', month = '', weekday = '', year = ''] = fields;
  if (fields.length !== 6 || month !== '*' || year !== '*' || (day !== '*' && day !== '?')) return null;
  const hours = fieldValues(hour, 0, 23);
  const days = fieldValues(weekday, 1, 7, weekdays);
  if (hours === null || days === null) return null;
  const starts = days.flatMap((weekdayNumber) => hours.map((at) => (weekdayNumber - 1) * 24 + at));
  const gaps = starts.map((start, index) => (starts[index + 1] ?? (starts[0] ?? 0) + 168) - start);
  return Math.max(...gaps);
}

/**
 * After how many hours without a full audit somebody has to be told, for a schedule of EventBridge Scheduler.
 * @throws Error when the schedule's gaps cannot be told, or are longer than CloudWatch can look back
 */
export function silenceHours(schedule: string): number {
  const gap = longestGap(schedule);
  if (gap === null) {
    throw new Error(
      `schedule ${schedule}: how often this runs cannot be told; expected rate(N hours), rate(N days), or cron(…) by hours and weekdays, such as cron(0 6 * * ? *)`,
    );
  }
  const hours = Math.ceil(gap) + slack;
  if (hours > longestSilence) {
    throw new Error(
      `schedule ${schedule}: ${String(gap)} hours without a run cannot be watched, CloudWatch looks back 7 days; let it run every 6 days or more often`,
    );
  }
  return hours;
}
