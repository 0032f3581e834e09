import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { footerLength, readFooter } from '../../src/repair/parquet-footer.ts';

/** Three rows in two row groups, written by Apache Arrow 26: `p_timestamp` in ms, a text, an INT32 `n`, a DOUBLE. */
const file = readFileSync(join(import.meta.dirname, 'three-rows.parquet'));
const length = footerLength(file)!;
const footer = file.subarray(file.length - 8 - length, file.length - 8);

describe('the footer of a Parquet file', () => {
  it('tells the rows, and what they took in', () => {
    expect(readFooter(footer)).toMatchObject({ rows: 3n, ingestion: 687n });
  });

  it('tells the ranges of whole numbers over all row groups, and of nothing else', () => {
    expect(readFooter(footer)?.ranges).toEqual(
      new Map([
        ['p_timestamp', { min: 1795530600000n, max: 1795530659999n, packed: 204n, unpacked: 196n }],
        ['n', { min: -5n, max: 7n, packed: 160n, unpacked: 152n }],
      ]),
    );
  });

  it.each([
    ['zero bytes', Buffer.alloc(100)],
    ['text', Buffer.from('not a Parquet file at all')],
    ['nothing', Buffer.alloc(0)],
    ['a part of the magic', Buffer.from('PAR1')],
  ])('is not at the end of %s', (_, bytes) => {
    expect(footerLength(bytes)).toBeNull();
  });

  it('is none where it is cut', () => {
    for (let end = 0; end < footer.length; end++) expect(readFooter(footer.subarray(0, end))).toBeNull();
  });

  it('is none without rows', () => {
    expect(readFooter(Buffer.from([0]))).toBeNull();
  });

  it('may be any bytes, and never does harm', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readFooter(Buffer.from(bytes));
      }),
    );
    // Structs in structs without end, and lists that promise what never comes.
    for (const byte of [0x1c, 0x19, 0x99, 0xf9, 0xff]) expect(readFooter(Buffer.alloc(100_000, byte))).toBeNull();
  });
});
