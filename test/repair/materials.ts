import type { FileEntry } from '../../src/repair/counters.ts';
import type { LostFile, Material, MetadataFile } from '../../src/repair/material.ts';
import { readMetadataBody } from '../../src/repair/metadata-body.ts';
import { markerBody } from '../support/generated.ts';

export const base = 'app/.stream/.stream.json';
export const nodeFile = (id: string): string => `app/.stream/.ingestor.${id}.stream.json`;
export const manifestKey = (day: string, host = 'host'): string => `app/date=${day}/${host}.manifest.json`;
export const dataKey = (day: string, minute: string): string =>
  `app/date=${day}/hour=05/minute=${minute}/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`;

/** An entry of a snapshot, with sums that no manifest has. */
export const named = (key: string): object => ({
  manifest_path: key,
  time_lower_bound: `${/date=([\d-]+)/.exec(key)?.[1] ?? ''}T00:00:00Z`,
  time_upper_bound: `${/date=([\d-]+)/.exec(key)?.[1] ?? ''}T23:59:59.999999999Z`,
  events_ingested: 99,
  ingestion_size: 99,
  storage_size: 99,
});

/** A metadata file that names these manifests. */
export function metadataFile(
  key: string,
  manifests: readonly string[],
  { version = 'v2', more = {} }: { version?: string; more?: object } = {},
): MetadataFile {
  const list = manifests.map(named);
  const body = readMetadataBody(
    Buffer.from(markerBody('v7', [], { snapshot: { version, manifest_list: list }, ...more })),
  );
  if ('why' in body) throw new Error(body.why);
  return { key, node: /ingestor\.(.*)\.stream/.exec(key)?.[1] ?? null, etag: `"${key}"`, body };
}

/** What a manifest lists of a file: one row, 10 bytes taken in, 5 stored. */
export const listedFile = (path: string): FileEntry => ({
  path,
  raw: `{"file_path":"${path}","num_rows":1,"file_size":5,"ingestion_size":10,"columns":[],"sort_order_id":[]}`,
  counters: { events: 1n, ingestion: 10n, storage: 5n },
});

export const lostFile = (key: string, footer: LostFile['footer'] = 'unread'): LostFile => ({
  key,
  day: /date=([\d-]+)/.exec(key)?.[1] ?? '',
  size: 1_000,
  footer,
});

/** A stream of which nothing is wrong but what is told. */
export function material(more: Partial<Material> = {}): Material {
  const { manifests = [], lost = [] } = more;
  const days = [...manifests, ...lost].map(({ day }) => day);
  return {
    prefix: 'app/',
    files: [metadataFile(base, [])],
    manifests,
    lost,
    listed: new Set(),
    recovered: new Map(days.map((day) => [day, null])),
    repeated: new Map(),
    ...more,
  };
}

/** The manifests that a metadata file names, and what of it the sums are. */
export const namesIn = (body: string): [string, number | undefined][] =>
  (
    JSON.parse(body) as { snapshot: { manifest_list: { manifest_path: string; events_ingested?: number }[] } }
  ).snapshot.manifest_list.map(({ manifest_path: path, events_ingested: events }) => [path, events]);

export const filesIn = (body: string): { file_path: string; num_rows: number; columns: unknown[] }[] =>
  (JSON.parse(body) as { files: { file_path: string; num_rows: number; columns: unknown[] }[] }).files;
