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
  it('leaves what is no escape as it came', () => {
    expect(decodeKey('100%')).toBe('100%');
  });

  it('keeps bytes that are no UTF-8 apart from every text, and from each other', () => {
    expect(decodeKey('a+%ED%A0%80%C3%A9/%FF')).toBe('a \udced\udca0\udc80é/\udcff');
    const bytes = fc.uint8Array({ maxLength: 12 }).map((array) => Buffer.from(array));
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        const encoded = (one: Buffer) => one.toString('hex').replace(/../g, '%$&');
        expect(decodeKey(encoded(a)) === decodeKey(encoded(b))).toBe(a.equals(b));
      }),
    );
  });
});
