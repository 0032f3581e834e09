import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyOfPath } from '../../src/parseable/key-of-path.ts';
import { anyKey } from '../hostile/keys.ts';

const day = 'date=2026-11-01/hour=00/minute=00/';

/** What a server makes of a segment, byte by byte (object_store, src/path/parts.rs). */
const encoded = (segment: string): string =>
  segment === '.' || segment === '..'
    ? segment.replaceAll('.', '%2E')
    : Array.from(Buffer.from(segment), (byte) =>
        byte < 0x20 || byte > 0x7e || '\\{^}%`]">[~<#|*?'.includes(String.fromCharCode(byte))
          ? `%${byte.toString(16).toUpperCase().padStart(2, '0')}`
          : String.fromCharCode(byte),
      ).join('');

const segment = anyKey.map((key) => key.replaceAll('/', '')).filter((text) => text !== '');
const below = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => day + parts.join('/'));
const encodedBelow = (path: string): string => path.split('/').map(encoded).join('/');

describe('the key of a path', () => {
  it.each([
    ['app/', `app/${day}h.data.X.parquet`, `app/${day}h.data.X.parquet`],
    ['app/', `app/${day}k=a b#1~/h.data.X.parquet`, `app/${day}k=a b%231%7E/h.data.X.parquet`],
    ['app/', `app/${day}k=größe/h.data.X.parquet`, `app/${day}k=gr%C3%B6%C3%9Fe/h.data.X.parquet`],
    ['app/', `app/${day}k=a:b@c+d&e,f;(g)!'$/h.parquet`, `app/${day}k=a:b@c+d&e,f;(g)!'$/h.parquet`],
    ['app/', `app/${day}k=50%/h.parquet`, `app/${day}k=50%25/h.parquet`],
    ['app/', `app/${day}../h.parquet`, `app/${day}%2E%2E/h.parquet`],
    ['app/', `app//${day}h.parquet`, `app/${day}h.parquet`],
    ['acme/app/', `acme/app/${day}h.parquet`, `acme/app/${day}h.parquet`],
    // The stream's name as a server wrote it, and as it read it from a listing.
    ['gr%C3%B6%C3%9Fe/', `größe/${day}h.parquet`, `gr%C3%B6%C3%9Fe/${day}h.parquet`],
    ['gr%C3%B6%C3%9Fe/', `gr%C3%B6%C3%9Fe/${day}k=ö/h.parquet`, `gr%C3%B6%C3%9Fe/${day}k=%C3%B6/h.parquet`],
    // Before 0.4.1 names of streams stood in keys as they are.
    ['größe/', `größe/${day}h.parquet`, `größe/${day}h.parquet`],
    // A name that is no percent-encoding.
    ['50%/', `50%/${day}h.parquet`, `50%/${day}h.parquet`],
    // From the tree of a local disk.
    ['app/', `home/u/data/app/${day}h.parquet`, `app/${day}h.parquet`],
    ['app/', `home/ü/data/app/${day}k=a#/h.parquet`, `app/${day}k=a%23/h.parquet`],
    ['gr%C3%B6%C3%9Fe/', `srv/größe/${day}h.parquet`, `gr%C3%B6%C3%9Fe/${day}h.parquet`],
    // Of another stream, whose name ends like this one's.
    ['app/', `srv/webapp/${day}h.parquet`, `srv/webapp/${day}h.parquet`],
    ['app/', `other/${day}h.parquet`, `other/${day}h.parquet`],
  ])('below %s: %s is %s', (prefix, path, key) => {
    expect(keyOfPath(path, prefix)).toBe(key);
  });

  it('is the path with each segment encoded', () => {
    fc.assert(
      fc.property(below, (path) => {
        expect(keyOfPath(`app/${path}`, 'app/')).toBe(`app/${encodedBelow(path)}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('has the prefix of its stream, in whatever of both forms the path has it', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[\p{L}\p{N}_-]+$/u), below, (name, path) => {
        const prefix = `${encoded(name)}/`;
        const key = prefix + encodedBelow(path);
        expect(keyOfPath(`${name}/${path}`, prefix)).toBe(key);
        expect(keyOfPath(prefix + path, prefix)).toBe(key);
      }),
    );
  });

  it('counts from the stream on in a tree that was on a local disk', () => {
    const folders = fc.array(fc.stringMatching(/^[a-z0-9.]+$/), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(folders, below, (parts, path) => {
        expect(keyOfPath(`${parts.join('/')}/App/${path}`, 'App/')).toBe(`App/${encodedBelow(path)}`);
      }),
    );
  });

  it('is printable ASCII for every path', () => {
    fc.assert(
      fc.property(anyKey, (path) => {
        expect(keyOfPath(path, 'app/')).toMatch(/^[ -~]*$/);
        expect(keyOfPath(`app/${path}`, 'app/')).toMatch(/^[ -~]*$/);
      }),
    );
  });
});
