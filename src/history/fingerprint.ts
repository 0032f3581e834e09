import { createHash } from 'node:crypto';

/**
 * The stable id of a finding: 16 hexadecimal digits over bucket, kind and subject. NUL parts them, because no bucket and no
 * kind contains one. Lone surrogates, which stand for bytes that are no UTF-8, would all become the same bytes: they are escaped.
 */
export const fingerprint = (bucket: string, kind: string, subject: string): string =>
  createHash('sha256')
    .update(`${bucket}\0${kind}\0${subject.isWellFormed() ? subject : JSON.stringify(subject)}`)
    .digest('hex')
    .slice(0, 16);
