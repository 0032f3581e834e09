import type { Bucket } from '../../bucket/bucket.ts';
import { compareKeys } from '../../bucket/keys.ts';
import type { Listed } from '../../bucket/page.ts';
import { follow, leap, type Next, type Step, type Thrift } from './follow.ts';
import { endOf, type Row } from './rows.ts';
import { folderOf } from './seen.ts';

/** Folds the data of each day into one row beside its manifests. */
export const hoursDelimiter = '/hour=';

/** What lies in a stream at the place of its days, on the first level. */
export interface DayPlace {
  /** From the root: days, and folders that look like days. */
  folders: string[];
  /** Objects named `date=…`, which no layout writes. */
  objects: Listed[];
}

/** Where the days of a stream lie. */
export const daysOf = (prefix: string): string => `${prefix}date=`;

/** The last name that sorts before the days of a stream. */
const beforeDays = (prefix: string): string => endOf(`${prefix}date<`);

/** Listings side by side at most. */
const mostLanes = 32;

/** The days of streams, one after the other, as the rows of a listing bring them. */
class Gathering {
  readonly found = new Map<string, DayPlace>();
  readonly #prefixes: readonly string[];
  #next = 0;
  #folders = new Set<string>();
  #objects: Listed[] = [];

  constructor(prefixes: readonly string[]) {
    this.#prefixes = prefixes;
  }

  /** The stream whose days come next, or are under way. */
  get next(): string | undefined {
    return this.#prefixes[this.#next];
  }

  /** How many streams are done with. */
  get done(): number {
    return this.#next;
  }

  /** Ends the streams whose days all sort before `at`. */
  pass(at: string): void {
    for (let { next } = this; next !== undefined; next = this.next) {
      const days = daysOf(next);
      if (at.startsWith(days) || compareKeys(at, days) < 0) return;
      this.finish();
    }
  }

  take(row: Row): void {
    this.pass(row.at);
    const { next } = this;
    if (next === undefined || !row.at.startsWith(daysOf(next))) return;
    const folder = folderOf(row, next);
    if (folder !== null) this.#folders.add(folder);
    else if (row.object !== null) this.#objects.push(row.object);
  }

  /** Everything of the next stream was seen. */
  finish(): void {
    if (this.next !== undefined) this.found.set(this.next, { folders: [...this.#folders], objects: this.#objects });
    this.leave();
  }

  /** The next stream is left out. */
  leave(): void {
    this.#next++;
    this.#folders = new Set();
    this.#objects = [];
  }
}

/**
 * Lists what lies in the place of the days of many streams, in listings that neighbours share. A stream that is not in the
 * answer has to be listed of itself: a page could not be had, the stream fills pages alone, or the store does not list as it
 * was asked to.
 */
export async function seeDays(
  bucket: Bucket,
  prefixes: readonly string[],
  thrift: Thrift,
): Promise<Map<string, DayPlace>> {
  // A tenant's days come after those of its streams.
  const inOrder = [...prefixes].sort((a, b) => compareKeys(daysOf(a), daysOf(b)));
  const first = await seeLane(bucket, inOrder, thrift, true);
  if (first.lanes === 0) return first.found;
  const rest = inOrder.slice(first.done);
  const each = Math.ceil(rest.length / first.lanes);
  const lanes = await Promise.all(
    Array.from({ length: first.lanes }, (_, index) =>
      seeLane(bucket, rest.slice(index * each, (index + 1) * each), thrift, false),
    ),
  );
  return new Map([first, ...lanes].flatMap(({ found }): [string, DayPlace][] => [...found]));
}

interface Lane {
  found: Map<string, DayPlace>;
  /** Streams that need no other lane. */
  done: number;
  /** Listings that the others are worth, where this one ended after a page to make way for them. */
  lanes: number;
}

/**
 * One listing, from the first stream's days to the last one's, that leaps over what lies between. `mayFork`: it ends after
 * its first page where that shows that others side by side are worth it.
 */
async function seeLane(bucket: Bucket, prefixes: readonly string[], thrift: Thrift, mayFork: boolean): Promise<Lane> {
  const [begin] = prefixes;
  const gathering = new Gathering(prefixes);
  let lanes = 0;
  let pages = 0;
  if (begin === undefined) return { found: gathering.found, done: 0, lanes };
  const onPage = ({ rows, position, more }: Step): Next => {
    pages++;
    for (const row of rows) gathering.take(row);
    gathering.pass(position);
    const { next, done } = gathering;
    if (next === undefined) return 'stop';
    if (!more) return 'on';
    if (mayFork && pages === 1) {
      const left = (prefixes.length - done) / Math.max(done, 0.5);
      if (left >= 2 * thrift.pagesPerLane) {
        lanes = Math.min(mostLanes, Math.floor(left / thrift.pagesPerLane));
        return 'stop';
      }
    }
    const days = daysOf(next);
    if (!position.startsWith(days)) return leap(beforeDays(next), position);
    // What fills a page alone costs less when it is listed of itself.
    if (rows.length < thrift.fullRows || rows.some(({ at }) => !at.startsWith(days))) return 'on';
    gathering.leave();
    return gathering.next === undefined ? 'stop' : leap(beforeDays(gathering.next), position);
  };
  const { end } = await follow(bucket, hoursDelimiter, { from: beforeDays(begin), ...thrift }, onPage);
  if (end === 'whole') while (gathering.next !== undefined) gathering.finish();
  return { found: end === 'distrusted' ? new Map<string, DayPlace>() : gathering.found, done: gathering.done, lanes };
}
