import type { Bucket } from './bucket.ts';
import type { Failure } from './failure.ts';
import { compareKeys } from './keys.ts';
import type { Listed } from './page.ts';
import { firstRanges, keyBefore, split, type Cell, type Experience, type Halve, type Range } from './ranges.ts';

/** What a walk tells. A promise is waited for before the range goes on. */
export interface WalkEvents {
  /** Keys of a cell, in order as far as one range goes; other ranges may have other parts of it. */
  onPage(cell: number, objects: Listed[]): void | Promise<void>;
  /** Every key of the cell was delivered. */
  onCell(cell: number): void | Promise<void>;
  /** Not every key of the cell can be had; told once. */
  onFailure(cell: number, failure: Failure): void | Promise<void>;
  /** What was delivered of the cell counts for nothing: it comes once more. */
  onAgain(cell: number): void;
}

export interface WalkOptions {
  /** Listings under way at most. */
  slots: number;
  /** Keys that each cell probably has; without it all are taken for alike. */
  weights?: readonly number[] | undefined;
  halve?: Halve;
}

const noHalf: Halve = () => null;

/** A page that a busy store refused is asked for so many times more, beyond what the SDK has tried. */
const patience = 3;
/** After so many pages without a refusal one more slot is used again. */
const calmPages = 20;

const isThrottled = ({ status, code }: Failure): boolean => status === 503 || code === 'SlowDown';

/**
 * Lists cells of the key space, many at a time: ranges of them, each from key to key, and a slot that has nothing to do takes
 * half of the range of which most is left. Costs hardly more requests than one listing from end to end.
 * The cells are ascending and do not overlap.
 */
export async function walk(
  bucket: Bucket,
  cells: readonly Cell[],
  options: WalkOptions,
  events: WalkEvents,
): Promise<void> {
  if (cells.length > 0) await new Walk(bucket, cells, options, events).run();
}

class Walk {
  readonly #bucket: Bucket;
  readonly #cells: readonly Cell[];
  readonly #events: WalkEvents;
  readonly #slots: number;
  readonly #weights: readonly number[] | undefined;
  readonly #halve: Halve;
  readonly #ranges: Set<Range>;
  /** Ranges that have yet to go through each cell. */
  readonly #open: Uint32Array;
  readonly #failed: (Failure | null)[];
  readonly #experience: Experience = { pages: 0, cells: 0 };
  /** Slots that wait for something to do. */
  #idle: { slot: number; wake: () => void }[] = [];
  #live: number;
  #calm = 0;
  /** The store's listings cannot be relied on to begin after a key, or to be in order: cells are listed by their prefix. */
  #plainly = false;
  #thrown: { error: unknown } | null = null;

  constructor(bucket: Bucket, cells: readonly Cell[], { slots, weights, halve }: WalkOptions, events: WalkEvents) {
    this.#bucket = bucket;
    this.#cells = cells;
    this.#events = events;
    this.#slots = slots;
    this.#live = slots;
    this.#weights = weights;
    this.#halve = halve ?? noHalf;
    this.#ranges = new Set(firstRanges(cells, slots, weights));
    this.#open = new Uint32Array(cells.length).fill(1);
    this.#failed = cells.map(() => null);
  }

  async run(): Promise<void> {
    await Promise.all(Array.from({ length: this.#slots }, (_, slot) => this.#work(slot)));
    if (this.#thrown !== null) throw this.#thrown.error;
    if (this.#plainly) await this.#listPlainly();
  }

  async #work(slot: number): Promise<void> {
    for (;;) {
      const range = slot < this.#live ? this.#next() : null;
      if (range === null) {
        if (this.#ranges.size === 0 || this.#plainly || this.#thrown !== null) break;
        await new Promise<void>((resolve) => this.#idle.push({ slot, wake: resolve }));
        continue;
      }
      range.busy = true;
      try {
        await this.#list(range);
      } catch (error) {
        this.#thrown ??= { error };
      }
      this.#ranges.delete(range);
      this.#wakeOne();
    }
    for (const { wake } of this.#idle.splice(0)) wake();
  }

  /** One is enough: it takes what there is, and a page later the next one is woken. */
  #wakeOne(): void {
    // The lowest: while the store is busy, the others may do nothing.
    const lowest = this.#idle.reduce((slot, one) => Math.min(slot, one.slot), Infinity);
    const at = this.#idle.findIndex(({ slot }) => slot === lowest);
    if (at >= 0) this.#idle.splice(at, 1)[0]?.wake();
  }

  #next(): Range | null {
    for (const range of this.#ranges) if (!range.busy) return range;
    const cut = split(this.#cells, [...this.#ranges], this.#experience, this.#halve, this.#weights);
    if (cut === null) return null;
    const { range, shares } = cut;
    if (shares) this.#open[range.at] = (this.#open[range.at] ?? 0) + 1;
    this.#ranges.add(range);
    return range;
  }

  /** Lists a range to its end, wherever that is by then. */
  async #list(range: Range): Promise<void> {
    let left = patience;
    while (range.at <= range.last && !this.#plainly && this.#thrown === null) {
      const answer = await this.#pagesFrom(range);
      if (answer === 'done' || answer === 'jump') {
        left = patience;
        continue;
      }
      if (answer === 'odd') {
        this.#plainly = true;
        return;
      }
      if (isThrottled(answer) && left-- > 0) {
        range.whole = true;
        this.#live = Math.max(1, Math.ceil(this.#live / 2));
        this.#calm = 0;
        continue;
      }
      await this.#give(range, answer);
    }
  }

  /** Follows one listing. */
  async #pagesFrom(range: Range): Promise<'done' | 'jump' | 'odd' | Failure> {
    const prefix = commonStart(this.#cells[range.at]?.from ?? '', range.end);
    // What comes before the prefix is left out already, and older servers of MinIO list nothing after a key that lacks it.
    const startAfter = compareKeys(range.after, prefix) < 0 ? '' : range.after;
    for await (const answer of this.#bucket.pages({ prefix, ...(startAfter === '' ? {} : { startAfter }) })) {
      if (answer.state === 'unknown') return answer.failure;
      const { objects, more } = answer.value;
      if (!isInOrder(objects, range.after)) return 'odd';
      this.#pageCame(range);
      const ended = await this.#take(range, objects, more);
      this.#wakeOne();
      if (ended || range.at > range.last || this.#plainly) return 'done';
      const next = this.#cells[range.at];
      // The next cell begins far behind: what lies between is nobody's.
      if (more && next !== undefined && objects.length > 0 && compareKeys(range.after, keyBefore(next.from)) < 0) {
        range.after = keyBefore(next.from);
        return 'jump';
      }
      // After a key that does not exist MinIO gives a good page, and a token that leaves keys out (minio/minio, issue 21463).
      if (startAfter !== '' && objects.length > 0 && range.after.isWellFormed()) return 'jump';
    }
    return 'done';
  }

  #pageCame(range: Range): void {
    // What came last tells most about what comes next.
    range.pages = range.pages / 2 + 1;
    range.cells /= 2;
    range.inCell++;
    range.whole = false;
    this.#experience.pages++;
    if (this.#live < this.#slots && ++this.#calm >= calmPages) {
      this.#live++;
      this.#calm = 0;
    }
  }

  /** Gives the rows of a page to their cells. True when the range is at its end. */
  async #take(range: Range, objects: Listed[], more: boolean): Promise<boolean> {
    // As it is now: it may have been cut while the page was under way.
    const { end } = range;
    const stop = firstAtOrAfter(objects, end, 0);
    const ended = !more || stop < objects.length;
    // Before anything is waited for: a cut must not come among the rows that are here.
    range.after = objects[stop - 1]?.key ?? range.after;
    range.whole = ended;
    let from = firstAtOrAfter(objects, range.start, 0);
    while (range.at <= range.last) {
      const at = range.at;
      const cell = this.#cells[at];
      if (cell === undefined) break;
      const begin =
        from < stop && compareKeys(objects[from]?.key ?? '', cell.from) >= 0
          ? from
          : firstAtOrAfter(objects, cell.from, from);
      const to = Math.min(stop, firstAtOrAfter(objects, cell.to, begin));
      if (begin < to && this.#failed[at] === null) {
        await this.#events.onPage(at, begin === 0 && to === objects.length ? objects : objects.slice(begin, to));
      }
      from = Math.max(from, to);
      // Rows after the cell, or none at all, tell that it is whole.
      if (!ended && to === objects.length) break;
      await this.#done(range, at);
    }
    return ended;
  }

  /** This range has gone through a cell. */
  async #done(range: Range, at: number): Promise<void> {
    range.at = at + 1;
    range.cells++;
    range.inCell = 0;
    this.#experience.cells++;
    await this.#close(at);
  }

  async #close(at: number): Promise<void> {
    this.#open[at] = (this.#open[at] ?? 1) - 1;
    if (this.#open[at] === 0 && this.#failed[at] === null) await this.#events.onCell(at);
  }

  /** What is left of a range cannot be had. */
  async #give(range: Range, failure: Failure): Promise<void> {
    for (; range.at <= range.last; range.at++) {
      const { at } = range;
      if (this.#failed[at] === null) {
        this.#failed[at] = failure;
        await this.#events.onFailure(at, failure);
      }
      this.#open[at] = (this.#open[at] ?? 1) - 1;
    }
  }

  /** For stores that ignore where a listing is to begin, or order keys otherwise: each cell by its prefix, one by one. */
  async #listPlainly(): Promise<void> {
    const left = [...this.#cells.keys()].filter((at) => (this.#open[at] ?? 0) > 0 && this.#failed[at] === null);
    const work = async (): Promise<void> => {
      for (let at = left.shift(); at !== undefined; at = left.shift()) await this.#listCell(at);
    };
    await Promise.all(Array.from({ length: this.#slots }, work));
  }

  async #listCell(at: number): Promise<void> {
    const cell = this.#cells[at];
    if (cell === undefined) return;
    this.#events.onAgain(at);
    for await (const answer of this.#bucket.pages({ prefix: commonStart(cell.from, cell.to) })) {
      if (answer.state === 'unknown') {
        await this.#events.onFailure(at, answer.failure);
        return;
      }
      const own = answer.value.objects.filter(
        ({ key }) => compareKeys(key, cell.from) >= 0 && compareKeys(key, cell.to) < 0,
      );
      if (own.length > 0) await this.#events.onPage(at, own);
    }
    await this.#events.onCell(at);
  }
}

/** What every key from here to there begins with. */
export function commonStart(from: string, to: string): string {
  let length = 0;
  while (length < from.length && from[length] === to[length]) length++;
  // All keys of a folder lie between its name and the same name with the byte after the slash.
  if (from.length === to.length && length === from.length - 1 && from.endsWith('/') && to.endsWith('0')) return from;
  // Half a character is none.
  const half = /[\ud800-\udbff]$/.test(from.slice(0, length));
  return from.slice(0, half ? length - 1 : length);
}

/** JavaScript's order is another one only where this is; Node knows without a look that text in Latin-1 has none. */
const surrogate = /[\ud800-\udfff]/;

/** Two keys in the order of their bytes; nearly all need no look at each character. */
const isBefore = (a: string, b: string): boolean =>
  surrogate.test(a) || surrogate.test(b) ? compareKeys(a, b) < 0 : a < b;

function isInOrder(objects: readonly Listed[], after: string): boolean {
  let before = after;
  for (const { key } of objects) {
    if (!isBefore(before, key)) return false;
    before = key;
  }
  return true;
}

/** The place of the first row from `from` on whose key is not before this one; rows are ascending. */
function firstAtOrAfter(objects: readonly Listed[], key: string, from: number): number {
  let low = from;
  let high = objects.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compareKeys(objects[middle]?.key ?? '', key) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
