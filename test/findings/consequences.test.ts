import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consequenceOf, consequences, newestRelease, type Conditions } from '../../src/findings/consequences.ts';
import { kinds, type Kind } from '../../src/findings/kinds.ts';
import { compareVersions } from '../../src/findings/version.ts';

/** Versions at and just around every border that the table knows. */
const borders = [
  ...new Set([
    '0.0.1',
    newestRelease,
    ...consequences.flatMap(({ from, before }) => [from, before].filter((v) => v !== undefined)),
  ]),
].sort(compareVersions);

const conditions: Conditions[] = [true, false].flatMap((multiTenant) =>
  [true, false].flatMap((hidden) =>
    [true, false].flatMap((inTenant) =>
      ([null, 'empty', 'not JSON', 'incomplete', 'of an ingest node'] as const).map((damage) => ({
        multiTenant,
        hidden,
        inTenant,
        damage,
      })),
    ),
  ),
);

describe('each row of the table of consequences', () => {
  it.each(
    consequences.map((row) => [
      `${row.kind}, ${row.from ?? 'first'} to before ${row.before ?? 'ever'}: ${row.happens}`,
      row,
    ]),
  )('is told for some server and bucket: %s', (_text, row) => {
    const told = borders.some((version) =>
      conditions.some((one) => {
        try {
          return consequenceOf((row).kind, version, one) === row;
        } catch {
          return false;
        }
      }),
    );
    expect(told).toBe(true);
  });
});

describe('the table of consequences', () => {
  const anyKind = fc.constantFrom(...(Object.keys(kinds) as Kind[]));
  const anyVersion = fc.constantFrom(...borders);

  it('has a row for every kind, server and bucket', () => {
    fc.assert(
      fc.property(anyKind, anyVersion, fc.constantFrom(...conditions), (kind, version, one) => {
        expect(consequenceOf(kind, version, one).kind).toBe(kind);
      }),
      { numRuns: 2_000 },
    );
  });

  const severity = (kind: Kind, version: string, multiTenant = false, hidden = false) =>
    consequenceOf(kind, version, { multiTenant, hidden, inTenant: false, damage: null }).severity ??
    kinds[kind].severity;

  it.each(['foreign-prefix', 'orphaned-stream-data', 'stream-leftover', 'folder-marker'] as const)(
    'makes %s an error for every server before 1.6.3, and not after',
    (kind) => {
      for (const version of borders) {
        expect(severity(kind, version) === 'error', version).toBe(compareVersions(version, '1.6.3') < 0);
      }
    },
  );
  it('makes a foreign prefix an error in a bucket with tenants, unless it is hidden', () => {
    expect([
      severity('foreign-prefix', newestRelease, true),
      severity('foreign-prefix', newestRelease, true, true),
    ]).toEqual(['error', 'warning']);
  });
  it('makes a missing base file an error for 1.0.0 to 1.6.2 only', () => {
    const errors = borders.filter((version) => severity('stream-metadata-base-missing', version) === 'error');
    expect(
      errors.every((version) => compareVersions(version, '1.0.0') >= 0 && compareVersions(version, '1.6.3') < 0),
    ).toBe(true);
    expect(errors).toContain('1.0.0');
  });
});
