import { displayText } from '../../findings/display.ts';

/**
 * Any text → a code span of Markdown that shows it and does nothing else: neither markup nor HTML is read inside, and no
 * mention, reference or address becomes a link there. Raw `<code>` would not do: what stands in it is still read.
 */
export function code(text: string): string {
  const shown = displayText(text);
  if (shown.trim() === '') return '` `';
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(0, ...runs.map((run) => run.length)) + 1);
  // One space on each side is taken off again, and without it a backtick at an end would belong to the fence.
  const pad = /^[ `]|[ `]$/.test(shown) ? ' ' : '';
  return `${fence}${pad}${shown}${pad}${fence}`;
}

/** The same for a cell of a table, where a bar ends the cell even in code. How it may be escaped differs, so it is named instead. */
export const codeInCell = (text: string): string => code(text.replaceAll('|', String.raw`\x7c`));

/** Words that mean nothing to any reader of Markdown: letters, digits and what joins them. */
const plain = /^[\p{L}\p{N}](?:[\p{L}\p{M}\p{N}.,'’%-]*[\p{L}\p{M}\p{N}%])?$/u;

/** Words that are plain by their characters, and which GitHub or GitLab would link: hosts, commits, tickets. */
const linked = /^www\.|^[0-9a-f]{7,64}$|^[a-z]+-\d+$/i;

const signs: readonly string[] = ['≥', '…', '–', '—'];

/** A number that would begin a list. */
const listItem = /^\d+[.)]$/;

/**
 * Prose that may hold keys → one line of Markdown that reads the same. A word that Markdown, GitHub or GitLab could take
 * for more than a word is shown as code: keys, addresses, commands, mentions, references.
 */
export const prose = (text: string): string =>
  displayText(text)
    .split(' ')
    .map((token, at) => (at === 0 && listItem.test(token) ? code(token) : word(token)))
    .join(' ')
    .trim();

function word(token: string): string {
  const [, before = '', core = '', after = ''] = /^([(“‘"']*)(.*?)([.,;:?)”’"']*)$/su.exec(token) ?? [];
  if (token === '' || signs.includes(core)) return token;
  // Nothing but punctuation may still be a rule or a list.
  if (core === '') return code(token);
  return plain.test(core) && !linked.test(core) ? token : `${before}${code(core)}${after}`;
}

/** A command, or another text of one line, as a block that can be copied whole. */
export function block(text: string, language: string): string {
  const shown = displayText(text);
  const runs = shown.match(/`+/g) ?? [];
  const fence = '`'.repeat(Math.max(2, ...runs.map((run) => run.length)) + 1);
  return `${fence}${language}\n${shown}\n${fence}`;
}

/** What one may unfold. The title is this program's own. */
export const folded = (title: string, content: string): string =>
  `<details><summary>${title}</summary>\n\n${content}\n\n</details>`;
