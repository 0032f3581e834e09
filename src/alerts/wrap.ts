/** The width of a mail: what every reader shows without breaking lines of its own. */
export const mailWidth = 78;

/** A command stands on a line of its own and is never broken, so that it can be copied. */
const command = /^(?:\w+:\s+)?(?:aws|mc|npx|s3cmd|rclone|mcli|curl|restic) /;

/**
 * Breaks a text into lines of at most `mailWidth`, each indented. Line ends of the text stay; commands stay whole; a word
 * that is longer than a line is cut, because mail programs would cut it anyway.
 */
export function wrap(text: string, indent = ''): string[] {
  return text.split('\n').flatMap((line) => {
    const trimmed = line.trim();
    if (trimmed === '') return [];
    if (command.test(trimmed)) return [`${indent}${trimmed}`];
    return fill(trimmed, mailWidth - indent.length).map((row) => `${indent}${row}`);
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
  for (const word of text.split(/ +/).flatMap((one) => piecesOf(one, width))) {
    const length = [...word].length;
    if (used > 0 && used + 1 + length > width) end();
    row.push(word);
    used += length + (used > 0 ? 1 : 0);
  }
  end();
  return rows;
}

function piecesOf(word: string, width: number): string[] {
  const characters = [...word];
  if (characters.length <= width) return [word];
  const pieces: string[] = [];
  for (let at = 0; at < characters.length; at += width) pieces.push(characters.slice(at, at + width).join(''));
  return pieces;
}

/** Cuts a text in its middle, where a key says least. */
export function shorten(text: string, width: number, mark = '…'): string {
  const characters = [...text];
  if (characters.length <= width) return text;
  const tail = Math.floor((width - mark.length) / 3);
  const head = width - mark.length - tail;
  return `${characters.slice(0, head).join('')}${mark}${characters.slice(characters.length - tail).join('')}`;
}
