import type { Row } from './rows.ts';
import { squarify, type Box } from './squarify.ts';
import { toneOf, tones, type Tone } from './tones.ts';

/** By what the size of a tile goes. */
export const measures = ['bytes', 'objects'] as const;
export type Measure = (typeof measures)[number];

/** One entry, or many that have no room of their own. Places are in percent of the map. */
export interface Tile {
  rows: readonly [Row, ...Row[]];
  tone: Tone;
  /** What was counted, all rows together; null where nobody counted. */
  value: number | null;
  place: Box;
}

export interface TileMap {
  tiles: Tile[];
  /** Entries without figures: their tiles say nothing of their size. */
  uncounted: number;
}

/** More tiles than these nobody tells apart; the small healthy entries share one then. */
export const mostTiles = 500;
/** Tiles that say nothing of a size are all alike, so that fewer of them do. */
const mostUncounted = 60;

type Heap = Omit<Tile, 'place'>;

const isNotable = ({ entry, severity }: Row): boolean => {
  const tone = toneOf[entry.verdict];
  return severity !== null || (tone !== 'own' && tone !== 'allowed');
};

const single = (row: Row, value: number | null): Heap => ({ rows: [row], tone: toneOf[row.entry.verdict], value });

/** The rows by what they need an eye for, then by size; as many as fit stand alone, the others in a heap for each tone. */
function heapsOf(rows: readonly Row[], measure: Measure, most: number): Heap[] {
  const order = rows.toSorted(
    (a, b) => Number(isNotable(b)) - Number(isNotable(a)) || (b[measure] ?? 0) - (a[measure] ?? 0) || a.at - b.at,
  );
  if (order.length <= most) return order.map((row) => single(row, row[measure]));
  const alone = order.slice(0, most - tones.length);
  const rest = Map.groupBy(order.slice(alone.length), ({ entry }) => toneOf[entry.verdict]);
  return [
    ...alone.map((row) => single(row, row[measure])),
    ...[...rest].flatMap(([tone, [first, ...others]]): Heap[] => {
      if (first === undefined) return [];
      const all = [first, ...others];
      const counted = first[measure] !== null;
      const value = counted ? all.reduce((sum, row) => sum + (row[measure] ?? 0), 0) : null;
      return [{ rows: [first, ...others], tone, value }];
    }),
  ];
}

/** The least share of the map that a tile gets, so that it is seen and can be hit: more where it needs an eye. */
const leastNotable = 0.006;
const leastOther = 0.0012;
/** All least shares together stay below this one. */
const mostForLeast = 0.3;

function weightsOf(heaps: readonly Heap[]): number[] {
  const total = heaps.reduce((sum, { value }) => sum + (value ?? 0), 0);
  if (total === 0) return heaps.map(({ rows }) => Math.sqrt(rows.length));
  const shares = heaps.map(({ rows }) => (isNotable(rows[0]) ? leastNotable : leastOther));
  const squeeze = Math.min(1, mostForLeast / shares.reduce((sum, share) => sum + share, 0));
  return heaps.map(({ value }, at) => Math.max(value ?? 0, total * (shares[at] ?? 0) * squeeze));
}

/** The strip at the bottom for what nobody counted: by how many they are, within bounds. */
function stripOf(counted: number, uncounted: number): number {
  if (uncounted === 0) return 0;
  return counted === 0 ? 1 : Math.min(0.3, Math.max(0.14, uncounted / (counted + uncounted) / 2));
}

/** Width to height of the map on a wide screen: there tiles come out nearly square. */
const aspect = 2.6;

/**
 * Where every entry stands in the map of a bucket: counted ones as large as they are (but never too small to be seen),
 * those that nobody counted alike, in a strip below.
 */
export function tileMap(rows: readonly Row[], measure: Measure): TileMap {
  const counted = heapsOf(
    rows.filter((row) => row[measure] !== null),
    measure,
    mostTiles - mostUncounted,
  );
  const bare = rows.filter((row) => row[measure] === null);
  const uncounted = heapsOf(bare, measure, mostUncounted);
  const strip = stripOf(counted.length, uncounted.length);
  const width = 100 * aspect;
  const above = { x: 0, y: 0, width, height: 100 * (1 - strip) };
  const below = { x: 0, y: above.height, width, height: 100 * strip };
  const placed = (heaps: readonly Heap[], weights: readonly number[], box: Box): Tile[] => {
    const boxes = squarify(weights, box);
    return heaps.flatMap((heap, at) => {
      const place = boxes[at];
      if (place === undefined) return [];
      return [{ ...heap, place: { ...place, x: place.x / aspect, width: place.width / aspect } }];
    });
  };
  return {
    tiles: [
      ...placed(counted, weightsOf(counted), above),
      ...placed(
        uncounted,
        uncounted.map(({ rows: heap }) => Math.sqrt(heap.length)),
        below,
      ),
    ],
    uncounted: bare.length,
  };
}
