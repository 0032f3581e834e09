import { createHmac } from 'node:crypto';

/** Where a listing stands: after which row, and how many empty pages it was told there. */
export interface Position {
  after: string;
  turn: number;
}

const sign = (text: string): string =>
  createHmac('sha256', 'continuation').update(text).digest('base64url').slice(0, 12);

/** A continuation token. Clients may not look into it, and one that was not made here is refused, as S3 does. */
export function tokenFor(after: string, turn: number): string {
  const text = Buffer.from(JSON.stringify([after, turn]), 'utf8').toString('base64');
  // S3's own tokens hold `+`, `/` and `=` too: a client that does not escape them has to fail here already.
  return `1/${sign(text)}+${text}=`;
}

/** Null when the token was not made by `tokenFor`. */
export function readToken(token: string): Position | null {
  const [, signature, text] = /^1\/([^+]+)\+(.*)=$/.exec(token) ?? [];
  if (signature === undefined || text === undefined || signature !== sign(text)) return null;
  const [after, turn] = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as [string, number];
  return { after, turn };
}
