import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DataRows, type DataRow } from '../../../src/audit/deep/data-rows.ts';

const folder = 'app/date=2026-11-20/';
const time = fc.constantFrom('2026-11-20T05:10:00.000Z', '2026-11-20T05:10:00Z', '');
const key = fc.oneof(
  fc.nat(99).map((n) => `${folder}hour=05/minute=07/host.data.${String(n)}.parquet`),
  fc.string({ unit: 'binary' }).map((name) => folder + name),
  fc.constantFrom('', '\n', folder, `${folder}a\nb`, `other/${folder}x`, `${folder}Ω\u{1f98a}`),
);
const row: fc.Arbitrary<DataRow> = fc.record({ key, size: fc.nat(2 ** 50), at: time });
const inOrder = (rows: readonly DataRow[]) =>
  rows.map(({ key: name, size, at }) => JSON.stringify([name, size, at])).sort();

describe('the rows of a day', () => {
  it('come back as they were, whatever their keys are and however many they are', () => {
    fc.assert(
      fc.property(fc.array(row, { maxLength: 30 }), fc.constantFrom(1, 20, 60), (some, times) => {
        const all = Array.from({ length: times }, () => some).flat();
        const rows = new DataRows(folder);
        for (const one of all) rows.push(one);
        expect(inOrder(rows.toArray())).toEqual(inOrder(all));
        expect(inOrder(rows.toArray())).toEqual(inOrder(all));
      }),
    );
  });

  it('keep the order of usual ones', () => {
    const rows = new DataRows(folder);
    const keys = Array.from({ length: 1_000 }, (_, n) => `${folder}hour=05/minute=07/${String(n).padStart(4, '0')}`);
    for (const name of keys) rows.push({ key: name, size: 1, at: '2026-11-20T05:10:00.000Z' });
    expect(rows.toArray().map((one) => one.key)).toEqual(keys);
  });
});
