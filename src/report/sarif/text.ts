import { displayText } from '../../findings/display.ts';

/**
 * Text that may hold keys → a plain text message of SARIF that shows it (SARIF 2.1.0, 3.11.5 and 3.11.6): braces are
 * doubled, since single ones are placeholders, and nothing in it can be read as a link, which would be `[text](target)`.
 */
export const messageText = (text: string): string =>
  text
    .split('\n')
    .map(displayText)
    .join('\n')
    .replaceAll(/[{}]/g, '$&$&')
    .replaceAll('](', String.raw`]\x28`);

/** The same for Markdown that is made already. */
export const messageMarkdown = (markdown: string): string => markdown.replaceAll(/[{}]/g, '$&$&');
