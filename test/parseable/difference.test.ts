import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDay } from '../../src/parseable/difference.ts';
import { anyKey } from '../hostile/keys.ts';

interface Row {
  key: string;
  size: number;
}
interface Claim extends Row {
  manifest: number;
}
type Told =
  | { what: 'unreferenced'; key: string }
  | { what: 'missing'; key: string; claims: Claim[] }
  | { what: 'mismatched'; key: string; claims: Claim[] };

function compare(listed: Row[], claims: Claim[]): Told[] {
  const told: Told[] = [];
  compareDay(listed, claims, {
    unreferenced: ({ key }) => told.push({ what: 'unreferenced', key }),
    missing: (of) => told.push({ what: 'missing', key: of[0]?.key ?? '', claims: [...of] }),
    mismatched: ({ key }, of) => told.push({ what: 'mismatched', key, claims: [...of] }),
  });
  return told;
}

/** The same, with everything held in maps; a map keeps claims in the order of their coming, as a stable sort does. */
function naively(listed: readonly Row[], claims: readonly Claim[]): Told[] {
  const byKey = new Map<string, Claim[]>();
  for (const claim of claims) byKey.set(claim.key, [...(byKey.get(claim.key) ?? []), claim]);
  const keys = new Set(listed.map(({ key }) => key));
  const told: Told[] = [];
  for (const { key, size } of listed) {
    const of = byKey.get(key);
    if (of === undefined) told.push({ what: 'unreferenced', key });
    else if (!of.some((claim) => claim.size === size)) told.push({ what: 'mismatched', key, claims: of });
  }
  for (const [key, of] of byKey) if (!keys.has(key)) told.push({ what: 'missing', key, claims: of });
  return told.sort((a, b) => (a.key < b.key ? -1 : 1));
}

const fewKeys = fc.oneof(fc.constantFrom('a', 'b', 'c', 'ab', '', '\ud83e\udd8a', '\uffff', 'é'), anyKey);
const row = fc.record({ key: fewKeys, size: fc.nat(2) });
const rows = fc.uniqueArray(row, { selector: ({ key }) => key, maxLength: 12 });
const claims = fc.array(fc.record({ key: fewKeys, size: fc.nat(2), manifest: fc.nat(3) }), { maxLength: 20 });

describe('the difference of a day', () => {
  it('is what maps of all keys tell, in the order of the keys', () => {
    fc.assert(
      fc.property(rows, claims, (listed, claimed) => {
        const expected = naively(listed, claimed);
        expect(compare([...listed], [...claimed])).toEqual(expected);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is the same for lists that are sorted already', () => {
    const sorted = <T extends Row>(list: T[]) => [...list].sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));
    fc.assert(
      fc.property(rows, claims, (listed, claimed) => {
        expect(compare(sorted(listed), sorted(claimed))).toEqual(naively(listed, claimed));
      }),
    );
  });

  it('is nothing where listing and manifests agree', () => {
    fc.assert(
      fc.property(rows, (listed) => {
        expect(
          compare(
            listed,
            [...listed].reverse().map((one) => ({ ...one, manifest: 0 })),
          ),
        ).toEqual([]);
      }),
    );
  });

  it('holds a size right when one of several manifests has it', () => {
    const claimed = [
      { key: 'a', size: 1, manifest: 0 },
      { key: 'a', size: 2, manifest: 1 },
    ];
    expect(compare([{ key: 'a', size: 2 }], [...claimed])).toEqual([]);
    expect(compare([{ key: 'a', size: 3 }], [...claimed])).toEqual([{ what: 'mismatched', key: 'a', claims: claimed }]);
  });

  it('tells a file that is gone once, with all who claim it', () => {
    const claimed = [
      { key: 'a', size: 1, manifest: 0 },
      { key: 'a', size: 1, manifest: 1 },
    ];
    expect(compare([], [...claimed])).toEqual([{ what: 'missing', key: 'a', claims: claimed }]);
  });
});
