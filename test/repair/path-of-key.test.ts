import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOfPath } from '../../src/parseable/key-of-path.ts';
import { pathOfKey } from '../../src/repair/path-of-key.ts';
import { anyKey } from '../hostile/keys.ts';

describe('the path of a key', () => {
  it.each([
    ['app/date=2026-11-01/h.manifest.json', 'app/date=2026-11-01/h.manifest.json'],
    ['app/date=2026-11-01/level=a b%231%7E/x.parquet', 'app/date=2026-11-01/level=a b#1~/x.parquet'],
    ['gr%C3%B6%C3%9Fe/date=2026-11-01/x.parquet', 'größe/date=2026-11-01/x.parquet'],
  ])('of %s is %s', (key, path) => {
    expect(pathOfKey(key, key.slice(0, key.indexOf('/') + 1))).toBe(path);
  });

  it.each([
    ['with a character that Parseable encodes', 'app/a#b'],
    ['with an escape in lower case', 'app/a%2fb'],
    ['with an escape of what needs none', 'app/%41'],
    ['with bytes that are no UTF-8', 'app/%FF'],
    ['with a slash that was encoded', 'app/a%2Fb'],
    ['with a control character', 'app/a%0Ab'],
    ['with an empty segment', 'app//b'],
    ['with a segment that leads up', 'app/../b'],
  ])('that is one %s is none', (_, key) => {
    expect(pathOfKey(key, 'app/')).toBeNull();
  });

  it('leads back to the key, or is none', () => {
    fc.assert(
      fc.property(anyKey, (part) => {
        const key = `app/${part}`;
        const path = pathOfKey(key, 'app/');
        if (path !== null) expect(keyOfPath(path, 'app/')).toBe(key);
      }),
    );
  });
});
