import { readStruct, type Thrift } from './thrift.ts';

/** What the footer of a Parquet file tells that a manifest's entry needs. */
export interface Footer {
  rows: bigint;
  /** The sum of what its row groups had before they were packed: what servers enter as `ingestion_size`. */
  ingestion: bigint;
  /** Whole-number columns of which every row group knows its range. */
  ranges: Map<string, Range>;
}

export interface Range {
  min: bigint;
  max: bigint;
  packed: bigint;
  unpacked: bigint;
}

const structOf = (value: Thrift | undefined): Map<number, Thrift> =>
  value instanceof Map ? value : new Map<number, Thrift>();
const listOf = (value: Thrift | undefined): Thrift[] => (Array.isArray(value) ? value : []);
const numberOf = (value: Thrift | undefined): bigint => (typeof value === 'bigint' && value >= 0n ? value : 0n);

/** How long the footer is, from the last eight bytes of a file; null where it does not end as Parquet does. */
export function footerLength(end: Buffer): number | null {
  return end.length >= 8 && end.toString('latin1', end.length - 4) === 'PAR1' ? end.readUInt32LE(end.length - 8) : null;
}

/** Reads a footer (parquet.thrift, FileMetaData), without its length and magic; null where it is none. */
export function readFooter(bytes: Buffer): Footer | null {
  let file: Map<number, Thrift>;
  try {
    file = readStruct(bytes);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
  const rows = file.get(3);
  const groups = listOf(file.get(4)).map(structOf);
  if (typeof rows !== 'bigint' || rows < 0n) return null;
  const ingestion = groups.reduce((sum, group) => sum + numberOf(group.get(2)), 0n);
  return { rows, ingestion, ranges: rangesOf(groups) };
}

/** Parquet's INT32 and INT64 columns; their statistics are little-endian (Statistics, max_value and min_value). */
function rangesOf(groups: readonly Map<number, Thrift>[]): Map<string, Range> {
  const seen = groups.map(
    (group) => new Map(listOf(group.get(1)).flatMap((chunk) => rangeOf(structOf(structOf(chunk).get(3))))),
  );
  const [first, ...others] = seen;
  const ranges = new Map<string, Range>();
  for (const [name, range] of first ?? []) {
    const all = [range, ...others.flatMap((one) => one.get(name) ?? [])];
    if (all.length !== seen.length) continue;
    ranges.set(name, {
      min: all.reduce((least, { min }) => (min < least ? min : least), range.min),
      max: all.reduce((most, { max }) => (max > most ? max : most), range.max),
      packed: all.reduce((sum, { packed }) => sum + packed, 0n),
      unpacked: all.reduce((sum, { unpacked }) => sum + unpacked, 0n),
    });
  }
  return ranges;
}

function rangeOf(column: Map<number, Thrift>): [string, Range][] {
  const name = listOf(column.get(3))
    .map((part) => (Buffer.isBuffer(part) ? part.toString('utf8') : ''))
    .join('.');
  const [max, min] = [5, 6].map((id) => whole(column.get(1), structOf(column.get(12)).get(id)));
  if (typeof max !== 'bigint' || typeof min !== 'bigint') return [];
  return [[name, { min, max, unpacked: numberOf(column.get(6)), packed: numberOf(column.get(7)) }]];
}

function whole(type: Thrift | undefined, bytes: Thrift | undefined): bigint | null {
  if (!Buffer.isBuffer(bytes)) return null;
  if (type === 1n && bytes.length === 4) return BigInt(bytes.readInt32LE());
  return type === 2n && bytes.length === 8 ? bytes.readBigInt64LE() : null;
}
