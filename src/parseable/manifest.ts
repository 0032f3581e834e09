import { isUtf8 } from 'node:buffer';
import { ManifestScanner, type ManifestSink } from './manifest-scanner.ts';
import { unpackZstd, zstdMagic, ZstdDamage } from './zstd.ts';

/** Whether servers can use a manifest. `zstd`: its body is compressed, which no release up to 2.9.5 reads. */
export type ManifestReading = { state: 'usable'; zstd: boolean } | { state: 'unusable'; zstd: boolean; why: string };

/**
 * Reads a manifest piece by piece, plain or zstd, however large: a JSON object with `files`, each with `file_path` and
 * `file_size` (catalog/manifest.rs). The sink gets what it lists, also before damage that comes later.
 * @throws what the pieces throw: a body that breaks off says nothing about the manifest
 */
export async function readManifest(pieces: AsyncIterable<Uint8Array>, sink: ManifestSink): Promise<ManifestReading> {
  const scanner = new ManifestScanner(sink);
  const text = new Utf8Check();
  const take = (chunk: Buffer) => {
    text.push(chunk);
    scanner.push(chunk);
  };
  const end = (zstd: boolean, damage: string | null): ManifestReading => {
    const why = damage ?? (text.end() ? scanner.end() : 'it is not UTF-8');
    return why === null ? { state: 'usable', zstd } : { state: 'unusable', zstd, why };
  };
  // The name of a manifest does not tell (catalog/manifest.rs after 2.9.5).
  const { head, whole } = await beginning(pieces);
  if (!head.equals(zstdMagic)) {
    for await (const piece of whole) take(bufferOf(piece));
    return end(false, null);
  }
  try {
    for await (const chunk of unpackZstd(whole)) take(chunk);
  } catch (error) {
    if (error instanceof ZstdDamage) return end(true, error.message);
    throw error;
  }
  return end(true, null);
}

const bufferOf = (piece: Uint8Array): Buffer => Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);

/** The bytes that tell the encoding, as far as there are so many, and all pieces again. */
async function beginning(
  pieces: AsyncIterable<Uint8Array>,
): Promise<{ head: Buffer; whole: AsyncIterable<Uint8Array> }> {
  const rest = pieces[Symbol.asyncIterator]();
  let bytes: Buffer = Buffer.alloc(0);
  while (bytes.length < zstdMagic.length) {
    const next = await rest.next();
    if (next.done === true) break;
    bytes = bytes.length === 0 ? bufferOf(next.value) : Buffer.concat([bytes, next.value]);
  }
  return { head: bytes.subarray(0, zstdMagic.length), whole: joined(bytes, rest) };
}

/** Lets go of the pieces also when nobody asks for more than the first. */
async function* joined(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array, void> {
  try {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}

/** Whether bytes that come in pieces are UTF-8 together. */
class Utf8Check {
  #valid = true;
  #carry: Buffer = Buffer.alloc(0);

  push(chunk: Buffer): void {
    if (!this.#valid) return;
    const bytes = this.#carry.length === 0 ? chunk : Buffer.concat([this.#carry, chunk]);
    const whole = bytes.length - unfinished(bytes);
    this.#valid = isUtf8(bytes.subarray(0, whole));
    this.#carry = Buffer.from(bytes.subarray(whole));
  }

  end(): boolean {
    return this.#valid && this.#carry.length === 0;
  }
}

/** How many bytes at the end begin a character that is not whole yet. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back++) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte < 0x80) return 0;
    if (byte < 0xc0) continue;
    const needs = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2;
    return needs > back ? back : 0;
  }
  return 0;
}
