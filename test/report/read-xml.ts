/** An element of XML, as far as these tests write any. */
export interface Element {
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  /** All text directly inside, entities resolved. */
  text: string;
}

const legal = /^[\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]*$/u;
const entities: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function resolved(text: string): string {
  if (/&(?!(amp|lt|gt|quot|apos);)/.test(text)) throw new Error(`a bare ampersand in ${text}`);
  if (text.includes('<')) throw new Error(`a bare < in ${text}`);
  return text.replaceAll(/&(\w+);/g, (_, name: string) => entities[name]!);
}

function attributesOf(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  const rest = text.replaceAll(/\s+([\w-]+)="([^"]*)"/g, (_, name: string, value: string) => {
    if (Object.hasOwn(attributes, name)) throw new Error(`${name} stands twice`);
    attributes[name] = resolved(value);
    return '';
  });
  if (rest.trim() !== '') throw new Error(`not attributes: ${rest}`);
  return attributes;
}

/** Reads an XML 1.0 document, strictly: what is not well-formed throws. Knows what JUnit needs, no comments and no CDATA. */
export function parseXml(document: string): Element {
  if (!legal.test(document)) throw new Error('a character that XML has no place for');
  const body = document.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>\n/, '');
  if (body === document) throw new Error('no declaration');
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  let at = 0;
  for (const found of body.matchAll(/<(\/?)([a-z][\w-]*)((?:\s+[\w-]+="[^"<]*")*)\s*(\/?)>/g)) {
    const [tag, close, name = '', attributes = '', empty] = found;
    const top = open.at(-1)!;
    top.text += resolved(body.slice(at, found.index));
    at = found.index + tag.length;
    if (close === '/') {
      if (top.name !== name) throw new Error(`</${name}> closes <${top.name}>`);
      open.pop();
    } else {
      const element: Element = { name, attributes: attributesOf(attributes), children: [], text: '' };
      top.children.push(element);
      if (empty !== '/') open.push(element);
    }
  }
  const left = body.slice(at);
  if (open.length !== 1 || root.children.length !== 1 || left.trim() !== '')
    throw new Error('it ends too early or too late');
  return root.children[0]!;
}
