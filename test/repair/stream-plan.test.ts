import { describe, expect, it } from 'vitest';
import type { Material } from '../../src/repair/material.ts';
import { Notes, remarks, type Remark } from '../../src/repair/notes.ts';
import { planStream, type Write } from '../../src/repair/stream-plan.ts';
import {
  base,
  dataKey,
  filesIn,
  listedFile,
  lostFile,
  manifestKey,
  material,
  metadataFile,
  namesIn,
  nodeFile,
} from './materials.ts';

const [first, second, third] = ['2026-11-01', '2026-11-02', '2026-11-03'] as const;
const today = '2026-11-24';
const node = 'aaaaaaaaaaaaaaa';
const recovered = (day: string) => manifestKey(day, 'recovered');

/** The plan of a stream, and what is told besides. */
function plan(more: Partial<Material>): { writes: Write[]; told: [Remark, string[]][] } {
  const notes = new Notes();
  const writes = planStream(material(more), today, notes);
  const nameOf = (words: string) =>
    (Object.keys(remarks) as Remark[]).find((one) => remarks[one] === words) ?? ('' as Remark);
  return { writes, told: notes.list().map(({ words, keys }) => [nameOf(words), keys]) };
}

const found = (key: string, day: string, ...files: string[]) => ({ key, day, files: files.map(listedFile) });
const bodyOf = (writes: readonly Write[], key: string): string =>
  writes.find((write) => write.key === key)?.body ?? `nothing is written to ${key}`;

describe('manifests that no snapshot names', () => {
  it('are entered by their days, with the sums of their own files', () => {
    const { writes, told } = plan({
      files: [metadataFile(base, [manifestKey(second)])],
      manifests: [
        found(manifestKey(third), third, dataKey(third, '01'), dataKey(third, '02')),
        found(manifestKey(first), first, dataKey(first, '01')),
      ],
    });
    expect(writes.map(({ key, etag, added, removed }) => ({ key, etag, added, removed }))).toEqual([
      { key: base, etag: `"${base}"`, added: 2, removed: 0 },
    ]);
    expect(namesIn(bodyOf(writes, base))).toEqual([
      [manifestKey(first), 1],
      [manifestKey(second), 99],
      [manifestKey(third), 2],
    ]);
    expect(told).toEqual([]);
  });

  it('have no sums in a snapshot of the first version', () => {
    const { writes } = plan({
      files: [metadataFile(base, [], { version: 'v1' })],
      manifests: [found(manifestKey(first), first, dataKey(first, '01'))],
    });
    expect(namesIn(bodyOf(writes, base))).toEqual([[manifestKey(first), undefined]]);
  });

  it('belong to the file of the node that wrote them, the others to the base file', () => {
    const ofNode = `app/date=${first}/ingestor.host.${node}.manifest.json`;
    const ofOlder = `app/date=${first}/ingestor.${node}.manifest.json`;
    const ofOther = `app/date=${first}/ingestor.host.bbbbbbbbbbbbbbb.manifest.json`;
    const manifests = [ofNode, ofOlder, ofOther, manifestKey(first)].map((key, index) =>
      found(key, first, dataKey(first, `0${String(index)}`)),
    );
    const files = [metadataFile(base, []), metadataFile(nodeFile(node), [])];
    const { writes } = plan({ files, manifests });
    expect(namesIn(bodyOf(writes, nodeFile(node))).map(([key]) => key)).toEqual([ofOlder, ofNode]);
    expect(namesIn(bodyOf(writes, base)).map(([key]) => key)).toEqual([manifestKey(first), ofOther]);
  });

  it('belong to the first node where there is no base file', () => {
    const files = [metadataFile(nodeFile(node), [])];
    const { writes } = plan({ files, manifests: [found(manifestKey(first), first, dataKey(first, '01'))] });
    expect(writes.map(({ key }) => key)).toEqual([nodeFile(node)]);
  });

  it('are left out when others list all their files: rows would appear twice', () => {
    const { writes, told } = plan({
      manifests: [found(manifestKey(first), first, dataKey(first, '01'))],
      listed: new Set([dataKey(first, '01')]),
    });
    expect(writes).toEqual([]);
    expect(told).toEqual([['nothingNew', [manifestKey(first)]]]);
  });

  it('give the files that are in no other to a manifest of ours when they share some', () => {
    const { writes, told } = plan({
      manifests: [
        found(manifestKey(first, 'a'), first, dataKey(first, '01')),
        found(manifestKey(first, 'b'), first, dataKey(first, '01'), dataKey(first, '02')),
      ],
    });
    expect(filesIn(bodyOf(writes, recovered(first))).map((one) => one.file_path)).toEqual([dataKey(first, '02')]);
    expect(namesIn(bodyOf(writes, base)).map(([key]) => key)).toEqual([manifestKey(first, 'a'), recovered(first)]);
    expect(told).toEqual([['partly', [manifestKey(first, 'b')]]]);
  });

  it('are told when their day is not over', () => {
    const { told } = plan({ manifests: [found(manifestKey(today), today, dataKey(today, '01'))] });
    expect(told).toEqual([['openDay', [manifestKey(today)]]]);
  });
});

describe('data that no manifest lists', () => {
  it('goes into a new manifest of its day, which the snapshot names behind those of hosts', () => {
    const { writes, told } = plan({
      files: [metadataFile(base, [manifestKey(first, 'z'), manifestKey(second)])],
      lost: [lostFile(dataKey(first, '02')), lostFile(dataKey(first, '01'))],
    });
    expect(writes.map(({ key, what, etag }) => ({ key, what, etag }))).toEqual([
      { key: recovered(first), what: 'manifest', etag: null },
      { key: base, what: 'metadata', etag: `"${base}"` },
    ]);
    expect(bodyOf(writes, recovered(first))).toBe(
      `{"version":"v1","files":[${['01', '02']
        .map(
          (minute) =>
            `{"file_path":"${dataKey(first, minute)}","num_rows":0,"file_size":1000,"ingestion_size":1000,"columns":[],"sort_order_id":[]}`,
        )
        .join(',')}]}`,
    );
    expect(namesIn(bodyOf(writes, base))).toEqual([
      [manifestKey(first, 'z'), 99],
      [recovered(first), 0],
      [manifestKey(second), 99],
    ]);
    expect(told).toEqual([['unread', [dataKey(first, '01'), dataKey(first, '02')]]]);
  });

  it('has its rows, and the range of its times, where the file tells', () => {
    const range = { min: 1_795_530_600_000n, max: 1_795_530_659_999n, packed: 8n, unpacked: 9n };
    const footer = {
      rows: 7n,
      ingestion: 70n,
      ranges: new Map([
        ['p_timestamp', range],
        ['n', range],
      ]),
    };
    const { writes, told } = plan({ lost: [lostFile(dataKey('2026-11-24', '01'), footer)] });
    expect(filesIn(bodyOf(writes, recovered('2026-11-24')))).toEqual([
      {
        file_path: dataKey('2026-11-24', '01'),
        num_rows: 7,
        file_size: 1_000,
        ingestion_size: 70,
        columns: [
          {
            name: 'p_timestamp',
            stats: { Int: { min: 1_795_530_600_000, max: 1_795_530_659_999 } },
            uncompressed_size: 9,
            compressed_size: 8,
          },
        ],
        sort_order_id: [],
      },
    ]);
    expect(namesIn(bodyOf(writes, base))).toEqual([[recovered('2026-11-24'), 7]]);
    expect(told).toEqual([['openDay', [recovered('2026-11-24')]]]);
  });

  it('is told when its times are of another day, by the column that the stream goes by', () => {
    const range = (min: number) => ({ min: BigInt(min), max: BigInt(min), packed: 1n, unpacked: 1n });
    const ranges = new Map([
      ['p_timestamp', range(Date.parse(`${first}T05:00:00Z`))],
      ['ts', range(Date.parse(`${second}T05:00:00Z`))],
    ]);
    const lost = [lostFile(dataKey(first, '01'), { rows: 1n, ingestion: 1n, ranges })];
    expect(plan({ lost }).told).toEqual([]);
    const files = [metadataFile(base, [], { more: { time_partition: 'ts' } })];
    const { told, writes } = plan({ files, lost });
    expect(told).toEqual([['otherDay', [dataKey(first, '01')]]]);
    expect(filesIn(bodyOf(writes, recovered(first)))[0]?.columns).toHaveLength(2);
  });

  it('is added to what an earlier plan made', () => {
    const lost = [lostFile(dataKey(first, '02'), 'damaged')];
    const earlier = { etag: '"old"', files: [listedFile(dataKey(first, '01'))] };
    const { writes, told } = plan({
      files: [metadataFile(base, [recovered(first)])],
      lost,
      recovered: new Map([[first, earlier]]),
      listed: new Set([dataKey(first, '01')]),
    });
    expect(writes.map(({ key, etag, added }) => ({ key, etag, added }))).toEqual([
      { key: recovered(first), etag: '"old"', added: 1 },
      { key: base, etag: `"${base}"`, added: 0 },
    ]);
    expect(filesIn(bodyOf(writes, recovered(first))).map((one) => one.num_rows)).toEqual([1, 0]);
    expect(namesIn(bodyOf(writes, base))).toEqual([[recovered(first), 1]]);
    expect(told.map(([remark]) => remark)).toEqual(['damaged', 'counters']);
  });

  it('is added to what an earlier plan made and nobody names, without what is listed elsewhere by now', () => {
    const earlier = { etag: '"old"', files: ['01', '03'].map((minute) => listedFile(dataKey(first, minute))) };
    const { writes } = plan({
      lost: [lostFile(dataKey(first, '02'))],
      recovered: new Map([[first, earlier]]),
      listed: new Set([dataKey(first, '01')]),
    });
    expect(filesIn(bodyOf(writes, recovered(first))).map((one) => one.file_path)).toEqual([
      dataKey(first, '03'),
      dataKey(first, '02'),
    ]);
  });

  it('is left alone when a manifest lists it by now, or the place of its manifest is not known', () => {
    const lost = [lostFile(dataKey(first, '01')), lostFile(dataKey(second, '01'))];
    const { writes, told } = plan({ lost, listed: new Set([dataKey(first, '01')]), recovered: new Map() });
    expect(writes).toEqual([]);
    expect(told.map(([remark]) => remark)).toEqual(['unread', 'listedMeanwhile', 'unreadManifest']);
  });

  it('is left alone when no path leads to it', () => {
    const key = `app/date=${first}/hour=05/minute=07/a#b.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`;
    expect(plan({ lost: [lostFile(key)] })).toEqual({ writes: [], told: [['unnameable', [key]]] });
  });
});

describe('manifests that are named more than once', () => {
  const key = manifestKey(first);

  it('are named once over all files, with the sums of what they list', () => {
    const { writes, told } = plan({
      files: [metadataFile(base, [key, manifestKey(second), key]), metadataFile(nodeFile(node), [key])],
      repeated: new Map([[key, { events: 5n, ingestion: 6n, storage: 7n }]]),
    });
    expect(writes.map((write) => [write.key, write.removed])).toEqual([
      [base, 1],
      [nodeFile(node), 1],
    ]);
    expect(namesIn(bodyOf(writes, base))).toEqual([
      [key, 5],
      [manifestKey(second), 99],
    ]);
    expect(namesIn(bodyOf(writes, nodeFile(node)))).toEqual([]);
    expect(told).toEqual([['counters', []]]);
  });

  it('stay in the file where they belong', () => {
    const ofNode = `app/date=${first}/ingestor.host.${node}.manifest.json`;
    const { writes } = plan({ files: [metadataFile(base, [ofNode]), metadataFile(nodeFile(node), [ofNode])] });
    expect(writes.map((write) => write.key)).toEqual([base]);
  });

  it('keep their first entry as it stands when they could not be counted', () => {
    const { writes, told } = plan({ files: [metadataFile(base, [key, key])] });
    expect(namesIn(bodyOf(writes, base))).toEqual([[key, 99]]);
    expect(told).toEqual([['unknownSums', [key]]]);
  });
});

it('a stream of which nothing is wrong is left as it is', () => {
  expect(plan({ files: [metadataFile(base, [manifestKey(first), manifestKey(second)])] })).toEqual({
    writes: [],
    told: [],
  });
});
