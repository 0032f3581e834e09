import { keyOfPath } from '../parseable/key-of-path.ts';
import { sumOf, type FileEntry } from './counters.ts';
import { fileEntry, firstDayOf } from './file-entry.ts';
import { manifestBody } from './manifest-body.ts';
import { recoveredKey, type Material } from './material.ts';
import { editMetadata, homeOf, type Addition } from './metadata-edit.ts';
import type { Notes } from './notes.ts';
import { pathOfKey } from './path-of-key.ts';

/** One object to be put into the bucket. */
export interface Write {
  key: string;
  what: 'manifest' | 'metadata';
  body: string;
  /** Of the object that it replaces; null where none may be there. */
  etag: string | null;
  /** Entries that it adds, and entries that it takes away. */
  added: number;
  removed: number;
}

/**
 * What puts the metadata of one stream right: new manifests first, then the metadata files that name them. Pure.
 * @param today the day on which it is made, UTC
 * @param notes is told what a person has to know besides
 */
export function planStream(material: Material, today: string, notes: Notes): Write[] {
  const { prefix, files, listed: before } = material;
  const keyOf = ({ path }: Pick<FileEntry, 'path'>) => keyOfPath(path, prefix);
  const listed = new Set(before);
  const additions = new Map<string, Addition>();
  /** By day: files that go into a manifest of ours. */
  const rescued = new Map<string, FileEntry[]>();
  const rescue = (day: string, entry: FileEntry) => {
    rescued.set(day, [...(rescued.get(day) ?? []), entry]);
    listed.add(keyOf(entry));
  };
  const add = (key: string, day: string, path: string, entries: readonly FileEntry[]) => {
    additions.set(key, { key, day, path, counters: sumOf(entries) });
    for (const entry of entries) listed.add(keyOf(entry));
  };

  for (const { key, day, files: entries } of material.manifests.toSorted(byKey)) {
    const path = pathOfKey(key, prefix);
    if (path === null) {
      notes.add('unnameable', key);
      continue;
    }
    const fresh = entries.filter((entry) => !listed.has(keyOf(entry)));
    if (fresh.length === entries.length) add(key, day, path, entries);
    else if (fresh.length === 0) notes.add('nothingNew', key);
    else {
      notes.add('partly', key);
      for (const entry of fresh) rescue(day, entry);
    }
  }
  const { timePartition } = homeOf('', files).body;
  for (const lost of material.lost.toSorted(byKey)) {
    const { key, day, footer } = lost;
    const path = pathOfKey(key, prefix);
    if (path === null) notes.add('unnameable', key);
    else if (listed.has(key)) notes.add('listedMeanwhile', key);
    else {
      if (typeof footer === 'string') notes.add(footer, key);
      const first = firstDayOf(lost, timePartition);
      if (first !== null && first !== day) notes.add('otherDay', key);
      rescue(day, fileEntry(path, lost, timePartition));
    }
  }

  const named = new Set(files.flatMap(({ body }) => body.named.map(keyOf)));
  const manifests = [...rescued]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, entries]): Write[] => {
      const key = recoveredKey(prefix, day);
      const path = pathOfKey(key, prefix);
      const present = material.recovered.get(day);
      if (path === null || present === undefined) {
        notes.add(path === null ? 'unnameable' : 'unreadManifest', path === null ? key : recoveredKey(prefix, day));
        return [];
      }
      const stay = (present?.files ?? []).filter(
        (entry) => named.has(key) || additions.has(key) || !listed.has(keyOf(entry)),
      );
      const all = [...stay, ...entries.filter(({ path: one }) => !stay.some((other) => other.path === one))];
      add(key, day, path, all);
      const etag = present?.etag ?? null;
      return [{ key, what: 'manifest', body: manifestBody(all), etag, added: all.length - stay.length, removed: 0 }];
    });
  for (const { key, day } of additions.values()) if (day >= today) notes.add('openDay', key);
  return [...manifests, ...metadataWrites(material, [...additions.values()], notes)];
}

const byKey = (a: { key: string }, b: { key: string }): number => (a.key < b.key ? -1 : 1);

function metadataWrites(material: Material, additions: readonly Addition[], notes: Notes): Write[] {
  const edits = editMetadata(material, additions);
  if (edits.some(({ recounted }) => recounted > 0)) notes.add('counters');
  for (const { uncounted } of edits) for (const key of uncounted) notes.add('unknownSums', key);
  return edits.flatMap(({ file: { key, etag }, body, added, removed, recounted }): Write[] =>
    added + removed + recounted === 0 ? [] : [{ key, what: 'metadata', body, etag, added, removed }],
  );
}
