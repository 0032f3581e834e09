import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays, packDays, unpackDays } from '../../src/parseable/days.ts';
import { manifestsOf, readSnapshot, unite, type Snapshot } from '../../src/parseable/snapshot.ts';

const listed = (path: string, lower?: unknown) => ({ manifest_path: path, time_lower_bound: lower });
const read = (...entries: unknown[]): Snapshot => {
  const snapshot = readSnapshot({ version: 'v2', manifest_list: entries });
  if (snapshot === null) throw new Error('no snapshot');
  return snapshot;
};
const path = (day: string, host = 'h') => `app/date=${day}/${host}.manifest.json`;

const day = fc.integer({ min: 0, max: 2_000 }).map((n) => addDays('2022-01-01', n));
const manifestPath = fc.oneof(
  fc.tuple(day, fc.constantFrom('a', 'b', 'ingestor.c')).map(([one, host]) => path(one, host)),
  fc.constantFrom('odd', '__proto__', 'date=2026-02-30/manifest.json', 'a/date=2026-01-01/date=2026-01-02/m', ''),
);

describe('a snapshot', () => {
  it('gives back every manifest that it was packed from, each once', () => {
    fc.assert(
      fc.property(fc.array(manifestPath, { maxLength: 60 }), (paths) => {
        const snapshot = read(...paths.map((one) => listed(one)));
        expect(manifestsOf(snapshot).sort()).toEqual([...new Set(paths)].sort());
        const twice = paths.filter((one, at) => paths.indexOf(one) !== at);
        expect([...snapshot.repeated].sort()).toEqual([...new Set(twice)].sort());
      }),
    );
  });

  it('is small for a stream that wrote every day of a year', () => {
    const year = Array.from({ length: 365 }, (_, n) => listed(path(addDays('2026-01-01', n))));
    expect(read(...year).manifests).toEqual({ 'app/date=*/h.manifest.json': ['2026-01-01..2026-12-31'] });
  });

  it('begins with its smallest lower bound, or with the day of a path without one', () => {
    expect(read(listed(path('2026-11-03'), '2026-11-03T00:00:00Z'), listed(path('2026-11-04'))).oldest).toBe(
      '2026-11-03',
    );
    expect(read(listed(path('2026-11-03'), '2026-11-02T23:00:00Z')).oldest).toBe('2026-11-02');
    expect(read(listed(path('2026-11-03'), 'soon')).oldest).toBe('2026-11-03');
    expect(read(listed('odd')).oldest).toBeNull();
    expect(read().oldest).toBeNull();
  });

  it.each([null, undefined, 7, 'x', [], {}, { manifest_list: 7 }, { manifest_list: [7] }, { manifest_list: [{}] }])(
    'cannot be read from %j',
    (value) => {
      expect(readSnapshot(value)).toBeNull();
    },
  );
});

describe('the union of snapshots', () => {
  it('knows what any of them knows, and what more than one lists', () => {
    const one = read(listed(path('2026-11-01')), listed(path('2026-11-03')), listed('odd'));
    const other = read(
      listed(path('2026-11-02')),
      listed(path('2026-11-03')),
      listed('odd'),
      listed(path('2026-11-03', 'b')),
    );
    expect(unite([one, other])).toEqual({ oldest: '2026-11-01', repeated: [path('2026-11-03'), 'odd'] });
    expect(unite([read(), read()])).toEqual({ oldest: null, repeated: [] });
  });

  it('lists as repeated exactly what stands more than once in all lists together', () => {
    fc.assert(
      fc.property(fc.array(fc.array(manifestPath, { maxLength: 20 }), { maxLength: 4 }), (lists) => {
        const all = lists.flat();
        const twice = all.filter((one, at) => all.indexOf(one) !== at);
        const { repeated } = unite(lists.map((paths) => read(...paths.map((one) => listed(one)))));
        expect([...repeated].sort()).toEqual([...new Set(twice)].sort());
      }),
    );
  });
});

describe('packed days', () => {
  it('are the same days again, ascending', () => {
    fc.assert(
      fc.property(fc.array(day, { maxLength: 40 }), (days) => {
        expect(unpackDays(packDays(days))).toEqual([...new Set(days)].sort());
      }),
    );
  });
});
