/** A JSON object from bytes, or the reason why there is none. Nothing of the body is in the reason. */
export function parseObject(bytes: Buffer): { object: Record<string, unknown> } | { why: string } {
  if (bytes.length === 0) return { why: 'it has 0 bytes' };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { why: 'it is not JSON' };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { why: 'it is not a JSON object' };
  return { object: value as Record<string, unknown> };
}
