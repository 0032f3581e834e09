import { describe, expect, it } from 'vitest';
import { halfOfDay } from '../../src/audit/deep/half-of-day.ts';
import type { Bucket, ListQuery } from '../../src/bucket/bucket.ts';
import type { Listed, Page } from '../../src/bucket/page.ts';
import type { Cell } from '../../src/bucket/ranges.ts';
import { walk } from '../../src/bucket/walk.ts';

const latencyMs = 50;
const pageRows = 1_000;
const minutesOfDay = 1_440;

/** So many data files in a day's folder of a stream, and one manifest after them. */
interface Day extends Cell {
  files: number;
}

/** Days of as many files as told, in the order of their keys. */
function daysOf(streams: number, days: number, filesOf: (stream: number) => number): Day[] {
  return Array.from({ length: streams * days }, (_, at) => {
    const stream = Math.floor(at / days);
    const date = new Date(Date.UTC(2026, 9, 1 + (at % days))).toISOString().slice(0, 10);
    const folder = `s${String(stream).padStart(4, '0')}/date=${date}`;
    return { from: `${folder}/`, to: `${folder}0`, files: filesOf(stream) };
  });
}

const two = (number: number): string => String(number).padStart(2, '0');

const places = Array.from(
  { length: minutesOfDay },
  (_, minute) => `hour=${two(Math.floor(minute / 60))}/minute=${two(minute % 60)}/`,
);

/** The file of a day at that place: spread evenly over its minutes, the manifest last. */
function keyAt({ from, files }: Day, index: number): string {
  if (index === files) return `${from}manifest.json`;
  return `${from}${places[Math.floor((index * minutesOfDay) / files)] ?? ''}${String(1e8 + index)}.parquet`;
}

/** The first place below `length` at which `holds` is true, from there on for ever; `length` where it never is. */
function firstWhere(length: number, holds: (at: number) => boolean): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** A clock that stands still while anybody has something to do, and then leaps to the next thing that is due. */
class VirtualClock {
  now = 0;
  readonly #due: { at: number; wake: () => void }[] = [];
  #leaping = false;

  /** All waits are equally long, so that the first to begin is the first to end. */
  wait(ms: number): Promise<void> {
    const waited = new Promise<void>((wake) => this.#due.push({ at: this.now + ms, wake }));
    this.#leapLater();
    return waited;
  }

  #leapLater(): void {
    if (this.#leaping) return;
    this.#leaping = true;
    // After everything that was promised is kept.
    setImmediate(() => {
      this.#leaping = false;
      const next = this.#due[0];
      if (next === undefined) return;
      this.now = next.at;
      while (this.#due[0]?.at === this.now) this.#due.shift()?.wake();
      if (this.#due.length > 0) this.#leapLater();
    });
  }
}

/** A bucket of these days in virtual time: its keys are computed as they are asked for. All of them are ASCII. */
function bucketOf(days: readonly Day[], clock: VirtualClock) {
  const begins: number[] = [];
  let size = 0;
  for (const { files } of days) {
    begins.push(size);
    size += files + 1;
  }
  const placeAfter = (key: string): number => {
    const at = firstWhere(days.length, (one) => (days[one]?.to ?? '') > key);
    const day = days[at];
    if (day === undefined) return size;
    return (begins[at] ?? 0) + firstWhere(day.files + 1, (index) => keyAt(day, index) > key);
  };
  const count = { lists: 0 };
  const pages = async function* ({ prefix, startAfter = '' }: ListQuery) {
    let place = placeAfter(startAfter > prefix ? startAfter : prefix);
    const end = prefix === '' ? size : placeAfter(`${prefix}\uffff`);
    let at = firstWhere(days.length, (one) => (begins[one + 1] ?? size) > place);
    do {
      count.lists++;
      await clock.wait(latencyMs);
      const objects: Listed[] = [];
      for (const stop = Math.min(place + pageRows, end); place < stop; place++) {
        while (place >= (begins[at + 1] ?? size)) at++;
        const day = days[at];
        if (day === undefined) break;
        objects.push({ key: keyAt(day, place - (begins[at] ?? 0)), size: 1, lastModified: '', etag: '' });
      }
      const value: Page = { objects, prefixes: [], more: place < end };
      yield { state: 'present', value } as const;
    } while (place < end);
  };
  return { bucket: { pages } as Partial<Bucket> as Bucket, count, size };
}

/** How much more time, and how many more listings, than if each slot listed full pages to the end. */
async function cost(days: readonly Day[], slots: number, weighed: boolean): Promise<{ wall: number; lists: number }> {
  const clock = new VirtualClock();
  const { bucket, count, size } = bucketOf(days, clock);
  let delivered = 0;
  let whole = 0;
  await walk(
    bucket,
    days,
    {
      slots,
      halve: (cell, after) => halfOfDay(days[cell]?.from ?? '', after),
      ...(weighed ? { weights: days.map(({ files }) => files + 1) } : {}),
    },
    {
      onPage: (_, objects) => {
        delivered += objects.length;
      },
      onCell: () => {
        whole++;
      },
      onAgain: () => {
        throw new Error('the store lists as S3 does');
      },
      onFailure: (_, { code }) => {
        throw new Error(code);
      },
    },
  );
  expect([delivered, whole]).toEqual([size, days.length]);
  const least = Math.ceil(size / pageRows);
  return { wall: clock.now / ((least * latencyMs) / slots), lists: count.lists / least };
}

/** A file each minute. */
const even = daysOf(100, 7, () => minutesOfDay);
/** By Zipf's law: the largest stream has a sixth of all, in no order. */
const harmonic = Array.from({ length: 300 }, (_, rank) => 1 / (rank + 1)).reduce((a, b) => a + b);
const skewed = daysOf(300, 30, (stream) => Math.ceil(1_000_000 / 30 / harmonic / (((stream * 7) % 300) + 1)));

describe('a walk in virtual time, of a million keys', () => {
  it.each([8, 32, 64])('wastes neither time nor listings on %d slots where the days are known', async (slots) => {
    for (const days of [even, skewed]) {
      const { wall, lists } = await cost(days, slots, true);
      expect(lists).toBeLessThanOrEqual(1.02);
      expect(wall).toBeLessThanOrEqual(1.1);
    }
  });

  it('wastes little where nothing is known of the days, and some have a thousand times as much as others', async () => {
    const { wall, lists } = await cost(skewed, 64, false);
    expect(lists).toBeLessThanOrEqual(1.08);
    expect(wall).toBeLessThanOrEqual(1.3);
  });
});
