import { displayText } from '../findings/display.ts';

const longest = 60;

/** A value as an error names it: on one line, cut when long, without characters that a terminal would obey. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list';
  if (typeof value === 'object' && value !== null) return 'an object';
  const text = typeof value === 'string' ? `"${value}"` : String(value);
  return displayText(text.length > longest ? `${text.slice(0, longest)}…` : text);
}
