import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addRows, emptyListing } from '../../../src/audit/deep/day-listing.ts';
import type { DayLook, Sort } from '../../../src/audit/deep/day-look.ts';
import { allowance } from '../../../src/audit/deep/pile.ts';
import {
  reconcile,
  referencesPrint,
  type Claim,
  type DayCase,
  type ReadManifest,
} from '../../../src/audit/deep/reconcile.ts';
import type { Naming, References } from '../../../src/audit/deep/references.ts';
import type { Listed } from '../../../src/bucket/page.ts';

const now = new Date('2026-11-24T06:00:00.000Z');
const day = '2026-11-24';
const hourMs = 3_600_000;
const folder = `app/date=${day}/`;
const minute = `${folder}hour=05/minute=07/`;
/** Two with a tail, one of the form from before there were manifests. */
const files = [
  `${minute}host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`,
  `${minute}b.parquet`,
  `${minute}host.data.parquet`,
];
const manifestKeys = [`${folder}manifest.json`, `${folder}host.manifest.json`, `${folder}other.manifest.json`];

/** Ages around every grace there is. */
const at = fc.constantFrom(0.5, 2, 30, 100).map((hours) => new Date(now.getTime() - hours * hourMs).toISOString());
const row = (keys: readonly string[]): fc.Arbitrary<Listed> =>
  fc.record({ key: fc.constantFrom(...keys), size: fc.nat(2), lastModified: at, etag: fc.constantFrom('"a"', '"b"') });
const rows = (keys: readonly string[]) => fc.uniqueArray(row(keys), { selector: ({ key }) => key });
const claims: fc.Arbitrary<Claim[]> = fc.array(
  fc.record({ key: fc.constantFrom(...files), size: fc.nat(2), at, named: fc.boolean() }),
  { maxLength: 6 },
);
const naming: fc.Arbitrary<Naming> = fc.record({ oldest: at, newest: at, dead: fc.boolean() });
const names = fc
  .uniqueArray(fc.tuple(fc.constantFrom(...manifestKeys), naming), { selector: ([key]) => key })
  .map((all) => new Map(all));
const references: fc.Arbitrary<References> = fc.record({
  byDay: fc.constant(new Map()),
  whole: fc.boolean(),
  unread: fc.boolean(),
  snapshots: fc.boolean(),
  oldest: fc.constant(null),
});

interface Drawn {
  data: Listed[];
  foreign: Listed[];
  manifests: (Listed & { zstd: boolean; why: string | null })[];
  claims: Claim[];
  names: Map<string, Naming>;
  references: References;
}
const drawn: fc.Arbitrary<Drawn> = fc.record({
  data: rows(files),
  foreign: rows([`${folder}notes.txt`, `${minute}notes.txt`]),
  manifests: fc
    .tuple(
      rows(manifestKeys),
      fc.array(fc.record({ zstd: fc.boolean(), why: fc.option(fc.constant('it is cut')) }), {
        minLength: 3,
        maxLength: 3,
      }),
    )
    .map(([all, states]) => all.map((one, index) => ({ ...one, zstd: false, why: null, ...states[index] }))),
  claims,
  names,
  references,
});

const read = ({ zstd, why, ...listed }: Drawn['manifests'][number], named: boolean): ReadManifest => ({
  listed,
  named,
  zstd,
  why,
  files: 1,
  fileBytes: 2,
});
function caseOf({ data, foreign, manifests, claims: all, ...more }: Drawn, only?: DayCase['only']): DayCase {
  const listing = emptyListing('app/', day);
  addRows(listing, [...data, ...foreign, ...manifests]);
  return {
    ...more,
    listing,
    manifests: manifests.map((one) => read(one, more.names.has(one.key))),
    claims: [...all],
    reaches: [],
    now,
    keep: allowance(),
    ...(only === undefined ? {} : { only }),
  };
}

const ageOf = (time: string) => (now.getTime() - Date.parse(time)) / hourMs;
const latest = (...times: string[]) => times.sort().at(-1) ?? '';

/** What is to be told, sort by sort, from sets and maps of all there is: `sort key`, and whether it is young. */
function naively(one: Drawn): string[] {
  const told: string[] = [];
  const tell = (sort: Sort, key: string, young = false) => told.push(`${sort} ${key}${young ? ' (young)' : ''}`);
  for (const { key } of one.foreign) tell('foreign', key);
  const claimsOf = (key: string) => one.claims.filter((claim) => claim.key === key);
  for (const { key, size, lastModified } of one.data) {
    const all = claimsOf(key);
    const named = all.find((claim) => claim.named);
    if (all.length === 0)
      tell(key.endsWith('.data.parquet') ? 'untailed' : 'unreferenced', key, ageOf(lastModified) < 24);
    else if (all.every((claim) => claim.size !== size) && named !== undefined)
      tell('mismatched', key, ageOf(latest(lastModified, named.at)) < 1);
  }
  for (const key of files) {
    const named = claimsOf(key).find((claim) => claim.named);
    if (named !== undefined && !one.data.some((row) => row.key === key)) tell('missing', key, ageOf(named.at) < 1);
  }
  const there = new Set(one.manifests.map(({ key }) => key));
  for (const [key, { newest, dead }] of one.names)
    if (!there.has(key) && !dead) tell('manifest-missing', key, ageOf(newest) < 1);
  for (const { key, why, zstd, lastModified } of one.manifests) {
    if (why !== null) tell('manifest-corrupt', key);
    if (zstd) tell('zstd', key);
    if (!one.names.has(key) && one.references.whole && one.references.snapshots)
      tell('manifest-unreferenced', key, ageOf(lastModified) < 24);
  }
  return told.sort();
}

const told = ({ found }: DayLook): string[] =>
  Object.entries(found)
    .flatMap(([sort, { settled, young }]) => [
      ...settled.keys.map((key) => `${sort} ${key}`),
      ...young.keys.map((key) => `${sort} ${key} (young)`),
    ])
    .sort();

describe('a day that is held against what refers to it', () => {
  it('tells what a plain look at everything tells', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        expect(told(reconcile(caseOf(one)))).toEqual(naively(one));
      }),
      { numRuns: 2_000 },
    );
  });

  it('counts what is there, whatever is wrong', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const sum = (all: readonly Listed[]) => all.reduce((bytes, { size }) => bytes + size, 0);
        const all = [...one.data, ...one.foreign, ...one.manifests];
        expect(reconcile(caseOf(one))).toMatchObject({
          day,
          lookedAt: now.toISOString(),
          objects: all.length,
          bytes: sum(all),
          dataObjects: one.data.length,
          dataBytes: sum(one.data),
          youngBytes: sum(one.data.filter(({ lastModified }) => ageOf(lastModified) < 1)),
          manifests: one.manifests.length,
        });
      }),
    );
  });

  it('is the same in whatever order its parts come', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const turned: Drawn = { ...one, data: [...one.data].reverse(), manifests: [...one.manifests].reverse() };
        const [a, b] = [reconcile(caseOf(one)), reconcile(caseOf(turned))];
        expect([told(b), b.listing, b.references]).toEqual([told(a), a.listing, a.references]);
      }),
    );
  });

  it('tells in a second look what the first one told, too, and is not relied on where it passed something over', () => {
    fc.assert(
      fc.property(drawn, fc.func(fc.boolean()), (one, chosen) => {
        // What is seen in the listing alone is told in any case.
        const plain = (sort: Sort) => sort === 'foreign' || sort === 'zstd';
        const only = (sort: Sort, key: string) => plain(sort) || chosen(sort, key);
        const whole = naively(one);
        const kept = whole.filter((line) => {
          const [sort = '', key = ''] = line.split(' ');
          return only(sort as Sort, key);
        });
        const look = reconcile(caseOf(one, only));
        expect(told(look)).toEqual(kept);
        expect(look.listing === '').toBe(kept.length < whole.length || one.references.unread);
      }),
      { numRuns: 500 },
    );
  });

  it('tells every data file that no manifest lists as spare', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const spare: string[] = [];
        reconcile({ ...caseOf(one), spare: ({ key }) => spare.push(key) });
        const claimed = new Set(one.claims.map(({ key }) => key));
        expect(spare.sort()).toEqual(
          one.data
            .map(({ key }) => key)
            .filter((key) => !claimed.has(key))
            .sort(),
        );
      }),
    );
  });

  it('has no grace for a missing manifest once the day is long over', () => {
    const newest = now.toISOString();
    const one: Drawn = {
      data: [],
      foreign: [],
      manifests: [],
      claims: [],
      names: new Map([['app/date=2026-11-20/manifest.json', { oldest: newest, newest, dead: false }]]),
      references: { byDay: new Map(), whole: true, unread: false, snapshots: true, oldest: null },
    };
    const of = (over: string) => told(reconcile({ ...caseOf(one), listing: emptyListing('app/', over) }));
    expect(of('2026-11-22')).toEqual(['manifest-missing app/date=2026-11-20/manifest.json']);
    expect(of('2026-11-23')).toEqual(['manifest-missing app/date=2026-11-20/manifest.json (young)']);
  });
});

describe('the print of what refers to a day', () => {
  it('is another when a manifest, its ETag or a name changed, and else the same', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const print = (of: Drawn) => referencesPrint(of, of.names, of.references);
        expect(
          print({ ...one, manifests: [...one.manifests].reverse(), names: new Map([...one.names].reverse()) }),
        ).toBe(print(one));
        expect(print({ ...one, data: [] })).toBe(print(one));
        const [first, ...rest] = one.manifests;
        if (first !== undefined) {
          expect(print({ ...one, manifests: rest })).not.toBe(print(one));
          expect(print({ ...one, manifests: [{ ...first, etag: '"c"' }, ...rest] })).not.toBe(print(one));
        }
        for (const [key, { oldest, newest, dead }] of one.names) {
          const without = new Map([...one.names].filter(([other]) => other !== key));
          expect(print({ ...one, names: without })).not.toBe(print(one));
          expect(print({ ...one, names: new Map([...one.names, [key, { oldest, newest, dead: !dead }]]) })).not.toBe(
            print(one),
          );
        }
        const { whole, snapshots } = one.references;
        expect(print({ ...one, references: { ...one.references, whole: !whole } })).not.toBe(print(one));
        expect(print({ ...one, references: { ...one.references, snapshots: !snapshots } })).not.toBe(print(one));
      }),
    );
  });
});
