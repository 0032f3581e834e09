import { randomBytes } from 'node:crypto';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A ULID: 48 bits of time and 80 of chance, so that the ids of runs sort as the runs did. */
export function newRunId(now: Date): string {
  let value = BigInt(now.getTime());
  for (const byte of randomBytes(10)) value = (value << 8n) | BigInt(byte);
  let id = '';
  for (let digit = 0; digit < 26; digit++) {
    id = (alphabet[Number(value & 31n)] ?? '') + id;
    value >>= 5n;
  }
  return id;
}
