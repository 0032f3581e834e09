import { styleText } from 'node:util';

export interface Layout {
  width: number;
  colour: boolean;
}

type Style = Parameters<typeof styleText>[0];

const paint = (style: Style, text: string, { colour }: Layout): string =>
  colour ? styleText(style, text, { validateStream: false }) : text;

/** Stands for a space inside `code`, so that a command is not broken and can be copied. */
const joined = '\u00a0';

/** A paragraph's words, each with its own marks: a phrase may be broken, its style may not. [text](target) becomes words. */
const wordsOf = (text: string): string[] =>
  text
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, (_, label: string, target: string) =>
      // Another page of the same folder is worth nothing on a terminal but its name.
      /^[a-z]+:/.test(target) ? `${label} (${target})` : label,
    )
    .replace(/`[^`]+`/g, (code) => code.replaceAll(' ', joined))
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => strong.replaceAll(/[^ ]+/g, '**$&**'))
    .split(/[ \t]+/)
    .filter((word) => word !== '');

/** Takes the marks off a word and puts the style on. */
const styled = (word: string, layout: Layout): string =>
  word
    .replace(/\*\*([^*]+)\*\*/g, (_, strong: string) => paint('bold', strong, layout))
    .replace(/`([^`]+)`/g, (_, code: string) => paint('cyan', code, layout))
    .replaceAll(joined, ' ');

const lengthOf = (word: string): number => styled(word, { width: 0, colour: false }).length;

/** Breaks at spaces; a word that is longer than the line stays whole. */
function wrap(text: string, first: string, rest: string, layout: Layout): string {
  const lines: string[] = [];
  let line: string[] = [];
  let length = first.length;
  for (const word of wordsOf(text)) {
    if (line.length > 0 && length + 1 + lengthOf(word) > layout.width) {
      lines.push(line.join(' '));
      line = [];
      length = rest.length;
    }
    length += lengthOf(word) + (line.length > 0 ? 1 : 0);
    line.push(styled(word, layout));
  }
  lines.push(line.join(' '));
  return lines.map((one, index) => `${index === 0 ? first : rest}${one}`).join('\n');
}

interface Paragraph {
  first: string;
  rest: string;
  words: string[];
}

const listItem = /^(\s*)([-*]|\d+\.)\s+(.*)$/;

/**
 * Markdown as the pages in docs/findings use it → text for a terminal: headings stand out, prose is wrapped, code and
 * tables stay as they are.
 */
export function renderMarkdown(markdown: string, layout: Layout): string {
  const out: string[] = [];
  const open: Paragraph[] = [];
  let fenced = false;

  const close = () => {
    for (const { first, rest, words } of open.splice(0)) out.push(wrap(words.join(' '), first, rest, layout));
  };
  const goOn = (words: string, indent: string) => {
    const paragraph = open[0];
    if (paragraph === undefined) open.push({ first: indent, rest: indent, words: [words] });
    else paragraph.words.push(words);
  };

  for (const line of markdown.replaceAll('\r\n', '\n').trimEnd().split('\n')) {
    const heading = /^#{1,6}\s+(.*)$/.exec(line)?.[1];
    const item = listItem.exec(line);
    const quote = /^>\s?(.*)$/.exec(line)?.[1];
    if (/^\s*(```|~~~)/.test(line)) {
      close();
      fenced = !fenced;
    } else if (fenced) {
      out.push(line === '' ? '' : `    ${line}`);
    } else if (line.trim() === '') {
      close();
      if (out.at(-1) !== '') out.push('');
    } else if (heading !== undefined) {
      close();
      out.push(paint('bold', heading.replaceAll(/[`*]/g, ''), layout));
    } else if (/^\s*\|/.test(line)) {
      close();
      out.push(line);
    } else if (item !== null) {
      close();
      const first = `${item[1] ?? ''}${item[2] ?? ''} `;
      open.push({ first, rest: ' '.repeat(first.length), words: [item[3] ?? ''] });
    } else {
      goOn(quote ?? line.trim(), quote === undefined ? '' : '  ');
    }
  }
  close();
  return `${out.join('\n').trimEnd()}\n`;
}
