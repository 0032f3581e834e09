import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { namedJson, readMetadataBody, type MetadataBody } from '../../src/repair/metadata-body.ts';
import { markerBody } from '../support/generated.ts';

function bodyOf(text: string): MetadataBody {
  const body = readMetadataBody(Buffer.from(text));
  if ('why' in body) throw new Error(body.why);
  return body;
}

const whyOf = (text: string) => {
  const body = readMetadataBody(Buffer.from(text));
  return 'why' in body ? body.why : null;
};

const entry = namedJson('app/date=2026-11-01/h.manifest.json', '2026-11-01', null);

describe('a metadata file with another list', () => {
  it('keeps every other byte: numbers that no double holds, blanks, escapes and unknown fields', () => {
    const around = (list: string) =>
      `{"version" : "v7","objectstore-format":"v7","created-at":"x","owner":{},"permissions":[],` +
      `"stats":{"lifetime_stats":{"events":18446744073709551615}},\n"snapshot":{ "manifest_list": ${list} ,"version":"v2"},` +
      String.raw`"odd\u002dfield":[1.0,1e400,"\ud83e\udd8a"]}`;
    expect(bodyOf(around('[ ]')).withList([entry])).toBe(around(`[${entry}]`));
    expect(bodyOf(around(`[${entry},\n${entry}]`)).withList([entry])).toBe(around(`[${entry}]`));
  });

  it('keeps every other byte, whatever stands in it', () => {
    const paths = fc.array(fc.string({ unit: 'grapheme' }));
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), paths, paths, (more, before, after) => {
        const text = (manifests: readonly string[]) =>
          markerBody('v7', [], {
            ...more,
            snapshot: { version: 'v2', manifest_list: manifests.map((path) => ({ manifest_path: path })) },
          });
        // Fields that make it another file are none of this test's.
        fc.pre(!Object.keys(more).some((name) => name in (JSON.parse(markerBody('v7')) as object)));
        const raws = after.map((path) => JSON.stringify({ manifest_path: path }));
        expect(bodyOf(text(before)).withList(raws)).toBe(text(after));
        expect(bodyOf(text(before)).named.map(({ path }) => path)).toEqual(before);
      }),
    );
  });

  it('gets a snapshot of its version where it has none', () => {
    const bare = (version: string) => markerBody(version, [], { snapshot: undefined });
    expect(JSON.parse(bodyOf(bare('v7')).withList([entry]))).toMatchObject({
      version: 'v7',
      snapshot: { version: 'v2', manifest_list: [JSON.parse(entry)] },
    });
    expect(bodyOf(bare('v3')).counted).toBe(false);
    expect(whyOf(bare('v2'))).toBe('its version knows no manifests');
  });

  it('tells the day of an entry by its bound, else by its path', () => {
    const list = [
      { manifest_path: 'app/date=2026-11-02/h.manifest.json', time_lower_bound: '2026-11-01T00:00:00Z' },
      { manifest_path: 'app/date=2026-11-02/h.manifest.json' },
      { manifest_path: 'app/h.manifest.json' },
    ];
    const { named } = bodyOf(markerBody('v7', [], { snapshot: { version: 'v2', manifest_list: list } }));
    expect(named.map(({ day }) => day)).toEqual(['2026-11-01', '2026-11-02', '']);
  });

  it('names the column of the times', () => {
    expect(bodyOf(markerBody('v7', [], { time_partition: 'ts' })).timePartition).toBe('ts');
    expect(bodyOf(markerBody('v7')).timePartition).toBeNull();
  });

  it.each([
    ['damaged', '{', 'it is not JSON'],
    ['newer than this program', markerBody('v99'), 'its version is unknown to this program'],
    ['without a list', markerBody('v7', [], { snapshot: { version: 'v2' } }), 'its snapshot has no list'],
    ['with a snapshot that is none', markerBody('v7', [], { snapshot: null }), 'its field snapshot is not an object'],
    [
      'with a snapshot of another version',
      markerBody('v7', [], { snapshot: { version: 'v3', manifest_list: [] } }),
      'the version of its snapshot is unknown to this program',
    ],
    [
      'with an entry of another form',
      markerBody('v7', [], { snapshot: { version: 'v2', manifest_list: [1] } }),
      'an entry of its snapshot is not understood',
    ],
    [
      'with two snapshots',
      markerBody('v7').replace(/}$/, ',"snapshot":{"version":"v2","manifest_list":[]}}'),
      'its field snapshot is not an object',
    ],
  ])('is not made of one that is %s', (_, text, why) => {
    expect(whyOf(text)).toBe(why);
  });
});

describe('an entry of a snapshot', () => {
  it('holds the bounds of its day, and sums where the snapshot has them', () => {
    const sums = { events: 18446744073709551615n, ingestion: 2n, storage: 3n };
    expect(namedJson('a"b', '2026-11-01', sums)).toBe(
      String.raw`{"manifest_path":"a\"b","time_lower_bound":"2026-11-01T00:00:00Z","time_upper_bound":"2026-11-01T23:59:59.999999999Z","events_ingested":18446744073709551615,"ingestion_size":2,"storage_size":3}`,
    );
    expect(entry).not.toContain('events_ingested');
  });
});
