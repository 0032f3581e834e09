/** The width of a mail: what every reader shows without breaking lines of its own. */
export const mailWidth = 78;

/** A command between backticks; a backtick in single quotes belongs to a key. */
const command = /`((?:'[^']*'|[^'`])+)`/;

/**
 * Breaks a text into lines of at most `mailWidth`, each indented. A command between backticks gets a line of its own and is
 * never broken, so that it can be copied; a word that is longer than a line is cut, because mail programs would cut it anyway.
 */
export function wrap(text: string, indent = ''): string[] {
  return text.split(command).flatMap((part, index) => {
    if (index % 2 === 1) return [`${indent}  ${part}`];
    // What follows a command begins a line: the comma or full stop between the two is gone with it.
    const prose = index === 0 ? part : part.replace(/^\s*[,.;:]?\s*/, '');
    return fill(prose.trim(), mailWidth - indent.length).map((row) => `${indent}${row}`);
  });
}

function fill(text: string, width: number): string[] {
  const rows: string[] = [];
  let row: string[] = [];
  let used = 0;
  const end = () => {
    if (row.length > 0) rows.push(row.join(' '));
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
