import { keyOfPath } from '../parseable/key-of-path.ts';
import type { Counters } from './counters.ts';
import type { Material, MetadataFile } from './material.ts';
import { namedJson, type Named } from './metadata-body.ts';

/** A manifest that a snapshot is to name. */
export interface Addition {
  key: string;
  path: string;
  day: string;
  counters: Counters;
}

/** A metadata file with another list of manifests. */
export interface MetadataEdit {
  file: MetadataFile;
  body: string;
  added: number;
  removed: number;
  /** Entries that stay, with other sums. */
  recounted: number;
  /** Keys of manifests that were there several times, and whose sums could not be counted. */
  uncounted: string[];
}

const nodeOf = (key: string): string | null =>
  /\/ingestor\.(?:[^/.]*\.)?([0-9a-f]{15})\.manifest\.json$/.exec(key)?.[1] ?? null;

/** The metadata file in which a manifest belongs: that of the node that wrote it, else the base file, else the first there is. */
export function homeOf(key: string, files: readonly MetadataFile[]): MetadataFile {
  const node = nodeOf(key);
  const home =
    files.find((file) => node !== null && file.node === node) ?? files.find((file) => file.node === null) ?? files[0];
  if (home === undefined) throw new RangeError('a stream has a metadata file');
  return home;
}

/** Takes away what is named more than once over all files, and adds what is missing. Pure. */
export function editMetadata(
  { prefix, files, repeated }: Pick<Material, 'prefix' | 'files' | 'repeated'>,
  additions: readonly Addition[],
): MetadataEdit[] {
  const keyOf = ({ path }: Named) => keyOfPath(path, prefix);
  const holders = new Map<string, { file: MetadataFile; entry: Named }[]>();
  for (const file of files) {
    for (const entry of file.body.named) {
      const key = keyOf(entry);
      const known = holders.get(key);
      if (known === undefined) holders.set(key, [{ file, entry }]);
      else known.push({ file, entry });
    }
  }
  /** Of each manifest the one entry that stays. */
  const kept = new Set<Named>();
  for (const [key, all] of holders) {
    const home = homeOf(key, files);
    const chosen = all.find(({ file }) => file === home) ?? all[0];
    if (chosen !== undefined) kept.add(chosen.entry);
  }
  const sums = new Map<string, Counters>(repeated);
  for (const { key, counters } of additions) sums.set(key, counters);

  return files.map((file) => {
    const { named, counted, withList } = file.body;
    const edit: MetadataEdit = { file, body: '', added: 0, removed: 0, recounted: 0, uncounted: [] };
    const list: Named[] = [];
    for (const entry of named) {
      const key = keyOf(entry);
      if (!kept.has(entry)) {
        edit.removed++;
        continue;
      }
      const counters = sums.get(key);
      const several = (holders.get(key)?.length ?? 0) > 1;
      if (several && counted && counters === undefined) edit.uncounted.push(key);
      const raw =
        counters === undefined || !counted || entry.day === '' ? entry.raw : namedJson(entry.path, entry.day, counters);
      if (raw !== entry.raw) edit.recounted++;
      list.push({ ...entry, raw });
    }
    const missing = additions
      .filter(({ key }) => !holders.has(key) && homeOf(key, files) === file)
      .toSorted((a, b) => (a.day === b.day ? inDay(a, b) : a.day < b.day ? -1 : 1));
    for (const { path, day, counters } of missing) {
      insert(list, { path, day, raw: namedJson(path, day, counted ? counters : null) });
      edit.added++;
    }
    return { ...edit, body: withList(list.map(({ raw }) => raw)) };
  });
}

/**
 * The manifests of hosts before one of ours: a server compares the first entry of a day alone with the name of its own
 * manifest, and overwrites its own where they differ (catalog/mod.rs, `handle_existing_partition`, 2.4.2 and newer).
 */
function inDay(a: Addition, b: Addition): number {
  const ours = ({ key }: Addition): number => (key.endsWith('/recovered.manifest.json') ? 1 : 0);
  return ours(a) - ours(b) || (a.key < b.key ? -1 : 1);
}

/** Behind the last one of its day or an earlier one: for a list in order that is its place, and in no list it is first of its day. */
function insert(list: Named[], entry: Named): void {
  const at = list.findLastIndex(({ day }) => day !== '' && day <= entry.day);
  list.splice(at + 1, 0, entry);
}
