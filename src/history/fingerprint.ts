import { createHash } from 'node:crypto';

/**
 * The stable id of a finding: 16 hexadecimal digits over bucket, kind and subject. NUL parts them, because no bucket and no
 * kind contains one.
 */
export const fingerprint = (bucket: string, kind: string, subject: string): string =>
  createHash('sha256').update(`${bucket}\0${kind}\0${subject}`).digest('hex').slice(0, 16);
