import { displayText } from '../findings/display.ts';

const entities: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };

/**
 * Any text of one line → text of XML 1.0, for content and for attributes in double quotes. What XML has no place for
 * (control characters, lone surrogates, code points that are no characters) is what display text escapes.
 */
export const xmlText = (text: string): string =>
  displayText(text).replaceAll(/[&<>"']/g, (sign) => entities[sign] ?? '');

/** An element: attributes that are null are left out, children stand below each other. Attributes and text are escaped here. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string | null>>,
  children: readonly string[] | { text: string } = [],
): string {
  const head = [
    name,
    ...Object.entries(attributes).flatMap(([key, value]) => (value === null ? [] : [`${key}="${xmlText(value)}"`])),
  ].join(' ');
  if ('text' in children) {
    return `<${head}>${children.text.split('\n').map(xmlText).join('\n')}</${name}>`;
  }
  return children.length === 0 ? `<${head}/>` : `<${head}>\n${children.join('\n')}\n</${name}>`;
}
