import { describe, expect, it } from 'vitest';
import {
  consequenceOf,
  consequences,
  newestRelease,
  type Conditions,
  type Damage,
} from '../../src/findings/consequences.ts';
import { isKind, kinds, type Kind, type Severity } from '../../src/findings/kinds.ts';
import { compareVersions } from '../../src/findings/version.ts';

const allKinds = Object.keys(kinds).filter(isKind);
const plain: Conditions = {
  multiTenant: false,
  hidden: false,
  inTenant: false,
  damage: null,
  retention: false,
  taken: false,
  zstd: false,
};

/** Every border in the table, what lies just below it, and both ends. */
const borders = [
  '0.0.1',
  newestRelease,
  '3.0.0',
  ...consequences.flatMap(({ from, before }) => [from, before]).filter((one) => one !== undefined),
].flatMap((version) => {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  const below =
    patch > 0 ? [major, minor, patch - 1] : minor > 0 ? [major, minor - 1, 99] : [Math.max(0, major - 1), 99, 99];
  return [version, below.join('.')];
});
const versions = [...new Set(borders)];

const flags = [false, true];
const damages: (Damage | null)[] = [null, 'empty', 'not JSON', 'incomplete', 'of an ingest node'];
const everyCondition: Conditions[] = flags
  .flatMap((multiTenant) => flags.map((hidden) => ({ ...plain, multiTenant, hidden })))
  .flatMap((one) => flags.map((inTenant) => ({ ...one, inTenant })))
  .flatMap((one) => damages.map((damage) => ({ ...one, damage })))
  .flatMap((one) => flags.map((retention) => ({ ...one, retention })))
  .flatMap((one) => flags.map((taken) => ({ ...one, taken })))
  .flatMap((one) => flags.map((zstd) => ({ ...one, zstd })));

const severityOf = (kind: Kind, version: string, conditions: Partial<Conditions> = {}): Severity =>
  consequenceOf(kind, version, { ...plain, ...conditions }).severity ?? kinds[kind].severity;

describe('the table of consequences', () => {
  it.each(allKinds)('tells something about %s for every version and bucket', (kind) => {
    const told = versions.flatMap((version) =>
      everyCondition.map((conditions) => consequenceOf(kind, version, conditions).happens),
    );
    expect(told).not.toContain('');
  });

  it('has no row that no server ever comes to', () => {
    const reached = new Set(
      allKinds.flatMap((kind) =>
        versions.flatMap((version) => everyCondition.map((conditions) => consequenceOf(kind, version, conditions))),
      ),
    );
    expect(consequences.filter((row) => !reached.has(row))).toEqual([]);
  });

  it('has clauses that a sentence can be made of', () => {
    for (const { happens, ofServer } of consequences) {
      expect(happens).toMatch(ofServer === false ? /^[A-Z].*[^.]$/ : /^[a-z].*[^.]$/);
      expect(happens).not.toMatch(/[`\n]|\. /);
    }
  });
});

describe('the severity', () => {
  const strict: Kind[] = ['foreign-prefix', 'orphaned-stream-data', 'stream-leftover', 'folder-marker'];

  it.each(strict)(
    'of %s is error for every server before 1.6.3, which does not start with it, and for no other',
    (kind) => {
      for (const version of versions) {
        const expected = compareVersions(version, '1.6.3') < 0 ? 'error' : kinds[kind].severity;
        expect(severityOf(kind, version), version).toBe(expected);
      }
    },
  );

  it('of a foreign prefix is error where a multi-tenant server deletes it, and only there', () => {
    expect(severityOf('foreign-prefix', newestRelease, { multiTenant: true })).toBe('error');
    expect(severityOf('foreign-prefix', '2.0.0', { multiTenant: true })).toBe('error');
    expect(severityOf('foreign-prefix', newestRelease, { multiTenant: true, hidden: true })).toBe('warning');
    expect(severityOf('foreign-prefix', newestRelease, { multiTenant: true, inTenant: true })).toBe('warning');
    expect(severityOf('foreign-prefix', '1.6.2', { multiTenant: true, hidden: true })).toBe('error');
  });

  it('of a missing base file is error from 1.0.0 to 1.6.2, and a note otherwise', () => {
    for (const version of versions) {
      const strictAge = compareVersions(version, '1.0.0') >= 0 && compareVersions(version, '1.6.3') < 0;
      expect(severityOf('stream-metadata-base-missing', version), version).toBe(strictAge ? 'error' : 'note');
    }
  });

  it('of a malformed date folder is error where the stream sets a retention, whatever the server, and a warning otherwise', () => {
    const wrong = versions.flatMap((version) =>
      everyCondition.filter(
        (conditions) =>
          severityOf('malformed-date-prefix', version, conditions) !== (conditions.retention ? 'error' : 'warning'),
      ),
    );
    expect(wrong).toEqual([]);
  });

  const varying: Kind[] = [...strict, 'stream-metadata-base-missing', 'malformed-date-prefix'];
  it.each(allKinds.filter((kind) => !varying.includes(kind)))(
    'of %s is the same for every server and bucket',
    (kind) => {
      const told = versions.flatMap((version) =>
        everyCondition.map((conditions) => severityOf(kind, version, conditions)),
      );
      expect(new Set(told)).toEqual(new Set([kinds[kind].severity]));
    },
  );

  it('is never lighter than usual', () => {
    for (const { kind, severity } of consequences) {
      if (severity !== undefined && severity !== kinds[kind].severity) expect(severity).toBe('error');
    }
  });

  it('speaks of releases that are not newer than the newest', () => {
    for (const { from, before } of consequences) {
      for (const version of [from, before]) {
        if (version !== undefined) expect(compareVersions(version, newestRelease)).toBeLessThanOrEqual(0);
      }
    }
  });
});
