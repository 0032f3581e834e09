/** What a made-up bucket holds; the same shape is always the same bucket. */
export interface Shape {
  /** The bucket's name, as its deployment file tells it. */
  bucket: string;
  streams: number;
  /** Days of each stream. */
  days: number;
  /** Data files of a stream in a day, on the average of all streams. */
  filesPerDay: number;
  /** Zipf's exponent: 0 gives all streams alike, 1 gives the largest of them most of the bucket. */
  skew: number;
  /** Prefixes at the root that are no stream. */
  foreign: number;
  /** Objects below each of those. */
  foreignObjects: number;
  /** Bytes of a data file, on the average: a number that begins with 55, so that all sizes have as many digits. */
  fileBytes: 55 | 550_000;
  /** The first day, `YYYY-MM-DD`. */
  firstDay: string;
  seed: number;
}

export const usualShape: Shape = {
  bucket: 'bench',
  streams: 100,
  days: 7,
  filesPerDay: 1_440,
  skew: 0,
  foreign: 0,
  foreignObjects: 3,
  fileBytes: 550_000,
  firstDay: '2025-01-01',
  seed: 1,
};

/** A serial number of six hexadecimal digits tells the files of a day apart. */
const mostFilesPerDay = 0xffffff;

/** The shape whose bucket has about so many objects: its streams have more or fewer files a day. */
export function shapeOf(keys: number, given: Partial<Shape> = {}): Shape {
  const shape = { ...usualShape, ...given };
  const { streams, days, foreign, foreignObjects } = shape;
  const inStreams = Math.max(keys - 1 - foreign * foreignObjects, 0) - streams * 2;
  return { ...shape, filesPerDay: Math.max(1, inStreams / (streams * days) - 1) };
}

/** Mixes a number into one of 32 bits that looks like chance (the end of MurmurHash3). */
export function mix(value: number): number {
  let bits = value | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** Files that each stream has in a day; which stream is the largest is up to the seed. */
export function filesOfStreams({ streams, filesPerDay, skew, seed }: Shape): number[] {
  const weights = Array.from({ length: streams }, (_, rank) => (rank + 1) ** -skew);
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const order = weights.map((weight, rank) => ({ weight, place: mix(seed * 0x9e3779b1 + rank) }));
  if (skew !== 0) order.sort((a, b) => a.place - b.place);
  return order.map(({ weight }) => {
    const files = Math.max(1, Math.round((filesPerDay * streams * weight) / total));
    return Math.min(files, mostFilesPerDay);
  });
}

/** The days of the shape, `YYYY-MM-DD`, in order. */
export const daysOf = ({ days, firstDay }: Shape): string[] =>
  Array.from({ length: days }, (_, day) =>
    new Date(Date.parse(`${firstDay}T00:00:00Z`) + day * 86_400_000).toISOString().slice(0, 10),
  );
