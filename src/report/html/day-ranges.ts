const dayMs = 86_400_000;

/** A day as a number, counted from 1970; the day of a moment is the one of UTC. */
export const dayNumber = (text: string): number => Math.floor(Date.parse(text.slice(0, 10)) / dayMs);

export const dayText = (day: number): string => new Date(day * dayMs).toISOString().slice(0, 10);

/** Days from one to another, both included. */
export interface Range {
  from: number;
  to: number;
}

export const lengthOf = ({ from, to }: Range): number => to - from + 1;

/** `2026-11-20` and `2026-11-01..2026-11-18` → numbers; what is no range of days is left out. */
export function parseRanges(ranges: readonly string[]): Range[] {
  return ranges.flatMap((range) => {
    const [first = '', last = first] = range.split('..');
    const [from, to] = [dayNumber(first), dayNumber(last)];
    return from <= to ? [{ from, to }] : [];
  });
}

/** `2026-11-01 to 2026-11-18`. */
export const rangeText = ({ from, to }: Range): string =>
  from === to ? dayText(from) : `${dayText(from)} to ${dayText(to)}`;

/** The part of a range within another; null where they do not meet. */
export function within({ from, to }: Range, bounds: Range): Range | null {
  const part = { from: Math.max(from, bounds.from), to: Math.min(to, bounds.to) };
  return part.from <= part.to ? part : null;
}

/** What lies between ascending ranges. */
export function gapsOf(ranges: readonly Range[]): Range[] {
  return ranges.slice(1).flatMap(({ from }, at) => {
    const before = ranges[at]?.to ?? from;
    return from - before > 1 ? [{ from: before + 1, to: from - 1 }] : [];
  });
}
