import { remedyParts } from '../findings/commands.ts';

/** The width of a mail: what every reader shows without breaking lines of its own. */
export const mailWidth = 78;

/** A space at which no line is broken; no display text holds the character that stands for it. */
const stuck = '\0';

/** Display text in which `wrap` breaks no line, unless it is longer than one. */
export const unbroken = (text: string): string => text.replaceAll(' ', stuck);

/**
 * Breaks display text into lines of at most `mailWidth`, each indented. A word that is longer than a line is cut, because
 * mail programs would cut it anyway.
 */
export function wrap(text: string, indent = ''): string[] {
  const width = mailWidth - indent.length;
  const rows: string[] = [];
  let row: string[] = [];
  let used = 0;
  const end = () => {
    if (row.length > 0) rows.push(indent + row.join(' ').replaceAll(stuck, ' '));
    row = [];
    used = 0;
  };
  const words = text.split(/ +/).filter((word) => word !== '');
  for (const word of words.flatMap((one) => piecesOf(one, width))) {
    const length = Array.from(word).length;
    if (used > 0 && used + 1 + length > width) end();
    used += length + (used > 0 ? 1 : 0);
    row.push(word);
  }
  end();
  return rows;
}

/** Breaks a remedy. Each command in it gets a line of its own and is never broken, so that it can be copied. */
export const wrapRemedy = (remedy: string, indent = ''): string[] =>
  remedyParts(remedy).flatMap(({ command, text }) => (command ? [`${indent}  ${text}`] : wrap(text, indent)));

function piecesOf(word: string, width: number): string[] {
  const characters = Array.from(word);
  if (characters.length <= width) return [word];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += width) pieces.push(characters.slice(at, at + width).join(''));
  return pieces;
}

/** Cuts a text in its middle, where a key says least. */
export function shorten(text: string, width: number, mark = '…'): string {
  const characters = Array.from(text);
  if (characters.length <= width) return text;
  const tail = Math.floor((width - mark.length) / 3);
  const head = width - mark.length - tail;
  return `${characters.slice(0, head).join('')}${mark}${characters.slice(characters.length - tail).join('')}`;
}
