const place = /^hour=(\d\d)\/(?:minute=(\d\d)\/)?/;
const minutesOfDay = 24 * 60;
const two = (number: number): string => String(number).padStart(2, '0');

/**
 * Where to cut what is left of a day's folder in two, and how much of the day is left: data lies in it by hour and minute.
 * @param after the last key that was listed
 * @returns null where the listing is not among hours, or at the last minute
 */
export function halfOfDay(folder: string, after: string): { at: string; left: number } | null {
  if (!after.startsWith(folder)) return null;
  const [, hour, minute = '0'] = place.exec(after.slice(folder.length)) ?? [];
  if (hour === undefined) return null;
  const now = Number(hour) * 60 + Number(minute) + 1;
  const half = Math.ceil((now + minutesOfDay) / 2);
  if (now >= minutesOfDay || half >= minutesOfDay) return null;
  const at = `${folder}hour=${two(Math.floor(half / 60))}/minute=${two(half % 60)}/`;
  return { at, left: (minutesOfDay - now) / minutesOfDay };
}
