import { zstdDecompressSync } from 'node:zlib';
import type { FileEntry } from './counters.ts';
import { elementsOf, membersOf, wholeOf } from './json-spans.ts';

/** The first bytes of a zstd frame: newer servers compress manifests under the same names (catalog/manifest.rs after 2.9.5). */
const zstdMagic = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

/** Larger ones are not unpacked. */
export const largestManifest = 256 * 1024 * 1024;

/** u64, as a server writes it; digits that a double would round are kept. */
const wholeNumber = /^\d{1,20}$/;

/** What a manifest lists, entry by entry as it stands; or why servers cannot read it. */
export type ManifestBody = { files: FileEntry[] } | { why: string };

/** Reads a manifest, plain or zstd. All six fields of an entry are needed by servers (catalog/manifest.rs, File). */
export function readManifestBody(bytes: Buffer): ManifestBody {
  let text: string;
  try {
    const plain = bytes.subarray(0, 4).equals(zstdMagic)
      ? zstdDecompressSync(bytes, { maxOutputLength: largestManifest })
      : bytes;
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
    JSON.parse(text);
  } catch {
    return { why: 'it is not JSON' };
  }
  const whole = wholeOf(text);
  if (text[whole.start] !== '{') return { why: 'it is not a JSON object' };
  const list = membersOf(text, whole).find(({ name }) => name === 'files');
  if (list === undefined || text[list.start] !== '[') return { why: 'it lists no files' };
  const files: FileEntry[] = [];
  for (const span of elementsOf(text, list)) {
    const file = fileOf(text.slice(span.start, span.end));
    if (file === null) return { why: 'an entry of it lacks a field' };
    files.push(file);
  }
  return { files };
}

function fileOf(raw: string): FileEntry | null {
  if (!raw.startsWith('{')) return null;
  const fields = new Map(membersOf(raw, wholeOf(raw)).map(({ name, start, end }) => [name, raw.slice(start, end)]));
  const numbers = ['num_rows', 'ingestion_size', 'file_size'].map((name) => fields.get(name) ?? '');
  const [events = '', ingestion = '', storage = ''] = numbers;
  const path = fields.get('file_path');
  const whole =
    numbers.every((number) => wholeNumber.test(number)) &&
    ['columns', 'sort_order_id'].every((name) => fields.get(name)?.startsWith('[') === true);
  if (!whole || path?.startsWith('"') !== true) return null;
  return {
    path: JSON.parse(path) as string,
    raw,
    counters: { events: BigInt(events), ingestion: BigInt(ingestion), storage: BigInt(storage) },
  };
}

/** A manifest that lists these entries. Plain JSON, which every reader takes, also beside zstd ones. */
export const manifestBody = (files: readonly Pick<FileEntry, 'raw'>[]): string =>
  `{"version":"v1","files":[${files.map(({ raw }) => raw).join(',')}]}`;
