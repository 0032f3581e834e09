import { createZstdDecompress, type ZstdDecompress } from 'node:zlib';

/** What a zstd frame begins with. */
export const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** A body of which zstd makes nothing: cut, changed, or followed by something else. */
export class ZstdDamage extends Error {}

/**
 * Decompresses piece by piece, frame after frame.
 * @throws ZstdDamage; and what the pieces throw, as it is
 */
export async function* unpackZstd(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer, void> {
  const source = pieces[Symbol.asyncIterator]();
  const next = async () => {
    const piece = await source.next();
    return piece.done === true ? null : piece.value;
  };
  try {
    let first = await next();
    while (first !== null) first = (yield* unpackFrames(first, next)) ?? (await next());
  } finally {
    await source.return?.();
  }
}

/**
 * Node's decompressor goes on to the next frame only if that begins with a piece; else it ends there, and what is left of the
 * piece is for a new one.
 * @returns what is left
 */
async function* unpackFrames(
  first: Uint8Array,
  next: () => Promise<Uint8Array | null>,
): AsyncGenerator<Buffer, Uint8Array | null> {
  const engine = createZstdDecompress();
  const fed = { last: first, bytes: 0, failed: null as { thrown: unknown } | null };
  const feeding = (async () => {
    try {
      for (let piece: Uint8Array | null = first; piece !== null; piece = await next()) {
        fed.last = piece;
        fed.bytes += piece.length;
        await written(engine, piece);
        if (engine.bytesWritten < fed.bytes || engine.destroyed) return;
      }
      engine.end();
    } catch (thrown) {
      fed.failed = { thrown };
      engine.destroy();
    }
  })();
  try {
    for await (const chunk of engine) yield chunk as Buffer;
  } catch (error) {
    if (fed.failed !== null) throw fed.failed.thrown;
    throw new ZstdDamage('its zstd frame is damaged', { cause: error });
  } finally {
    engine.destroy();
  }
  await feeding;
  const left = fed.bytes - engine.bytesWritten;
  return left === 0 ? null : fed.last.subarray(fed.last.length - left);
}

/** Ends when a piece is taken, or when the decompressor takes no more. */
async function written(engine: ZstdDecompress, piece: Uint8Array): Promise<void> {
  await new Promise<void>((resolve) => {
    const end = () => {
      engine.off('close', end);
      resolve();
    };
    engine.on('close', end);
    engine.write(piece, end);
  });
}
