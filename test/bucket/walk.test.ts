import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bucket, ListQuery } from '../../src/bucket/bucket.ts';
import type { Failure } from '../../src/bucket/failure.ts';
import { compareKeys } from '../../src/bucket/keys.ts';
import type { Listed } from '../../src/bucket/page.ts';
import type { Cell, Halve } from '../../src/bucket/ranges.ts';
import { commonStart, walk } from '../../src/bucket/walk.ts';

const listed = (key: string): Listed => ({ key, size: 1, lastModified: '2026-11-01T00:00:00.000Z', etag: '"1"' });

interface Store {
  keys: readonly string[];
  pageSize?: number;
  /** What is wrong with the n-th page that is asked for, counted from 0. */
  trouble?: (page: number) => Failure | 'empty' | 'short' | null;
  ignoresStartAfter?: boolean;
  /** Lists nothing after a key that does not begin with the prefix. */
  wantsPrefixInStart?: boolean;
  /** After a key that does not exist, the token of the first page leaves one key out. */
  losesAfterStart?: boolean;
  order?: (a: string, b: string) => number;
}

/** A bucket of these keys; each page comes after some turns of the event loop, so that slots overtake each other. */
function bucketOf(store: Store) {
  const { keys, pageSize = 3, trouble = () => null, order = compareKeys } = store;
  const { ignoresStartAfter = false, wantsPrefixInStart = false, losesAfterStart = false } = store;
  const sorted = [...keys].sort(order);
  const asked: ListQuery[] = [];
  const bucket = {
    async *pages(query: ListQuery) {
      const start = ignoresStartAfter ? '' : (query.startAfter ?? '');
      const isStrange = wantsPrefixInStart && start !== '' && !start.startsWith(query.prefix);
      const own = sorted.filter(
        (key) => key.startsWith(query.prefix) && (start === '' || order(key, start) > 0) && !isStrange,
      );
      let lost = losesAfterStart && start !== '' && !sorted.includes(start) ? 1 : 0;
      let at = 0;
      do {
        const odd = trouble(asked.length);
        asked.push(query);
        for (let turns = (asked.length * 7) % 5; turns > 0; turns--) await Promise.resolve();
        if (odd !== null && typeof odd === 'object') {
          yield { state: 'unknown', failure: odd } as const;
          return;
        }
        const rows = own.slice(at, at + (odd === 'empty' ? 0 : odd === 'short' ? 1 : pageSize));
        at += rows.length;
        yield { state: 'present', value: { objects: rows.map(listed), prefixes: [], more: at < own.length } } as const;
        at += lost;
        lost = 0;
      } while (at < own.length);
    },
  } as unknown as Bucket;
  return { bucket, asked };
}

interface Walked {
  /** Of each cell that is done: its keys, in order. */
  whole: Map<number, string[]>;
  failed: Map<number, Failure>;
  again: number;
}

async function walked(
  bucket: Bucket,
  cells: readonly Cell[],
  slots: number,
  halve?: Halve,
  weights?: number[],
): Promise<Walked> {
  const underWay = new Map<number, string[]>();
  const result: Walked = { whole: new Map(), failed: new Map(), again: 0 };
  await walk(
    bucket,
    cells,
    { slots, weights, ...(halve === undefined ? {} : { halve }) },
    {
      onPage: async (cell, objects) => {
        expect(result.whole.has(cell)).toBe(false);
        underWay.set(cell, [...(underWay.get(cell) ?? []), ...objects.map(({ key }) => key)]);
        await Promise.resolve();
      },
      onCell: (cell) => {
        expect(result.whole.has(cell)).toBe(false);
        result.whole.set(cell, (underWay.get(cell) ?? []).sort(compareKeys));
      },
      onFailure: (cell, failure) => {
        expect(result.failed.has(cell)).toBe(false);
        result.failed.set(cell, failure);
      },
      onAgain: (cell) => {
        result.again++;
        underWay.delete(cell);
      },
    },
  );
  return result;
}

const inCell = (keys: readonly string[], { from, to }: Cell): string[] =>
  keys.filter((key) => compareKeys(key, from) >= 0 && compareKeys(key, to) < 0).sort(compareKeys);

const letters = ['a', 'b', 'c', '-', '.', '/', '0', '1', '=', 'é', '\u{1f98a}', '\uffee'];
const key = fc.string({ unit: fc.constantFrom(...letters), minLength: 1, maxLength: 6 });
const keys = fc.uniqueArray(key, { maxLength: 60 });
/** Cells between borders, of which some stretches are left out. */
const cells = fc
  .uniqueArray(fc.string({ unit: fc.constantFrom(...letters), minLength: 2, maxLength: 4 }), {
    minLength: 2,
    maxLength: 10,
  })
  .chain((borders) =>
    fc.tuple(fc.constant(borders.sort(compareKeys)), fc.array(fc.boolean(), { minLength: 10, maxLength: 10 })),
  )
  .map(([borders, kept]) =>
    borders.slice(1).flatMap((to, index): Cell[] => (kept[index] === true ? [{ from: borders[index] ?? '', to }] : [])),
  );
/** Cuts a cell at a key that may be anywhere in it. */
const halving =
  (store: readonly string[], all: readonly Cell[]): Halve =>
  (cell, after) => {
    const own = inCell(store, all[cell] ?? { from: '', to: '' }).filter((one) => compareKeys(one, after) > 0);
    const middle = own[Math.floor(own.length / 2)];
    return middle === undefined ? null : { at: middle, left: 0.9 };
  };
const slots = fc.constantFrom(1, 2, 3, 8, 64);
const pageSize = fc.constantFrom(1, 2, 3, 10);

describe('a walk', () => {
  it('delivers each key of each cell once, whatever the cells, the pages and the slots', async () => {
    await fc.assert(
      fc.asyncProperty(keys, cells, slots, pageSize, fc.boolean(), async (store, all, many, rows, weighed) => {
        const { bucket } = bucketOf({ keys: store, pageSize: rows });
        const weights = weighed ? all.map((cell) => inCell(store, cell).length * 1_000) : undefined;
        const { whole, failed, again } = await walked(bucket, all, many, halving(store, all), weights);
        expect([failed.size, again]).toEqual([0, 0]);
        expect(Object.fromEntries(whole)).toEqual(Object.fromEntries(all.map((cell, at) => [at, inCell(store, cell)])));
      }),
      { numRuns: 600 },
    );
  });

  it('takes short and empty pages for what they are', async () => {
    await fc.assert(
      fc.asyncProperty(
        keys,
        cells,
        slots,
        fc.array(fc.constantFrom('empty' as const, 'short' as const, null)),
        async (store, all, many, odd) => {
          const { bucket } = bucketOf({ keys: store, trouble: (page) => odd[page] ?? null });
          const { whole } = await walked(bucket, all, many);
          expect(Object.fromEntries(whole)).toEqual(
            Object.fromEntries(all.map((cell, at) => [at, inCell(store, cell)])),
          );
        },
      ),
    );
  });

  it('tells the cells that it cannot have, and delivers all others whole', async () => {
    const denied: Failure = { operation: 'ListObjectsV2', code: 'AccessDenied', status: 403, message: '' };
    await fc.assert(
      fc.asyncProperty(keys, cells, slots, fc.array(fc.boolean(), { maxLength: 20 }), async (store, all, many, bad) => {
        const { bucket } = bucketOf({ keys: store, trouble: (page) => (bad[page] === true ? denied : null) });
        const { whole, failed } = await walked(bucket, all, many, halving(store, all));
        expect([...whole.keys(), ...failed.keys()].sort((a, b) => a - b)).toEqual([...all.keys()]);
        for (const [at, found] of whole) expect(found).toEqual(inCell(store, all[at] ?? { from: '', to: '' }));
      }),
      { numRuns: 300 },
    );
  });

  it('asks a busy store again, and loses nothing', async () => {
    const busy: Failure = { operation: 'ListObjectsV2', code: 'SlowDown', status: 503, message: '' };
    await fc.assert(
      fc.asyncProperty(keys, cells, slots, fc.integer({ min: 2, max: 9 }), async (store, all, many, every) => {
        const { bucket } = bucketOf({
          keys: store,
          trouble: (page) => (page > 0 && page < 40 && page % every === 0 && every > 3 ? busy : null),
        });
        const { whole, failed } = await walked(bucket, all, many);
        for (const [at, found] of whole) expect(found).toEqual(inCell(store, all[at] ?? { from: '', to: '' }));
        expect(whole.size + failed.size).toBe(all.length);
      }),
    );
    const many = Array.from({ length: 50 }, (_, at) => `a/${String(at).padStart(2, '0')}`);
    const { bucket } = bucketOf({ keys: many, trouble: (page) => (page === 2 || page === 5 ? busy : null) });
    expect((await walked(bucket, [{ from: 'a/', to: 'a0' }], 1)).whole.get(0)).toEqual(many);
  });

  it.each<[string, Partial<Store>]>([
    ['ignores where a listing is to begin', { ignoresStartAfter: true }],
    ['orders keys as JavaScript does', { order: (a, b) => (a < b ? -1 : a > b ? 1 : 0) }],
  ])('goes plainly through a store that %s', async (_, odd) => {
    const store = ['a/1', 'a/2', 'a/\uffee', 'a/\u{1f98a}', 'b/1', 'b/2', 'b/3', 'b/4', 'c/1', 'c/9'];
    const all: Cell[] = ['a', 'b', 'c'].map((name) => ({ from: `${name}/`, to: `${name}0` }));
    for (const size of [1, 2, 10]) {
      const { bucket } = bucketOf({ keys: store, pageSize: size, ...odd });
      const { whole } = await walked(bucket, all, 2);
      expect(Object.fromEntries(whole)).toEqual(Object.fromEntries(all.map((cell, at) => [at, inCell(store, cell)])));
    }
  });

  it.each<[string, Partial<Store>]>([
    ['lists nothing after a key without the prefix', { wantsPrefixInStart: true }],
    ['leaves a key out on the page after the first, where that began after no key', { losesAfterStart: true }],
  ])('loses no key of a store that %s', async (_, odd) => {
    await fc.assert(
      fc.asyncProperty(keys, cells, slots, pageSize, async (store, all, many, rows) => {
        const { bucket } = bucketOf({ keys: store, pageSize: rows, ...odd });
        const { whole, again } = await walked(bucket, all, many, halving(store, all));
        expect(again).toBe(0);
        expect(Object.fromEntries(whole)).toEqual(Object.fromEntries(all.map((cell, at) => [at, inCell(store, cell)])));
      }),
      { numRuns: 300 },
    );
  });

  it('begins a folder with its prefix alone, which every store understands', async () => {
    const store = ['a/1', 'a/2', 'b/1', 'c/1', 'c/9'];
    const all: Cell[] = ['a', 'b', 'c'].map((name) => ({ from: `${name}/`, to: `${name}0` }));
    for (const many of [1, 2, 8]) {
      const { bucket } = bucketOf({ keys: store, pageSize: 1, wantsPrefixInStart: true });
      const { whole } = await walked(bucket, all, many);
      expect(Object.fromEntries(whole)).toEqual(Object.fromEntries(all.map((cell, at) => [at, inCell(store, cell)])));
    }
  });

  it('throws what its listener throws', async () => {
    const { bucket } = bucketOf({ keys: ['a/1'] });
    const events = { onCell: () => undefined, onFailure: () => undefined, onAgain: () => undefined };
    const failing = { ...events, onPage: () => Promise.reject(new Error('no room')) };
    await expect(walk(bucket, [{ from: 'a/', to: 'a0' }], { slots: 4 }, failing)).rejects.toThrow('no room');
  });

  it('asks for small cells that are neighbours together', async () => {
    const store = Array.from({ length: 100 }, (_, at) => `s/${String(at).padStart(2, '0')}/x`);
    const all = store.map((one) => ({ from: one.slice(0, -1), to: `${one.slice(0, -2)}0` }));
    const { bucket, asked } = bucketOf({ keys: store, pageSize: 1_000 });
    expect((await walked(bucket, all, 4)).whole.size).toBe(100);
    expect(asked.length).toBeLessThanOrEqual(4);
  });
});

describe('what all keys of a stretch begin with', () => {
  it.each([
    ['a/', 'a0', 'a/'],
    ['app/date=2026-11-18/', 'app/date=2026-11-190', 'app/date=2026-11-1'],
    ['a/', 'b0', ''],
  ])('from %s to %s is %j', (from, to, start) => {
    expect(commonStart(from, to)).toBe(start);
  });

  it('is no half of a character, and leaves no key of it out', () => {
    fc.assert(
      fc.property(key, key, key, (a, b, between) => {
        const [from, , to] = [a, b, between].sort(compareKeys);
        const [, middle] = [a, b, between].sort(compareKeys);
        if (from === undefined || to === undefined || middle === undefined || from === to || middle === to) return;
        expect(middle.startsWith(commonStart(from, to))).toBe(true);
        expect(commonStart(from, to).isWellFormed()).toBe(true);
      }),
    );
  });
});
