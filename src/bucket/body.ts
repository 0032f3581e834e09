import { CutAnswer, TooLarge } from './failure.ts';

/**
 * Reads a body to its end.
 * @throws TooLarge beyond `maxBytes`, CutAnswer when it breaks off or is not as long as announced
 */
export async function readBody(
  body: AsyncIterable<Uint8Array>,
  announced: number | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = () => new TooLarge(`larger than ${String(maxBytes)} bytes, not read`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      // Leaving the loop closes the connection: nobody can make the audit swallow a body without end.
      if (size > maxBytes || (announced ?? 0) > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new CutAnswer(`the body broke off after ${String(size)} bytes`);
  }
  if (announced !== undefined && announced !== size) throw new CutAnswer('the body is shorter than announced');
  return Buffer.concat(chunks);
}

/**
 * A body piece by piece.
 * @throws CutAnswer when it breaks off or is not as long as announced: nobody may take what came for the whole
 */
export async function* piecesOf(
  body: AsyncIterable<Uint8Array>,
  announced: number | undefined,
): AsyncGenerator<Uint8Array, void> {
  let size = 0;
  const pieces = body[Symbol.asyncIterator]();
  try {
    for (;;) {
      let next: IteratorResult<Uint8Array>;
      try {
        next = await pieces.next();
      } catch {
        throw new CutAnswer(`the body broke off after ${String(size)} bytes`);
      }
      if (next.done === true) break;
      size += next.value.length;
      yield next.value;
    }
    if (announced !== undefined && announced !== size) throw new CutAnswer('the body is shorter than announced');
  } finally {
    // Whoever stops reading closes the connection.
    await pieces.return?.();
  }
}

/** The same pieces, and how long they are together once all of them were read; null until then. */
export function sized(pieces: AsyncIterable<Uint8Array>): {
  pieces: AsyncGenerator<Uint8Array, void>;
  length: () => number | null;
} {
  let length = 0;
  let isWhole = false;
  async function* counted(): AsyncGenerator<Uint8Array, void> {
    for await (const piece of pieces) {
      length += piece.length;
      yield piece;
    }
    isWhole = true;
  }
  return { pieces: counted(), length: () => (isWhole ? length : null) };
}
