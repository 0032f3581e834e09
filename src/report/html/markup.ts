import { displayText } from '../../findings/display.ts';

/** HTML that may stand as it is. Only `markup` and `trusted` make it, so no text gets in without being escaped. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text of any origin, numbers, HTML, lists of these; null and false are nothing. */
export type Content = string | number | Html | null | false | readonly Content[];

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/**
 * Any text → what shows it in HTML, in an element or in a quoted attribute: first every character is made visible
 * (`displayText`; so lone surrogates and what a browser would hide or obey are gone, too), then markup is escaped.
 */
export const escapeHtml = (text: string): string =>
  displayText(text).replace(/[&<>"']/g, (character) => entities[character] ?? '');

function render(content: Content): string {
  if (typeof content === 'string') return escapeHtml(content);
  if (typeof content === 'number') return String(content);
  if (content === null || content === false) return '';
  return content instanceof Html ? content.text : content.map(render).join('');
}

/** A template of HTML. All that is put in is escaped, but for HTML itself. Attributes are to be quoted. */
export const markup = (parts: TemplateStringsArray, ...values: readonly Content[]): Html =>
  new Html(parts.reduce((text, part, at) => text + render(values[at - 1] ?? null) + part));

/** Text of the program's own that is markup already: styles and scripts. Never anything from a bucket. */
export const trusted = (text: string): Html => new Html(text);

/** A name from the bucket, kept apart from the direction of the text around it. */
export const keyOf = (name: string): Html => markup`<bdi class="key">${name}</bdi>`;

/** Shorter names would be found inside of other words. */
const shortestWithin = 3;

/** Prose in which a name of the bucket stands (as display text): the name is kept apart from its direction wherever it does. */
export function proseWith(prose: string, name: string): Html {
  const shown = displayText(name);
  if (shown.length < shortestWithin) return markup`${prose}`;
  const [first = '', ...others] = prose.split(shown);
  return markup`${first}${others.map((part) => markup`<bdi>${shown}</bdi>${part}`)}`;
}
