/**
 * Bytes that become `%XX` in a segment of a key since 0.4.1 (object_store, src/path/parts.rs), control characters and what is
 * not ASCII aside. Space, `=`, `:`, `@`, `+` and the like stand as they are.
 */
const special = new Set(Buffer.from('\\{^}%`]">[~<#|*?'));

const needsEncoding = /[\u0000-\u001f\u007f-\uffff\\{^}%`\]">[~<#|*?]|(?:^|\/)\.{0,2}(?:\/|$)/;

const byteOf = (byte: number): string => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`;

function encodeSegment(segment: string): string {
  if (segment === '.' || segment === '..') return segment.replaceAll('.', '%2E');
  let text = '';
  for (const byte of Buffer.from(segment, 'utf8')) {
    text += byte < 0x20 || byte >= 0x7f || special.has(byte) ? byteOf(byte) : String.fromCharCode(byte);
  }
  return text;
}

const encode = (path: string): string =>
  path
    .split('/')
    .filter((segment) => segment !== '')
    .map(encodeSegment)
    .join('/');

/**
 * The key of an object whose path stands in a manifest or a snapshot. Keys are percent-encoded, these paths are not, but for
 * the name of a stream that a server read from a listing. A tree that was copied from a local disk has paths that begin
 * there: they count from the stream on.
 * @param prefix the stream's, as its keys have it
 */
export function keyOfPath(path: string, prefix: string): string {
  if (path.startsWith(prefix) && !needsEncoding.test(path)) return path;
  const own = fromStream(path, prefix);
  return own.startsWith(prefix) ? prefix + encode(own.slice(prefix.length)) : encode(own);
}

/** The part of a path from its stream on, where the stream stands in it further behind. */
function fromStream(path: string, prefix: string): string {
  if (path.startsWith(prefix)) return path;
  const name = decoded(prefix);
  for (const start of new Set([prefix, name])) {
    if (path.startsWith(start)) return prefix + path.slice(start.length);
  }
  for (const start of new Set([prefix, name])) {
    const at = path.indexOf(`/${start}date=`);
    if (at !== -1) return prefix + path.slice(at + 1 + start.length);
  }
  return path;
}

/** A prefix as a path has it; where it is no percent-encoding, as it stands. */
function decoded(prefix: string): string {
  try {
    return decodeURIComponent(prefix);
  } catch {
    return prefix;
  }
}
