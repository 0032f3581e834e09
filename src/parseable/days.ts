/** Milliseconds of a day; days in keys are days of UTC. */
const dayMs = 86_400_000;

/** True for a day of the calendar, `YYYY-MM-DD`. */
function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

/** The day (`YYYY-MM-DD`) of a day folder's name, `date=2026-11-24/`; null for any other name, and for a day that does not exist. */
export function dayOfFolder(name: string): string | null {
  const [, day = ''] = /^date=(\d{4}-\d{2}-\d{2})\/$/.exec(name) ?? [];
  return isDay(day) ? day : null;
}

/**
 * The day for which retention takes a folder: it parses the characters 5–9, 10–12 and 13–15 of the name and looks at nothing
 * else (storage/retention.rs, 0.3.0 to 2.9.5). Null where that fails, and retention with it.
 */
export function dayThatRetentionReads(name: string): string | null {
  const day = `${name.slice(5, 9)}-${name.slice(10, 12)}-${name.slice(13, 15)}`;
  return isDay(day) ? day : null;
}

/** The day of a manifest by its key below the stream: servers go by the end of its name, directly in a day's folder. */
export function dayOfManifest(relative: string): string | null {
  const slash = relative.indexOf('/');
  if (!relative.endsWith('manifest.json') || relative.includes('/', slash + 1)) return null;
  return dayOfFolder(relative.slice(0, slash + 1));
}

/** The day of a moment, UTC. */
export const dayOf = (at: Date): string => at.toISOString().slice(0, 10);

/** The day so many days later, or earlier. */
export const addDays = (day: string, days: number): string => dayOf(new Date(Date.parse(day) + days * dayMs));

/** Days as ranges, `2026-11-01` or `2026-11-01..2026-11-24`: a year of a stream is one line. */
export function packDays(days: readonly string[]): string[] {
  const ranges: [string, string][] = [];
  for (const day of [...new Set(days)].sort()) {
    const last = ranges.at(-1);
    if (last !== undefined && addDays(last[1], 1) === day) last[1] = day;
    else ranges.push([day, day]);
  }
  return ranges.map(([from, to]) => (from === to ? from : `${from}..${to}`));
}

/** The days of ranges, ascending. */
export function unpackDays(ranges: readonly string[]): string[] {
  return ranges.flatMap((range) => {
    const [from = '', to = from] = range.split('..');
    const days: string[] = [];
    for (let day = from; day <= to; day = addDays(day, 1)) days.push(day);
    return days;
  });
}
