import type { Counters, FileEntry } from './counters.ts';
import type { MetadataBody } from './metadata-body.ts';
import type { Footer } from './parquet-footer.ts';

/** One metadata file of a stream, as it was when the plan was made. */
export interface MetadataFile {
  key: string;
  /** The ingest node that it belongs to; null for the base file. */
  node: string | null;
  etag: string;
  body: MetadataBody;
}

/** A manifest that no snapshot names, and what it lists. */
export interface FoundManifest {
  key: string;
  day: string;
  files: FileEntry[];
}

/** A data file that no manifest lists. */
export interface LostFile {
  key: string;
  day: string;
  size: number;
  /** `unread`: its end could not be read; `damaged`: it was read, and is not that of a Parquet file. */
  footer: Footer | 'unread' | 'damaged';
}

/** A manifest that an earlier plan made. */
export interface Recovered {
  etag: string;
  files: FileEntry[];
}

/** All that was read of a stream for its plan. */
export interface Material {
  /** The stream's, ending in a slash. */
  prefix: string;
  /** At least one; the base file first. */
  files: MetadataFile[];
  manifests: FoundManifest[];
  lost: LostFile[];
  /** Keys of data files that the named manifests of the days concerned list. */
  listed: ReadonlySet<string>;
  /** By day; null where there is none. A day whose answer is not known is missing. */
  recovered: ReadonlyMap<string, Recovered | null>;
  /** What manifests that are named several times list, by their keys. Those that could not be read are missing. */
  repeated: ReadonlyMap<string, Counters>;
}

/** Something that a person has to know of a plan, and the keys that it is about. */
export interface Note {
  /** A sentence of ours, without a key in it. */
  words: string;
  keys: string[];
}

/** The name of a manifest that a plan makes: of the form `HOST.manifest.json`, so that servers and audits take it for one. */
export const recoveredKey = (prefix: string, day: string): string => `${prefix}date=${day}/recovered.manifest.json`;
