import type { Bucket } from '../../bucket/bucket.ts';
import type { Layout } from '../../parseable/layout.ts';
import { follow, leap, type Next, type Thrift } from './follow.ts';
import { endOf, type Row } from './rows.ts';
import { folderOf, type Gap, type Seen } from './seen.ts';

/** Folds the days of each stream into one row: everything else of a healthy stream is a few keys. */
const daysDelimiter = '/date=';

/** A prefix whose rows are coming in. */
interface Under {
  prefix: string;
  rows: number;
}

/** The root prefix, and the child of it, that the last row lies in. */
class Place {
  #root: Under | null = null;
  #child: Under | null = null;
  #holdsStreams = false;
  #isCopy = false;
  readonly #layout: Layout;

  constructor(layout: Layout) {
    this.#layout = layout;
  }

  enter(row: Row): void {
    const folder = folderOf(row, '');
    if (folder === null) {
      this.#root = null;
      return;
    }
    if (this.#root?.prefix !== folder) {
      this.#root = { prefix: folder, rows: 0 };
      this.#child = null;
      this.#holdsStreams = false;
      this.#isCopy = false;
    }
    this.#root.rows++;
    const child = folderOf(row, folder);
    if (child === null) this.#child = null;
    else if (this.#child?.prefix === child) this.#child.rows++;
    else this.#child = { prefix: child, rows: 1 };
    if (row.object === null || this.#isCopy) return;
    const relative = row.at.slice(folder.length);
    const what = this.#holdsStreams ? null : this.#layout.classOf(relative, row.object.size);
    this.#isCopy = what === 'copied-deployment';
    this.#holdsStreams ||= relative === this.#layout.tenantFile || what === 'child-stream' || what === 'tenant-folder';
  }

  /** What is judged of itself here: a root prefix, or a child of what looks like a tenant. */
  get unit(): Under | null {
    return this.#holdsStreams && !this.#isCopy ? this.#child : this.#root;
  }
}

/**
 * Lists the whole bucket without the insides of days: every key that lies in no folder `date=…`, and one row per stream for
 * its days. A prefix with many keys is left behind at the end of a page. Null where the store does not list as it was asked to.
 * @param onPage is told how many objects were listed so far
 */
export async function seeBucket(
  bucket: Bucket,
  layout: Layout,
  thrift: Thrift,
  onPage?: (objects: number) => void,
): Promise<Seen | null> {
  const rows: Row[] = [];
  const gaps: Gap[] = [];
  const place = new Place(layout);
  let objects = 0;
  const { end, position } = await follow(bucket, daysDelimiter, { from: null, ...thrift }, (step): Next => {
    for (const row of step.rows) {
      place.enter(row);
      rows.push(row);
      if (row.object !== null) objects++;
    }
    onPage?.(objects);
    const { unit } = place;
    if (!step.more || unit === null || unit.rows <= thrift.enough) return 'on';
    const next = leap(endOf(unit.prefix), step.position);
    if (typeof next === 'object') gaps.push({ after: step.position, upto: next.past });
    return next;
  });
  if (end === 'distrusted') return null;
  // What comes after a page that could not be had is unknown.
  return end === 'whole' ? { rows, gaps } : { rows, gaps: [...gaps, { after: position, upto: null }] };
}

/** True where the end of the bucket was reached. */
export const isWhole = ({ gaps }: Seen): boolean => gaps.at(-1)?.upto !== null;
