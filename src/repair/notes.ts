import type { Note } from './material.ts';

/** What can be said of a plan, each once, with the keys that it holds for. */
export const remarks = {
  unnameable:
    'No manifest can name these: somebody wrote them with characters that Parseable encodes in its keys. They are left as they are.',
  unread:
    'The ends of these files could not be read. They are listed with 0 rows, and with their size for what they took in: counts that servers answer from manifests leave them out, queries that read rows find them.',
  damaged:
    'These files do not end as Parquet files do. They are listed with 0 rows, and with their size for what they took in: counts that servers answer from manifests leave them out, and a query that reads such a file may fail. Look at them before you apply the plan.',
  listedMeanwhile: 'A manifest lists these by now. They are left as they are.',
  nothingNew:
    'These manifests are in no snapshot, and list only files that other manifests list. To name them would make rows appear twice: they are left as they are, and the audit goes on to tell them.',
  partly:
    'These manifests are in no snapshot, and some of their files are in other manifests. To name them would make rows appear twice: only the files that are in no other go into a new manifest, and the audit goes on to tell the old one.',
  otherDay:
    'The times in these files begin on another day than that of their folder. They are listed under the day of the folder, and a query for their times alone may not find them.',
  unusableManifest: 'Servers cannot read these manifests. They are left as they are.',
  unreadManifest: 'These could not be read, so what depends on them is left as it is. Make the plan again.',
  gone: 'These are not there any more.',
  openDay:
    'The day of these is not over (UTC). From 2.4.2 on a server compares the first entry of a day with the name of its own manifest, and overwrites its own at each upload where they differ: apply the plan when the day is over and its last data has arrived, or give the server the host name of that first entry.',
  counters:
    'Sums that a snapshot holds of one of its manifests were counted anew, from what the manifest lists. The counters of the stream itself (`stats`) are left as they are and may be off: `stats-drift` tells.',
  more: 'There is more to mend than one plan holds. Apply this one, audit again, and make the next.',
  unknownSums: 'The sums of these entries could not be counted, and stay as they are.',
} as const;

export type Remark = keyof typeof remarks;

/** Gathers remarks; each becomes one note. */
export class Notes {
  readonly #keys = new Map<Remark, string[]>();

  add(remark: Remark, ...keys: string[]): void {
    const known = this.#keys.get(remark) ?? [];
    this.#keys.set(remark, known);
    for (const key of keys) known.push(key);
  }

  has(remark: Remark): boolean {
    return this.#keys.has(remark);
  }

  /** In the order of the table. */
  list(): Note[] {
    return (Object.keys(remarks) as Remark[]).flatMap((remark) => {
      const keys = this.#keys.get(remark);
      return keys === undefined ? [] : [{ words: remarks[remark], keys: [...new Set(keys)].sort() }];
    });
  }
}
