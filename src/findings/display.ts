/**
 * Characters that a terminal, a mail or an editor would obey or hide instead of showing: C0 and C1 controls, DEL, bidi
 * controls and other format characters, line and paragraph separators, zero-width and other ignorable characters, lone
 * surrogates, and code points that are no characters, for which XML and mail have no place. Keys are untrusted text and
 * may hold any of them.
 */
const unshowable = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}]/gu;

const named: Record<string, string> = { '\n': String.raw`\n`, '\r': String.raw`\r`, '\t': String.raw`\t` };

const hex = (code: number, digits: number): string => code.toString(16).padStart(digits, '0');

function visible(character: string): string {
  const name = named[character];
  if (name !== undefined) return name;
  const code = character.codePointAt(0) ?? 0;
  if (code <= 0xff) return `\\x${hex(code, 2)}`;
  return code <= 0xffff ? `\\u${hex(code, 4)}` : `\\u{${hex(code, 5)}}`;
}

/** Text that may hold anything → one line in which every character is seen: `\n`, `\x1b`, `\u202e`. All else stands as it is. */
export const displayText = (text: string): string => text.replace(unshowable, visible);

/** The same characters as `\u` escapes of JSON, for text that already is JSON: its meaning stays, a terminal may show it. */
export const displayJson = (json: string): string =>
  json.replace(unshowable, (character) =>
    // Between the values of indented JSON a line feed is layout; inside of strings JSON has escaped it.
    character === '\n' ? character : [...unitsOf(character)].map((unit) => `\\u${hex(unit, 4)}`).join(''),
  );

function* unitsOf(text: string): Generator<number> {
  for (let index = 0; index < text.length; index++) yield text.charCodeAt(index);
}

const plainWord = /^[A-Za-z0-9_./:@%+][A-Za-z0-9_./:=@%+-]*$/;

/** What may stand as it is between the quotes of a `printf`: no shell, not even one that reads the quotes otherwise, obeys it. */
const inert = /[^A-Za-z0-9 _./:=@+,%~\u0080-\u{10ffff}-]|^-/gu;

/**
 * Any text → one word of a POSIX shell that means exactly that text, and is displayable itself: plain where nothing needs
 * quoting, else in single quotes, else, for control and bidi characters, what `printf` makes of octal escapes. `$'…'` would
 * be shorter, but in a shell without it (dash, the `sh` of Debian) an escaped quote in it ends the word, and the rest of the
 * key is run. It is left for text that ends in a line feed, which `$(…)` takes away, and holds no quote either.
 * A backtick is escaped too, so that a command can stand between backticks. NUL is beyond any shell: no argument can hold it.
 */
export function shellQuote(text: string): string {
  if (plainWord.test(text)) return text;
  if (!text.includes('`') && displayText(text) === text) return `'${text.replaceAll("'", String.raw`'\''`)}'`;
  const escaped = text.replace(inert, octal).replace(unshowable, octal);
  return text.endsWith('\n') ? `$'${escaped}'` : `"$(printf '${escaped.replaceAll('%', '%%')}')"`;
}

/** The UTF-8 bytes of a character, three octal digits each: what follows can never be taken for a part of it. */
const octal = (character: string): string =>
  named[character] ??
  Array.from(new TextEncoder().encode(character), (byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
