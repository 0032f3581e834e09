const text = String.raw`"[^"\\\x00-\x1f]*"`;
const whole = String.raw`-?(?:0|[1-9]\d*)`;
const value = String.raw`(?:${text}|${whole}(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false)`;
const stats = String.raw`(?:null|\{"[A-Za-z]+":\{"min":${value},"max":${value}\}\})`;
const column = String.raw`\{"name":${text},"stats":${stats},"uncompressed_size":${whole},"compressed_size":${whole}\}`;

/** Columns of a file as servers write them (catalog/column.rs), one after the other, in text of which each character is a byte. */
const columns = new RegExp(`${column}(?:,${column})*`, 'y');

/** How deep columns are nested in themselves. */
export const depthOfColumn = 3;

/**
 * Passes over whole columns at once: they are nearly all of a manifest. What it takes is valid JSON; what looks different is
 * for somebody else.
 * @returns the place after the last of them; the same place when there is none
 */
export function passColumns(bytes: string, at: number): number {
  columns.lastIndex = at;
  return columns.test(bytes) ? columns.lastIndex : at;
}
