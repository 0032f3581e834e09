/** Text as S3 writes it into a document: markup escaped, control characters as references, even those XML 1.0 has no place for. */
export const escapeXml = (text: string): string =>
  text.replace(/[&<>"\u0000-\u001f\u007f\ufffe\uffff]/g, (character) => {
    switch (character) {
      case '&':
        return '&amp;';
      case '<':
        return '&lt;';
      case '>':
        return '&gt;';
      case '"':
        return '&quot;';
      default:
        return `&#${String(character.codePointAt(0))};`;
    }
  });

/** `encoding-type=url`: a form's encoding of UTF-8 (space is `+`, hex in capitals), in which `/` stays as it is. */
export const encodeKey = (key: string): string =>
  encodeURIComponent(key)
    .replaceAll('%20', '+')
    .replaceAll('%2F', '/')
    .replace(/[!'()~]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);

/** One element; what is undefined is left out, nested elements are given as a list. */
export function element(name: string, content: string | number | boolean | readonly string[] | undefined): string {
  if (content === undefined) return '';
  const inner = typeof content === 'object' ? content.join('') : escapeXml(String(content));
  return inner === '' ? `<${name}/>` : `<${name}>${inner}</${name}>`;
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>\n';

/** A whole document in S3's namespace. */
export const document = (root: string, content: readonly string[]): string =>
  `${declaration}<${root} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${content.join('')}</${root}>`;

/** An error document; S3 gives those no namespace. */
export const errorDocument = (fields: Record<string, string | undefined>): string =>
  `${declaration}<Error>${Object.entries(fields)
    .map(([name, text]) => element(name, text))
    .join('')}</Error>`;
