/**
 * Characters that a terminal, a mail or a page may obey instead of showing: controls, formats (bidi, zero width, tags),
 * lone surrogates, private use and unassigned ones, line and paragraph separators.
 */
const hostile = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}]/gu;

const named: Record<string, string> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

function escaped(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return named[character] ?? String.raw`\x${code.toString(16).padStart(2, '0')}`;
  return code > 0xffff ? String.raw`\u{${code.toString(16)}}` : String.raw`\u${code.toString(16).padStart(4, '0')}`;
}

/** Makes text that others wrote (keys, names, answers of a store) safe to show: what would be obeyed is spelled out. */
export const displayText = (text: string): string => text.replaceAll(hostile, escaped);

/**
 * One word for a POSIX shell, exact and showable: plain where that is safe, else in single quotes, else, where characters
 * must not be shown, in bash's `$'…'` with their bytes spelled out. A word that looks like an option is quoted with its value.
 */
export function shellQuote(text: string): string {
  if (/^[A-Za-z0-9_./:=@%+][A-Za-z0-9_./:=@%+-]*$/.test(text)) return text;
  if (displayText(text) === text) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const body = text
    .replaceAll('\\', String.raw`\\`)
    .replaceAll("'", String.raw`\'`)
    .replaceAll(hostile, (character) =>
      [...Buffer.from(character, 'utf8')].map((byte) => String.raw`\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `$'${body}'`;
}
