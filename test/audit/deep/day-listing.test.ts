import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRows, emptyListing, fingerprintOf } from '../../../src/audit/deep/day-listing.ts';
import type { Listed } from '../../../src/bucket/page.ts';
import { fileOf, manifestOf } from './buckets.ts';

const day = '2026-11-20';
const row = (key: string, size = 10, lastModified = '2026-11-20T05:10:00.000Z'): Listed => ({
  key,
  size,
  lastModified,
  etag: '"a"',
});
const listingOf = (...pages: readonly (readonly Listed[])[]) => {
  const listing = emptyListing('app/', day);
  for (const page of pages) addRows(listing, page);
  return listing;
};

const rows = fc.uniqueArray(
  fc.record({
    key: fc.oneof(
      fc.constantFrom(0, 1, 2).map((n) => fileOf(day, n)),
      fc.string().map((name) => `app/date=${day}/${name}`),
    ),
    size: fc.oneof(fc.nat(100), fc.integer({ min: 2 ** 32, max: 2 ** 42 })),
    lastModified: fc.constantFrom('2026-11-20T05:10:00.000Z', '2026-11-20T05:10:01.000Z'),
    etag: fc.constant('"a"'),
  }),
  { selector: ({ key }) => key, minLength: 1, maxLength: 12 },
);

describe('the listing of a day', () => {
  it('sorts what it holds', () => {
    const folder = `app/date=${day}/hour=05/`;
    const listing = listingOf([row(manifestOf(day)), row(fileOf(day)), row(folder, 0), row(`${folder}notes.txt`)]);
    expect(
      [listing.data.toArray(), listing.manifests, listing.foreign].map((all) => all.map(({ key }) => key)),
    ).toEqual([[fileOf(day)], [manifestOf(day)], [`${folder}notes.txt`]]);
    expect([listing.objects, listing.bytes]).toEqual([4, 30]);
  });

  it('is known again in whatever order and pages it came', () => {
    fc.assert(
      fc.property(rows, fc.nat(12), (all, cut) => {
        const turned = [...all].reverse();
        expect(fingerprintOf(listingOf(turned.slice(0, cut), turned.slice(cut)))).toBe(fingerprintOf(listingOf(all)));
      }),
    );
  });

  it('is another when one row has another size, time or name, is gone, or is new', () => {
    fc.assert(
      fc.property(rows, fc.nat(), (all, index) => {
        const at = index % all.length;
        const changed = (how: (one: Listed) => Listed[]) =>
          all.flatMap((one, place) => (place === at ? how(one) : [one]));
        const print = fingerprintOf(listingOf(all));
        const others: ((one: Listed) => Listed[])[] = [
          () => [],
          (one) => [one, row(`${one.key}+`)],
          (one) => [{ ...one, size: one.size + 1 }],
          (one) => [{ ...one, size: one.size + 2 ** 32 }],
          (one) => [{ ...one, key: `${one.key}+` }],
          (one) => [{ ...one, lastModified: '2026-11-20T05:11:00.000Z' }],
        ];
        for (const how of others) expect(fingerprintOf(listingOf(changed(how)))).not.toBe(print);
      }),
    );
  });

  it('is another when two files change their sizes with each other', () => {
    const [a, b] = [fileOf(day, 0), fileOf(day, 1)];
    expect(fingerprintOf(listingOf([row(a, 1), row(b, 2)]))).not.toBe(fingerprintOf(listingOf([row(a, 2), row(b, 1)])));
  });
});
