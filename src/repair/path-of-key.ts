import { keyOfPath } from '../parseable/key-of-path.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

const decoded = (escapes: string): string => utf8.decode(Buffer.from(escapes.replaceAll('%', ''), 'hex'));

/** What a server makes of a path (object_store, `Path::from`): these characters and all that are no printable ASCII become `%XX`. */
const encoded = (path: string): string =>
  path.replace(/[^ -~]+|[\\{^}%`\]">[~<#|*?]/gu, (run) =>
    Array.from(Buffer.from(run), (byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  );

/** What a server's reader of paths panics at (object_store, `Path::parse`): no stored path may hold it. */
const unreadable = /\p{Cc}|(?:^|\/)\.{0,2}(?:\/|$)/u;

/**
 * The path by which a manifest or a snapshot names an object: the key with its `%XX` undone in each segment. Null where no path
 * leads to this key, such as one that somebody else wrote with characters that Parseable would have encoded.
 * @param prefix the stream's
 */
export function pathOfKey(key: string, prefix: string): string | null {
  let path: string;
  try {
    path = key.replace(/(?:%[0-9A-F]{2})+/g, decoded);
  } catch {
    return null;
  }
  // An audit has to find the object by it, too.
  return unreadable.test(path) || encoded(path) !== key || keyOfPath(path, prefix) !== key ? null : path;
}
