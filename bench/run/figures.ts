/** What a figure should come to, told in words and judged by the middle of its rounds. */
export interface Goal {
  text: string;
  holds: (median: number) => boolean;
}

/** One figure, measured once a round. */
export interface Figure {
  /** What was measured; names the program where there are several. */
  what: string;
  unit: string;
  rounds: readonly number[];
  goal?: Goal;
  /** What one must know to read it right: another size, a share of the server. */
  note?: string;
}

/** The figures of one case. */
export interface Result {
  title: string;
  figures: Figure[];
}

export const atMost = (limit: number, unit = ''): Goal => ({
  text: `≤ ${short(limit)}${unit}`,
  holds: (median) => median <= limit,
});

export const atLeast = (limit: number, unit = ''): Goal => ({
  text: `≥ ${short(limit)}${unit}`,
  holds: (median) => median >= limit,
});

/** The middle of some numbers, the lower one of two. */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? Number.NaN;
}

/** A number as it is read: three digits that count, thousands apart. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return '–';
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toLocaleString('en', { minimumFractionDigits: 0, maximumFractionDigits: digits });
}

/** `min / median / max`, or the one number that there is. */
export function spread(rounds: readonly number[]): string {
  if (rounds.length === 0) return '';
  if (rounds.length === 1) return short(rounds[0] ?? Number.NaN);
  return [Math.min(...rounds), median(rounds), Math.max(...rounds)].map(short).join(' / ');
}

export const verdictOf = ({ goal, rounds }: Figure): 'met' | 'missed' | null =>
  goal === undefined || rounds.length === 0 ? null : goal.holds(median(rounds)) ? 'met' : 'missed';
