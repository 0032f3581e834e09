/** Orders two keys as S3 does, by their UTF-8 bytes; JavaScript's own order differs beyond U+D7FF. */
export function compareKeys(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    let x = a.charCodeAt(i);
    let y = b.charCodeAt(i);
    if (x === y) continue;
    // Surrogates (characters above U+FFFF) sort after U+E000 to U+FFFF in UTF-8, before them in UTF-16.
    if (x >= 0xd800 && y >= 0xd800) {
      x = x >= 0xe000 ? x - 0x800 : x + 0x2000;
      y = y >= 0xe000 ? y - 0x800 : y + 0x2000;
    }
    return x - y;
  }
  return a.length - b.length;
}

/**
 * Undoes `encoding-type=url` of a listing: `+` is a space, `%XX` a byte of UTF-8. Bytes that are no UTF-8 become lone
 * surrogates, U+DC80 for 0x80 and so on: no text has those of itself, so that two keys never become one.
 */
export function decodeKey(encoded: string): string {
  const spaced = encoded.replaceAll('+', ' ');
  return spaced.replace(/(?:%[0-9A-Fa-f]{2})+/g, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return decodeBytes(Buffer.from(escapes.replaceAll('%', ''), 'hex'));
    }
  });
}

/** A character of UTF-8, well formed (RFC 3629), or a byte that belongs to none; bytes stand as Latin-1. */
const characters =
  /[\x00-\x7f]+|[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}|[^]/g;

const decodeBytes = (bytes: Buffer): string =>
  bytes.toString('latin1').replace(characters, (run) => {
    const [byte = 0] = Buffer.from(run, 'latin1');
    return run.length === 1 && byte >= 0x80
      ? String.fromCharCode(0xdc00 + byte)
      : Buffer.from(run, 'latin1').toString('utf8');
  });
