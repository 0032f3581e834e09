import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareKeys, decodeKey } from '../../src/bucket/keys.ts';

const keys = fc.string({ unit: 'binary' });

describe('the order of keys', () => {
  it('is that of their UTF-8 bytes, also where UTF-16 differs', () => {
    fc.assert(
      fc.property(keys, keys, (a, b) => {
        expect(Math.sign(compareKeys(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareKeys('\u{1F600}', '\uFFFD')).toBeGreaterThan(0);
  });
});

describe('decoding a listing', () => {
  it('gives back every key as it stands in the bucket', () => {
    fc.assert(
      fc.property(keys, (key) => {
        const encoded = encodeURIComponent(key).replaceAll('%20', '+').replaceAll('%2F', '/');
        expect(decodeKey(encoded)).toBe(key);
      }),
    );
  });
  it('leaves what is not well formed as it came', () => {
    expect(decodeKey('100%')).toBe('100%');
    expect(decodeKey('%FF')).toBe('%FF');
  });
});
