/** Servers give up on JSON that is nested deeper (serde_json), and so does this program before it runs out of memory. */
const deepest = 127;

const [quote, backslash] = [0x22, 0x5c];
const opening = new Set([0x5b, 0x7b]);
const closing = new Set([0x5d, 0x7d]);

function isTooDeep(bytes: Buffer): boolean {
  let depth = 0;
  let inText = false;
  for (let at = 0; at < bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    if (inText) {
      if (byte === backslash) at++;
      else if (byte === quote) inText = false;
    } else if (byte === quote) inText = true;
    else if (opening.has(byte) && ++depth > deepest) return true;
    else if (closing.has(byte)) depth--;
  }
  return false;
}

/** Text that is no UTF-8 is refused, as servers refuse it; a byte order mark is kept, and refused by the parser. */
const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** A JSON object from bytes, or the reason why there is none. Nothing of the body is in the reason. */
export function parseObject(bytes: Buffer): { object: Record<string, unknown> } | { why: string } {
  if (bytes.length === 0) return { why: 'it has 0 bytes' };
  let value: unknown;
  if (isTooDeep(bytes)) return { why: 'it is not JSON that a server reads: it is nested too deeply' };
  try {
    value = JSON.parse(utf8.decode(bytes));
  } catch {
    return { why: 'it is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { why: 'it is not a JSON object' };
  return { object: value as Record<string, unknown> };
}
