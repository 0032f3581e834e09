import { zstdCompressSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { sumOf } from '../../src/repair/counters.ts';
import { manifestBody, readManifestBody } from '../../src/repair/manifest-body.ts';
import { manifestBody as written } from '../support/generated.ts';

const raw =
  '{"file_path":"a\\u0020b","num_rows":18446744073709551615,"file_size":2, "ingestion_size":3,"columns":[{"x":1.0}],"sort_order_id":[]}';
const text = `{"files":[ ${raw} ],"version":"v1"}`;

const filesOf = (bytes: Buffer) => {
  const body = readManifestBody(bytes);
  if ('why' in body) throw new Error(body.why);
  return body.files;
};

describe('a manifest', () => {
  it.each([
    ['plain', Buffer.from(text)],
    ['compressed', zstdCompressSync(text)],
  ])('that is %s is read entry by entry, each as it stands', (_, bytes) => {
    expect(filesOf(bytes)).toEqual([
      { path: 'a b', raw, counters: { events: 18446744073709551615n, ingestion: 3n, storage: 2n } },
    ]);
  });

  it('adds up over its files without rounding', () => {
    const files = filesOf(Buffer.from(`{"files":[${raw},${raw}]}`));
    expect(sumOf(files)).toEqual({ events: 36893488147419103230n, ingestion: 6n, storage: 4n });
  });

  it('that is made of entries is read again as these', () => {
    expect(filesOf(Buffer.from(manifestBody(filesOf(Buffer.from(text)))))).toEqual(filesOf(Buffer.from(text)));
    expect(filesOf(Buffer.from(manifestBody([])))).toEqual([]);
  });

  it.each([
    ['no JSON', 'nonsense', 'it is not JSON'],
    ['no object', '[]', 'it is not a JSON object'],
    ['without files', '{"version":"v1"}', 'it lists no files'],
    ['with an entry that lacks its rows', text.replace('num_rows', 'rows'), 'an entry of it lacks a field'],
    ['with an entry that lacks its columns', text.replace('columns', 'c'), 'an entry of it lacks a field'],
    ['with an entry that is no object', '{"files":[1]}', 'an entry of it lacks a field'],
    ['with a negative size', text.replace('"file_size":2', '"file_size":-2'), 'an entry of it lacks a field'],
    ['compressed and cut', zstdCompressSync(written([])).subarray(0, 8), 'it is not JSON'],
  ])('that is %s is refused', (_, bytes, why) => {
    expect(readManifestBody(Buffer.from(bytes))).toEqual({ why });
  });
});
