/** What a snapshot of version v2 tells of one manifest. */
export interface Counters {
  events: bigint;
  ingestion: bigint;
  storage: bigint;
}

/** One data file as a manifest lists it. */
export interface FileEntry {
  path: string;
  /** The entry as it stands in the manifest, JSON. */
  raw: string;
  counters: Counters;
}

/** The counters of a manifest: the sums over its own files. Those that snapshots hold contain running totals of the stream after a change of host (seen with 2.9.5). */
export const sumOf = (files: readonly Pick<FileEntry, 'counters'>[]): Counters =>
  files.reduce<Counters>(
    (sum, { counters }) => ({
      events: sum.events + counters.events,
      ingestion: sum.ingestion + counters.ingestion,
      storage: sum.storage + counters.storage,
    }),
    { events: 0n, ingestion: 0n, storage: 0n },
  );
