import { describe, expect, it } from 'vitest';
import { compareVersions, parseVersion } from '../../src/findings/version.ts';

describe('a version', () => {
  it('is three numbers', () => {
    expect(parseVersion('2.10.0')).toEqual([2, 10, 0]);
    for (const text of ['2.9', 'v2.9.5', '2.9.5-rc1', '']) expect(parseVersion(text)).toBeNull();
  });

  it('is ordered by number, not by letter', () => {
    const versions = ['2.10.0', '0.9.0', '2.9.10', '2.9.9', '1.6.3', '1.6.2', '10.0.0'];
    expect(versions.toSorted(compareVersions)).toEqual([
      '0.9.0',
      '1.6.2',
      '1.6.3',
      '2.9.9',
      '2.9.10',
      '2.10.0',
      '10.0.0',
    ]);
    expect(compareVersions('2.9.5', '2.9.5')).toBe(0);
  });

  it('that is none cannot be compared', () => {
    expect(() => compareVersions('latest', '2.9.5')).toThrow('latest');
    expect(() => compareVersions('2.9.5', 'newest')).toThrow('newest');
  });
});
