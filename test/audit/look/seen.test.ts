import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endOf, rowsOf, type Row } from '../../../src/audit/look/rows.ts';
import { rowsBelow } from '../../../src/audit/look/seen.ts';
import { compareKeys } from '../../../src/bucket/keys.ts';
import type { Listed } from '../../../src/bucket/page.ts';

const listed = (key: string): Listed => ({ key, size: 1, lastModified: '2026-11-01T00:00:00.000Z', etag: '"1"' });
const row = (key: string): Row => ({ at: key, object: listed(key) });
const page = (keys: string[], prefixes: string[]) => ({ objects: keys.map(listed), prefixes, more: false });

const segment = fc.constantFrom('a', 'b', '.', '~', '\ue000', '\u{1f600}', '');
const key = fc
  .array(segment, { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'))
  .filter((text) => text !== '');

describe('the rows of a page', () => {
  it('are its objects and folded rows in the order of their bytes', () => {
    expect(rowsOf(page(['a/x', 'b', '\u{1f600}'], ['a/date=', '\ue000/date=']), '/date=')?.map(({ at }) => at)).toEqual(
      ['a/date=', 'a/x', 'b', '\ue000/date=', '\u{1f600}'],
    );
  });

  it.each<[string, string[], string[]]>([
    ['objects are out of order', ['b', 'a'], []],
    ['an object comes twice', ['a', 'a'], []],
    ['folded rows are out of order', [], ['b/date=', 'a/date=']],
    ['characters are ordered as JavaScript orders them', ['\u{1f600}', '\ue000'], []],
    ['a key was not folded', ['a/date=2026-11-01/x'], []],
    ['a row was folded elsewhere', [], ['a/']],
    ['a row was folded too late', [], ['a/date=1/date=']],
  ])('are not to be trusted where %s', (_, keys, prefixes) => {
    expect(rowsOf(page(keys, prefixes), '/date=')).toBeNull();
  });
});

describe('the rows below a prefix', () => {
  it('are all that begin with it, or unknown as soon as one of them may lie in a gap', () => {
    const keys = fc.uniqueArray(key, { maxLength: 40 }).map((all) => all.sort(compareKeys));
    fc.assert(
      fc.property(
        keys,
        fc.array(fc.tuple(fc.nat(40), key), { maxLength: 3 }),
        key,
        fc.boolean(),
        (all, wished, of, cut) => {
          // Gaps as a listing leaves them: after some row, past a prefix that this row lies in, or to the end.
          const seen: Row[] = [];
          const gaps: { after: string; upto: string | null }[] = [];
          const leaps = new Map(wished.map(([at, name]) => [at, `${name}/`]));
          let passed: string | null = null;
          for (const [index, name] of all.entries()) {
            if (passed !== null && compareKeys(name, passed) <= 0) continue;
            seen.push(row(name));
            const prefix = leaps.get(index);
            if (prefix === undefined || !name.startsWith(prefix)) continue;
            passed = endOf(prefix);
            gaps.push({ after: name, upto: passed });
          }
          const last = seen.at(-1)?.at ?? '';
          const end = cut
            ? [{ after: passed !== null && compareKeys(passed, last) > 0 ? passed : last, upto: null }]
            : [];
          const prefix = `${of}/`;
          const found = rowsBelow({ rows: seen, gaps: [...gaps, ...end] }, prefix);
          if (found !== null) {
            expect(found.map(({ at }) => at)).toEqual(all.filter((name) => name.startsWith(prefix)));
          } else expect(gaps.length + end.length).toBeGreaterThan(0);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('are known before a gap and after it', () => {
    const seen = { rows: ['a/1', 'b/.x', 'b/1', 'c/1'].map(row), gaps: [{ after: 'b/1', upto: endOf('b/') }] };
    const below = (prefix: string) => rowsBelow(seen, prefix)?.map(({ at }) => at) ?? null;
    expect(['a/', 'b/', 'b/.', 'c/', 'd/'].map(below)).toEqual([['a/1'], null, ['b/.x'], ['c/1'], []]);
  });
});
