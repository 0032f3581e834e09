const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{16fe0}-\u{18dff}\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

let segmenter: Intl.Segmenter | undefined;
/** Made when the first text is measured: what it rests on takes long to load. */
const segmentsOf = (text: string): Intl.Segments =>
  (segmenter ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' })).segment(text);

/** By what is marked, not by the marks: those are counted neither alone nor with what they stand on. */
function cells(grapheme: string): number {
  const base = grapheme.replace(/\p{M}/gu, '');
  if (base === '') return 0;
  return wide.test(base) ? 2 : 1;
}

/** Columns that a text takes on a terminal: East Asian characters and emoji take two, combining marks none. */
export function widthOf(text: string): number {
  let width = 0;
  for (const { segment } of segmentsOf(text)) width += cells(segment);
  return width;
}

/** Fills up with spaces, on the right or on the left. */
export const padEnd = (text: string, width: number): string => text + ' '.repeat(Math.max(0, width - widthOf(text)));
export const padStart = (text: string, width: number): string => ' '.repeat(Math.max(0, width - widthOf(text))) + text;

/** Cuts the middle out of what is too long: both ends of a key tell more than its middle. */
export function shorten(text: string, width: number): string {
  if (widthOf(text) <= width) return text;
  const all = [...segmentsOf(text)].map(({ segment }) => segment);
  const take = (from: string[], room: number): string[] => {
    const taken: string[] = [];
    let used = 0;
    for (const grapheme of from) {
      used += cells(grapheme);
      if (used > room) break;
      taken.push(grapheme);
    }
    return taken;
  };
  const tail = Math.floor((width - 1) / 2);
  const head = width - 1 - tail;
  return `${take(all, head).join('')}…${take(all.toReversed(), tail).toReversed().join('')}`;
}

/**
 * Breaks a text into lines at spaces. A word longer than a line stays whole: a cut command or key would be a wrong one.
 * Spaces at a break go, all of them: a key full of spaces must not look as if it were indented, as commands are.
 */
export function wrap(text: string, width: number, indent: string): string[] {
  const lines: string[] = [];
  let line: string | null = null;
  for (const word of text.split(' ')) {
    if (line !== null && widthOf(indent) + widthOf(line) + 1 + widthOf(word) > width) {
      lines.push(indent + line.trimEnd());
      line = word === '' ? null : word;
    } else if (line !== null || word !== '') {
      line = line === null ? word : `${line} ${word}`;
    }
  }
  if (line !== null || lines.length === 0) lines.push(indent + (line ?? ''));
  return lines;
}
