import type { FileEntry } from './counters.ts';
import type { LostFile } from './material.ts';
import type { Footer } from './parquet-footer.ts';

/** The column that every server since 0.4 writes its own time into. */
const ownTime = 'p_timestamp';

/**
 * The entry of a data file that is in no manifest. Columns hold the times alone, or nothing where the file does not tell:
 * a reader prunes a file by a column that its entry has, and never by one that it lacks
 * (query/stream_schema_provider.rs, `can_be_pruned`, 0.7.2 to 2.9.5); `columns` itself must be there (catalog/manifest.rs,
 * File). Counts by time look for the times in it (query/mod.rs, `get_bin_density`).
 * Where servers do insist on the times (catalog/mod.rs, `get_file_bounds`) they look into files of their own manifests alone.
 * @param path as manifests name it
 */
export function fileEntry(
  path: string,
  { size, footer }: Pick<LostFile, 'size' | 'footer'>,
  timePartition: string | null,
): FileEntry {
  const known = typeof footer === 'string' ? null : footer;
  const storage = BigInt(size);
  const counters = { events: known?.rows ?? 0n, ingestion: known?.ingestion ?? storage, storage };
  const raw =
    `{"file_path":${JSON.stringify(path)},"num_rows":${String(counters.events)},"file_size":${String(storage)},` +
    `"ingestion_size":${String(counters.ingestion)},"columns":[${columnsOf(known, timePartition)}],"sort_order_id":[]}`;
  return { path, raw, counters };
}

function columnsOf(footer: Footer | null, timePartition: string | null): string {
  const times = [...new Set([ownTime, ...(timePartition === null ? [] : [timePartition])])];
  return times
    .flatMap((name) => {
      const range = footer?.ranges.get(name);
      if (range === undefined) return [];
      const { min, max, packed, unpacked } = range;
      return [
        `{"name":${JSON.stringify(name)},"stats":{"Int":{"min":${String(min)},"max":${String(max)}}},` +
          `"uncompressed_size":${String(unpacked)},"compressed_size":${String(packed)}}`,
      ];
    })
    .join(',');
}

/** The day on which the times of a file begin, if it tells: servers group by it. */
export function firstDayOf({ footer }: Pick<LostFile, 'footer'>, timePartition: string | null): string | null {
  const range = typeof footer === 'string' ? undefined : footer.ranges.get(timePartition ?? ownTime);
  if (range === undefined) return null;
  const at = new Date(Number(range.min));
  return Number.isNaN(at.getTime()) ? null : at.toISOString().slice(0, 10);
}
