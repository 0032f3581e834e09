import { zstdCompressSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeDayKey } from '../../src/parseable/data-file.ts';
import { parseObject } from '../../src/parseable/json.ts';
import { keyOfPath } from '../../src/parseable/key-of-path.ts';
import { readManifest, type ManifestReading } from '../../src/parseable/manifest.ts';
import { loadRecorded, recordedCases } from '../support/recorded.ts';

type Entry = [path: string, size: number];

interface Read {
  reading: ManifestReading;
  entries: Entry[];
}

async function* cut(bytes: Buffer, places: readonly number[]): AsyncGenerator<Uint8Array, void> {
  const stops = [...new Set([0, ...places.map((place) => place % (bytes.length + 1)), bytes.length])].sort(
    (a, b) => a - b,
  );
  for (const [index, stop] of stops.entries()) {
    const next = stops[index + 1];
    if (next !== undefined) yield bytes.subarray(stop, next);
  }
}

async function read(bytes: Buffer, places: readonly number[] = []): Promise<Read> {
  let entries: Entry[] = [];
  const reading = await readManifest(cut(bytes, places), {
    entry: (path, size) => entries.push([path, size]),
    restart: () => {
      entries = [];
    },
  });
  return { reading, entries: reading.state === 'usable' ? entries : [] };
}

/** The same question, answered by way of `JSON.parse`. */
function plainly(bytes: Buffer): Entry[] | null {
  const parsed = parseObject(bytes);
  if ('why' in parsed) return null;
  const { files } = parsed.object;
  if (!Array.isArray(files)) return null;
  const entries: Entry[] = [];
  for (const file of files as unknown[]) {
    if (typeof file !== 'object' || file === null || Array.isArray(file)) return null;
    const { file_path: path, file_size: size } = file as Record<string, unknown>;
    if (typeof path !== 'string' || typeof size !== 'number') return null;
    entries.push([path, size]);
  }
  return entries;
}

async function expectSame(bytes: Buffer, places: readonly number[] = []): Promise<void> {
  const { reading, entries } = await read(bytes, places);
  const expected = plainly(bytes);
  expect(reading.state === 'usable' ? entries : null).toEqual(expected);
}

const places = fc.array(fc.nat(5_000), { maxLength: 12 });
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string(),
  fc.constantFrom('files', 'file_path', 'file_size', 'a/date=2026-11-01/ö\u2028"\\', ''),
);
const scalar = fc.oneof(
  text,
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);
const anything = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(text, tie('value'), { maxKeys: 4 }),
  ),
})).value;
const bound = fc.oneof(fc.string(), fc.integer(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean());
const column = fc.record({
  name: fc.string(),
  stats: fc.oneof(
    fc.constant(null),
    fc
      .tuple(fc.constantFrom('Int', 'Float', 'String', 'Bool'), bound, bound)
      .map(([type, min, max]) => ({ [type]: { min, max } })),
  ),
  uncompressed_size: fc.nat(),
  compressed_size: fc.nat(),
});
const file = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      file_path: text,
      num_rows: fc.nat(),
      file_size: fc.maxSafeNat(),
      columns: fc.array(column, { maxLength: 4 }),
      sort_order_id: fc.constant([['p_timestamp', 2]]),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      file_path: text,
      num_rows: fc.nat(),
      file_size: fc.oneof(fc.maxSafeNat(), fc.double({ noNaN: true, noDefaultInfinity: true })),
      columns: anything,
    }),
  },
  anything,
  fc.record({ file_path: anything, file_size: anything }),
);
const manifest = fc.oneof(
  fc.record({ version: fc.constant('v1'), files: fc.array(file, { maxLength: 6 }) }),
  fc.record({ files: anything }),
  anything,
);
const indents = fc.constantFrom(undefined, 1, '\t', '\r\n ');

/** JSON whose escapes are written out, here and there: `\u0066iles` is a name like any other. */
const escapeSome = (json: string, at: readonly number[]): string => {
  const letters = [...json.matchAll(/[a-z]/g)].map(({ index }) => index);
  const chosen = new Set(at.map((one) => letters[one % Math.max(1, letters.length)]));
  let quoted = false;
  return Array.from(json)
    .map((character, index) => {
      if (character === '"' && json[index - 1] !== '\\') quoted = !quoted;
      return quoted && chosen.has(index) ? `\\u00${character.charCodeAt(0).toString(16)}` : character;
    })
    .join('');
};

describe('a manifest', () => {
  it('is read as JSON.parse reads it, in whatever pieces it comes', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, indents, places, async (value, indent, at) => {
        await expectSame(Buffer.from(JSON.stringify(value, null, indent)), at);
      }),
      { numRuns: 600 },
    );
  });

  it('is the same with escapes in its names', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, fc.array(fc.nat(300), { maxLength: 6 }), places, async (value, letters, at) => {
        await expectSame(Buffer.from(escapeSome(JSON.stringify(value), letters)), at);
      }),
      { numRuns: 300 },
    );
  });

  it('is refused when JSON.parse refuses it: bytes changed, left out, put in, cut off', async () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from('{}[]",:\\0.-+eEu \n\u00c3')));
    const change = fc.record({ at: fc.nat(5_000), by: fc.constantFrom('replace', 'remove', 'insert', 'cut'), byte });
    await fc.assert(
      fc.asyncProperty(
        manifest,
        fc.array(change, { minLength: 1, maxLength: 3 }),
        places,
        async (value, changes, at) => {
          let bytes = Buffer.from(JSON.stringify(value));
          for (const { at: where, by, byte: one } of changes) {
            const place = where % (bytes.length + 1);
            const [before, after] = [bytes.subarray(0, place), bytes.subarray(place)];
            if (by === 'cut') bytes = Buffer.from(before);
            else if (by === 'insert') bytes = Buffer.concat([before, Buffer.of(one), after]);
            else if (by === 'remove') bytes = Buffer.concat([before, after.subarray(1)]);
            else bytes = Buffer.concat([before, Buffer.of(one), after.subarray(1)]);
          }
          await expectSame(bytes, at);
        },
      ),
      { numRuns: 1_500 },
    );
  });

  it.each([
    '{"files":[]}',
    ' \t\r\n{ "files" : [ ] } \n',
    '{"files":[{"file_path":"a","file_size":1}],"files":[]}',
    '{"files":[{"file_path":"a","file_path":"b","file_size":1,"file_size":2}]}',
    '{"files":[{"file_path":"a","file_size":1}],"files":{}}',
    '{"files":{"file_path":"a"},"files":[{"file_path":"a","file_size":1}]}',
    '{"files":[{"file_path":"a","file_size":1,"file_path":null}]}',
    '{"files":[{"columns":{"file_path":"no","file_size":9},"file_path":"a","file_size":1e3}]}',
    '{"files":[[{"file_path":"a","file_size":1}]]}',
    '{"inner":{"files":[{"file_path":"a","file_size":1}]},"files":[]}',
    '{"files":[{"file_path":"a","file_size":-0}]}',
    '{"files":[{"file_path":"a","file_size":01}]}',
    '{"files":[{"file_path":"a","file_size":1.}]}',
    '{"files":[{"file_path":"a","file_size":1e}]}',
    '{"files":[{"file_path":"a","file_size":123456789012345678901234567890}]}',
    '{"files":[{"file_path":"\\ud800","file_size":1}]}',
    '{"files":[{"file_path":"\\x","file_size":1}]}',
    '{"files":[{"file_path":"a\n","file_size":1}]}',
    '{"files":[],}',
    '{"files":[,]}',
    '{"files":[]}}',
    '{"files":[]} x',
    '\ufeff{"files":[]}',
    'nul',
    'null',
    '[]',
    '"files"',
    '',
    '   ',
    `{"files":[],"x":${'['.repeat(126)}${']'.repeat(126)}}`,
    `{"files":[],"x":${'['.repeat(127)}${']'.repeat(127)}}`,
  ])('is judged like JSON.parse judges it: %j', async (json) => {
    const bytes = Buffer.from(json);
    await expectSame(bytes);
    await expectSame(
      bytes,
      Array.from({ length: bytes.length }, (_, at) => at),
    );
  });

  it('is refused when it is no UTF-8, in whatever pieces', async () => {
    const bytes = Buffer.from('{"files":[{"file_path":"ö€🦊","file_size":1}]}');
    for (let at = 0; at < bytes.length; at++) {
      await expectSame(bytes, [at]);
      await expectSame(Buffer.concat([bytes.subarray(0, at), Buffer.of(0xff), bytes.subarray(at)]), [at]);
      await expectSame(Buffer.concat([bytes.subarray(0, at), bytes.subarray(at + 1)]), [at]);
    }
  });

  it('may be compressed, under the same name', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, places, async (value, at) => {
        const json = Buffer.from(JSON.stringify(value));
        const packed = await read(zstdCompressSync(json), at);
        const plain = await read(json);
        expect(packed).toEqual({ ...plain, reading: { ...plain.reading, zstd: true } });
      }),
      { numRuns: 60 },
    );
  });

  it('may be compressed in several frames, which end anywhere in the pieces', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, places, places, async (value, stops, at) => {
        const json = Buffer.from(JSON.stringify(value));
        const frames: Buffer[] = [];
        for await (const part of cut(json, stops)) frames.push(zstdCompressSync(part));
        const packed = await read(Buffer.concat(frames), at);
        const plain = await read(json);
        expect(packed).toEqual({ ...plain, reading: { ...plain.reading, zstd: true } });
      }),
      { numRuns: 100 },
    );
  });

  it('is damaged when a frame is cut, wherever, or followed by something else', async () => {
    const json = Buffer.from(JSON.stringify({ files: [{ file_path: 'a'.repeat(500), file_size: 1 }] }));
    const frames = [zstdCompressSync(json.subarray(0, 100)), zstdCompressSync(json.subarray(100))];
    const packed = Buffer.concat(frames);
    expect((await read(packed)).entries).toHaveLength(1);
    for (let keep = 4; keep < packed.length; keep++) {
      for (const at of [[], [2], [keep - 1], [frames[0]?.length ?? 0]]) {
        expect((await read(packed.subarray(0, keep), at)).reading).toMatchObject({ state: 'unusable', zstd: true });
      }
    }
    for (const more of ['\n', 'PLANTED', '\0\0\0\0', '{"files":[]}']) {
      const { reading } = await read(Buffer.concat([packed, Buffer.from(more)]), [packed.length - 1]);
      expect(reading).toEqual({ state: 'unusable', zstd: true, why: 'its zstd frame is damaged' });
    }
  });

  it('says nothing when its body breaks off, whatever was thrown', async () => {
    const json = Buffer.from('{"files":[]}');
    const bodies = [
      Buffer.from('{"files":['),
      zstdCompressSync(json),
      Buffer.concat([json, json].map((one) => zstdCompressSync(one))),
    ];
    const coded = Object.assign(new Error('broke off'), { code: 'Z_DATA_ERROR' });
    for (const thrown of [new Error('broke off'), coded]) {
      for (const bytes of bodies) {
        for (let from = 0; from < bytes.length; from++) {
          const broken = async function* () {
            yield bytes.subarray(0, from);
            await Promise.resolve();
            throw thrown;
          };
          const reading = readManifest(broken(), { entry: () => undefined, restart: () => undefined });
          await expect(reading).rejects.toBe(thrown);
        }
      }
    }
  });

  it('lets go of its body when it is damaged', async () => {
    let closed = false;
    const body = async function* () {
      try {
        yield Buffer.concat([zstdCompressSync(Buffer.from('{')), Buffer.from('no frame')]);
        for (;;) yield await Promise.resolve(Buffer.from('more'));
      } finally {
        closed = true;
      }
    };
    const reading = await readManifest(body(), { entry: () => undefined, restart: () => undefined });
    expect(reading).toMatchObject({ state: 'unusable', zstd: true });
    expect(closed).toBe(true);
  });

  it('passes on what its sink throws', async () => {
    const json = Buffer.from('{"files":[{"file_path":"a","file_size":1}]}');
    const full = () => {
      throw new Error('full');
    };
    for (const bytes of [json, zstdCompressSync(json)]) {
      await expect(readManifest(cut(bytes, [5]), { entry: full, restart: full })).rejects.toThrow('full');
    }
  });

  it('is refused without a word of what it says', async () => {
    for (const json of [
      '{"files":[{"file_path":"PLANTED"}]}',
      'PLANTED',
      '{"files":"PLANTED"}',
      '{"files":[{"file_path":"PLANTED',
    ]) {
      expect(JSON.stringify((await read(Buffer.from(json))).reading)).not.toContain('PLANTED');
    }
  });

  it('is read alike with columns as servers write them and with others, at any depth', async () => {
    const usual = '{"name":"a","stats":{"Int":{"min":1,"max":2}},"uncompressed_size":3,"compressed_size":4}';
    const file = (columns: string) => `{"file_path":"a","file_size":1,"columns":${columns}}`;
    const strange = Array.from({ length: 40 }, () => '{"name":"a"}').join(',');
    for (const columns of [
      `[${usual}]`,
      `[${usual},${usual}]`,
      `[${usual},]`,
      `[${usual}${usual}]`,
      `[${usual},{"name":"b"},${usual}]`,
      `[{"name":"b"},${usual} , ${usual}]`,
      `[${strange},${usual}]`,
      `[${strange},${usual},]`,
      `{"x":${usual}}`,
      usual,
      usual.replace('1', '01'),
      usual.replace('1', '-'),
      `[${usual.replace('1', '01')}]`,
      `[${usual.replace('1', '1.')}]`,
      `[${usual.replace('1', '.5')}]`,
      `[${usual.replace('1', '1e')}]`,
      `[${usual.replace('1', '-')}]`,
      `[${usual.replace('1', 'nul')}]`,
      `[${usual.replace('1', '"\n"')}]`,
      `[${usual.replace('1', '"\\x"')}]`,
      `[${usual.replace('1', '"\\u0022"')}]`,
      `[${usual.slice(0, -1)}]`,
    ]) {
      const bytes = Buffer.from(`{"files":[${file(columns)},${file('[]')}]}`);
      await expectSame(bytes);
      for (let at = 0; at < bytes.length; at += 5) await expectSame(bytes, [at]);
    }
    for (let depth = 115; depth <= 128; depth++) {
      const around = ['['.repeat(depth), ']'.repeat(depth)] as const;
      await expectSame(Buffer.from(`{"files":[],"x":${around[0]}${usual}${around[1]}}`));
    }
  });

  it('is read alike where it is larger than what is looked at together', async () => {
    const columns = Array.from({ length: 8 }, (_, index) => ({
      name: `größe ${String(index)}`,
      stats: { String: { min: 'a', max: 'ö'.repeat(index * 7) } },
      uncompressed_size: index,
      compressed_size: index,
    }));
    const files = Array.from({ length: 400 }, (_, index) => ({
      file_path: `a/${String(index)}`,
      file_size: index,
      columns,
    }));
    const bytes = Buffer.from(JSON.stringify({ files }));
    expect(bytes.length).toBeGreaterThan(3 * 65_536);
    await expectSame(bytes);
    await expectSame(bytes, [1, 65_535, 65_537, 100_000]);
    await expectSame(bytes.subarray(0, 200_000));
    for (const place of [65_535, 65_536, 150_000]) {
      await expectSame(Buffer.concat([bytes.subarray(0, place), Buffer.of(0x01), bytes.subarray(place)]));
    }
  });

  it('lists sizes as JSON.parse has them, however large', async () => {
    for (const size of ['9007199254740993', '18446744073709551615', '1e400', '-0', '1.5', '1E+3', '5e-324']) {
      await expectSame(Buffer.from(`{"files":[{"file_path":"a","file_size":${size}}]}`), [40]);
    }
  });
});

describe('the manifests that servers wrote', () => {
  /** Cases in which data files are gone, or were changed. */
  const lacking = new Set(['holes', 'interrupted-delete']);

  it.each(recordedCases)('are usable, and list files by keys: %s', async (name) => {
    const { contents } = loadRecorded(name);
    const keys = new Map(contents.objects.map(({ key, size }) => [key, size]));
    for (const { key, body } of contents.objects) {
      if (!key.endsWith('manifest.json')) continue;
      const prefix = key.slice(0, key.indexOf('date='));
      const { reading, entries } = await read(body ?? Buffer.alloc(0), [1, 100, 2_000]);
      expect.soft({ key, reading }).toMatchObject({ key, reading: { state: 'usable' } });
      for (const [path, size] of entries) {
        const file = keyOfPath(path, prefix);
        if (!lacking.has(name)) expect.soft([file, keys.get(file)]).toEqual([file, size]);
        expect.soft(judgeDayKey(file, prefix.length, size)).toBe('data');
      }
    }
  });
});
