import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allowance, emptyPile, heap, keysKept, pileUp, type OnPile, type Pile } from '../../../src/audit/deep/pile.ts';

const at = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const one: fc.Arbitrary<OnPile> = fc
  .record({
    sums: fc.record({ key: fc.string(), size: fc.nat(), at }),
    more: fc.record({ claimedBytes: fc.nat(), files: fc.nat(), fileBytes: fc.nat() }, { requiredKeys: [] }),
  })
  .map(({ sums, more }) => ({ ...sums, ...more }));
const some = fc.array(one, { maxLength: 20 });

const piled = (all: readonly OnPile[], keep = allowance()): Pile => {
  const pile = emptyPile();
  for (const each of all) pileUp(pile, each, keep);
  return pile;
};
const sum = (numbers: readonly number[]) => numbers.reduce((all, each) => all + each, 0);

describe('a pile', () => {
  it('adds up what is put on it', () => {
    fc.assert(
      fc.property(some, (all) => {
        const times = all.map((each) => each.at).sort();
        expect(piled(all)).toMatchObject({
          objects: all.length,
          bytes: sum(all.map(({ size }) => size)),
          oldest: times[0] ?? null,
          newest: times.at(-1) ?? null,
          keys: all.map(({ key }) => key),
        });
        const claimed = all.flatMap(({ claimedBytes }) => claimedBytes ?? []);
        expect(piled(all).claimedBytes).toBe(claimed.length === 0 ? undefined : sum(claimed));
      }),
    );
  });

  it('heaped upon another is a pile of both', () => {
    fc.assert(
      fc.property(some, some, (a, b) => {
        const pile = piled(a);
        heap(pile, piled(b));
        expect(pile).toEqual(piled([...a, ...b]));
      }),
    );
  });

  it('keeps the reason of the first', () => {
    const pile = piled([
      { key: 'a', size: 0, at: '', why: 'first' },
      { key: 'b', size: 0, at: '', why: 'second' },
    ]);
    heap(pile, piled([{ key: 'c', size: 0, at: '', why: 'third' }]));
    expect(pile.why).toBe('first');
  });

  it('counts what it keeps no key of, and shares how many it may keep', () => {
    const keep = { left: 3 };
    const all = ['a', 'b'].map((key) => ({ key, size: 1, at: '' }));
    expect([piled(all, keep), piled(all, keep)].map(({ objects, keys }) => [objects, keys])).toEqual([
      [2, ['a', 'b']],
      [2, ['a']],
    ]);
    expect(keep.left).toBe(0);
  });

  it('never has more keys than evidence may hold, however it is heaped', () => {
    const many = Array.from({ length: keysKept - 1 }, (_, n) => ({ key: String(n), size: 1, at: '' }));
    const pile = piled(many);
    heap(pile, piled(many));
    expect([pile.objects, pile.keys.length]).toEqual([2 * many.length, keysKept]);
  });
});
