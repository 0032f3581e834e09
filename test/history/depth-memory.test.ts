import { createHash } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DayLook, Found, Sort } from '../../src/audit/deep/day-look.ts';
import { nothingKnown, type KnownDepth } from '../../src/audit/deep/known.ts';
import type { Pile } from '../../src/audit/deep/pile.ts';
import { packDepth, unpackDepth } from '../../src/history/depth-memory.ts';

const count = fc.nat();
const at = fc
  .date({ min: new Date('2026-01-01'), max: new Date('2026-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString());
const text = fc.string({ unit: 'binary', maxLength: 20 }).filter((one) => one.isWellFormed());
const pile: fc.Arbitrary<Pile> = fc
  .record({
    sums: fc.record({
      objects: count,
      bytes: count,
      oldest: fc.option(at),
      newest: fc.option(at),
      keys: fc.array(text),
    }),
    extras: fc.record({ claimedBytes: count, files: count, fileBytes: count, why: text }, { requiredKeys: [] }),
  })
  .map(({ sums, extras }) => ({ ...sums, ...extras }));
const found: fc.Arbitrary<Found> = fc.record({ settled: pile, young: pile });
const sorts = {
  foreign: found,
  unreferenced: found,
  untailed: found,
  missing: found,
  mismatched: found,
  'manifest-missing': found,
  'manifest-unreferenced': found,
  'manifest-corrupt': found,
  zstd: found,
} satisfies Record<Sort, fc.Arbitrary<Found>>;
const look: fc.Arbitrary<DayLook> = fc.record({
  day: text,
  lookedAt: at,
  objects: count,
  bytes: count,
  dataObjects: count,
  dataBytes: count,
  youngBytes: count,
  manifests: count,
  found: fc.record(sorts, { requiredKeys: [] }),
  reaches: fc.array(text, { maxLength: 3 }),
  listing: text,
  references: text,
});
/** Prefixes of streams, and keys in them: both have a slash. */
const prefix = fc.oneof(text, fc.constantFrom('__proto__', 'constructor', 'app')).map((name) => `${name}/`);
const record = <T>(of: fc.Arbitrary<T>): fc.Arbitrary<Record<string, T>> =>
  fc
    .uniqueArray(fc.tuple(prefix, of), { selector: ([name]) => name, maxLength: 4 })
    .map((all) => Object.fromEntries(all) as Record<string, T>);
const known: fc.Arbitrary<KnownDepth> = fc.record({
  round: fc.option(at),
  streams: record(fc.record({ days: fc.array(look, { maxLength: 4 }), schemas: record(text) })),
});

const bytesOf = (json: unknown): Buffer => gzipSync(JSON.stringify(json));
const small: KnownDepth = { round: null, streams: { 'app/': { days: [], schemas: { 'app/.stream/.schema': 'a' } } } };

describe('what deep audits know', () => {
  it('is after packing and unpacking what it was', () => {
    fc.assert(
      fc.property(known, text, (one, bucket) => {
        const bytes = packDepth(one, bucket);
        expect(unpackDepth(bytes, bucket)).toEqual(one);
      }),
      { numRuns: 200 },
    );
  });

  it('is packed to the same bytes each time', () => {
    fc.assert(
      fc.property(known, (one) => {
        expect(packDepth(one, 'bucket').equals(packDepth(structuredClone(one), 'bucket'))).toBe(true);
      }),
    );
  });

  it('is worthless where it is torn, wherever', () => {
    const bytes = packDepth(small, 'bucket');
    for (let length = 0; length < bytes.length; length++) {
      expect(unpackDepth(bytes.subarray(0, length), 'bucket')).toBe('worthless');
    }
  });

  it('is worthless where a byte of it was turned, or is what it was', () => {
    const bytes = packDepth(small, 'bucket');
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (place, by) => {
        const turned = Buffer.from(bytes);
        turned[place] = (turned[place] ?? 0) ^ by;
        const read = unpackDepth(turned, 'bucket');
        // Some bytes of the envelope, such as its time, say nothing of what is in it.
        expect(['worthless', small]).toContainEqual(read);
      }),
    );
  });

  it.each([
    ['nothing', Buffer.alloc(0)],
    ['text', Buffer.from('what is this')],
    ['JSON that is not packed', Buffer.from(JSON.stringify({ schemaVersion: 1 }))],
    ['null', bytesOf(null)],
    ['a list', bytesOf([1])],
    ['an object of another kind', bytesOf({ schemaVersion: 1, bucket: 'bucket', findings: [] })],
    ['an older version', bytesOf({ schemaVersion: 0, bucket: 'bucket', round: null, times: [], streams: {} })],
    [
      'a day without figures',
      bytesOf({
        schemaVersion: 1,
        bucket: 'bucket',
        round: null,
        times: [],
        streams: { 'a/': { schemas: {}, days: [['2026-11-01']] } },
      }),
    ],
  ])('is worthless where there is %s in its place', (_, bytes) => {
    expect(unpackDepth(bytes, 'bucket')).toBe('worthless');
  });

  it('of another bucket is worthless', () => {
    expect(unpackDepth(packDepth(small, 'other'), 'bucket')).toBe('worthless');
    expect(unpackDepth(packDepth(small, 'bucket'), 'bucket')).toEqual(small);
  });

  it('that a newer release wrote is told from what is worthless, whatever its form', () => {
    expect(unpackDepth(bytesOf({ schemaVersion: 2, depth: 'elsewhere' }), 'bucket')).toBe('newer');
  });

  it('makes a day due whose time is not in the list', () => {
    const row = ['2026-11-01', 3, 1, 1, 1, 1, 0, 0, 'a', 'b', [], null];
    const read = unpackDepth(
      bytesOf({
        schemaVersion: 1,
        bucket: 'bucket',
        round: null,
        times: [],
        streams: { 'a/': { schemas: {}, days: [row] } },
      }),
      'bucket',
    );
    expect(read).toMatchObject({ streams: { 'a/': { days: [{ lookedAt: '1970-01-01T00:00:00.000Z' }] } } });
  });

  it('of nothing is nothing', () => {
    expect(unpackDepth(packDepth(nothingKnown, 'bucket'), 'bucket')).toEqual(nothingKnown);
  });
});

/** What only its own day has: nothing of it can be compressed. */
const unlike = (of: string) => createHash('sha256').update(of).digest();

it('what is known of ten thousand streams with thirty days each is smaller than 16 MiB, and comes back whole', () => {
  const streams = Object.fromEntries(
    Array.from({ length: 10_000 }, (_, n) => {
      const name = `service-${unlike(String(n)).toString('hex', 0, 4)}/`;
      const days = Array.from({ length: 30 }, (__, d): DayLook => {
        const noise = unlike(`${name}${String(d)}`);
        const bytes = noise.readUInt32LE(0) * 64;
        const objects = 20 + (noise[4] ?? 0);
        return {
          day: `2026-10-${String(d + 1).padStart(2, '0')}`,
          lookedAt: '2026-11-24T06:00:00.000Z',
          objects,
          bytes,
          dataObjects: objects - 1,
          dataBytes: bytes - 5_000,
          youngBytes: 0,
          manifests: 1,
          found: {},
          reaches: [],
          listing: `${String(objects)}.${String(bytes)}.${noise.readUInt32LE(5).toString(36)}.${noise.readUInt32LE(9).toString(36)}`,
          references: noise.toString('base64url', 13, 25),
        };
      });
      return [name, { days, schemas: { [`${name}.stream/.schema`]: `"${unlike(name).toString('hex', 0, 16)}"` } }];
    }),
  );
  const bytes = packDepth({ round: null, streams }, 'bucket');
  expect(bytes.length).toBeLessThan(16 * 1024 * 1024);
  const read = unpackDepth(bytes, 'bucket');
  expect(Object.keys(read === 'worthless' || read === 'newer' ? {} : read.streams)).toHaveLength(10_000);
}, 60_000);
