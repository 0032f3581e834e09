import { describe, expect, it } from 'vitest';
import type { Entry } from '../../src/findings/report.ts';
import { rowsOf } from '../../src/report/html/rows.ts';
import { mostTiles, tileMap, type Tile } from '../../src/report/html/tiles.ts';
import { entry, finding } from './situations.ts';

const mapOf = (entries: Entry[], findings = [] as ReturnType<typeof finding>[]) =>
  tileMap(rowsOf({ entries, findings, streams: [] }), 'bytes');
const sized = (name: string, bytes: number | null, verdict: Entry['verdict'] = 'stream') =>
  entry(name, verdict, { bytes, objects: bytes === null ? null : 1 });
const area = ({ place }: Tile): number => (place.width * place.height) / 100;
const named = (tiles: readonly Tile[], name: string): Tile =>
  tiles.find(({ rows }) => rows.length === 1 && rows[0].entry.name === name)!;

describe('the map of a bucket', () => {
  it('gives each entry a tile as large as it is', () => {
    const { tiles, uncounted } = mapOf([sized('a/', 600), sized('b/', 300), sized('c/', 100)]);
    expect(tiles.map((tile) => Math.round(area(tile)))).toEqual([60, 30, 10]);
    expect(uncounted).toBe(0);
  });

  it('lets what needs an eye be seen, however small it is', () => {
    const { tiles } = mapOf([sized('big/', 1e15), sized('odd/', 3, 'foreign'), sized('lost/', 0, 'orphaned')]);
    expect(area(named(tiles, 'odd/'))).toBeGreaterThan(0.5);
    expect(area(named(tiles, 'lost/'))).toBeGreaterThan(0.5);
    const told = mapOf([sized('big/', 1e15), sized('odd/', 3)], [finding('foreign-in-stream', 'odd/')]);
    expect(area(named(told.tiles, 'odd/'))).toBeGreaterThan(
      area(named(mapOf([sized('big/', 1e15), sized('odd/', 3)]).tiles, 'odd/')),
    );
  });

  it('puts what nobody counted into a strip at the bottom, alike', () => {
    const { tiles, uncounted } = mapOf([
      sized('a/', 9),
      sized('n/', null),
      sized('o/', null),
      sized('f/', 1, 'foreign'),
    ]);
    expect(uncounted).toBe(2);
    const strip = tiles.filter(({ value }) => value === null);
    expect(strip.map(({ place }) => place.y + place.height).map(Math.round)).toEqual([100, 100]);
    expect(area(strip[0]!)).toBeCloseTo(area(strip[1]!));
    expect(Math.min(...strip.map(({ place }) => place.y))).toBeGreaterThanOrEqual(70);
  });

  it('is all strip where nobody counted anything', () => {
    const { tiles } = mapOf([sized('a/', null), sized('b/', null), sized('c/', null)]);
    expect(tiles.reduce((sum, tile) => sum + area(tile), 0)).toBeCloseTo(100);
  });

  it('takes the figures of a deep audit where the entry has none', () => {
    const stream = {
      name: 'a/',
      days: null,
      retentionDays: null,
      believedBytes: null,
      dataObjects: null,
      dataBytes: null,
    };
    const streams = [{ ...stream, objects: 4, bytes: 70, complete: true, manifests: null, lookedAt: null }];
    const [row] = rowsOf({ entries: [sized('a/', null)], findings: [], streams });
    expect([row!.objects, row!.bytes]).toEqual([4, 70]);
  });

  it.each([1, 499, 501, 5_000])('puts every one of %i entries into one tile, and never makes more than 500', (many) => {
    const entries = Array.from({ length: many }, (_, at) =>
      sized(`s${String(at)}/`, at % 3 === 0 ? null : at, at % 1_000 === 7 ? 'foreign' : 'stream'),
    );
    const { tiles } = mapOf(entries);
    expect(tiles.length).toBeLessThanOrEqual(mostTiles);
    const all = tiles.flatMap(({ rows }) => rows.map(({ at }) => at));
    expect(all.toSorted((a, b) => a - b)).toEqual(entries.map((_, at) => at));
    for (const { rows } of tiles.filter((tile) => tile.tone === 'alien')) expect(rows).toHaveLength(1);
  });
});
