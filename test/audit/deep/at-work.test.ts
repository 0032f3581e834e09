import { describe, expect, it } from 'vitest';
import { manifestBody, object, type GeneratedObject } from '../../support/generated.ts';
import { deployment, marker } from '../checks/streams.ts';
import { data, days, fileOf, fileSize, healthy, manifestOf, schema, today, told } from './buckets.ts';
import { hours, left, openSeries } from './series.ts';

const now = new Date('2026-11-24T05:59:59Z');
const fresh = (one: GeneratedObject): GeneratedObject => ({ ...one, lastModified: now });
const fileAt = (minute: number): string =>
  `app/date=${today}/hour=05/minute=${String(minute).padStart(2, '0')}/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet`;

/** What a server writes at each sync, in its order: the data, the manifest that lists it, the metadata that names that. */
function sync(n: number): GeneratedObject[] {
  const files = Array.from({ length: n + 1 }, (_, minute) => ({ path: fileAt(minute), size: fileSize }));
  return [
    fresh(data(fileAt(n))),
    fresh(object(manifestOf(today), manifestBody(files))),
    // Two of the same content, but for a counter: the ETag changes each time.
    fresh(marker('app/', [...days, today], { syncs: n })),
  ];
}

const objectsOfSync = 3;

/** Before the first sync of today. */
const before = [deployment, ...healthy];
const writes = (syncs: number): GeneratedObject[] => Array.from({ length: syncs }, (_, n) => sync(n)).flat();

describe('a server that writes while a deep audit looks', () => {
  it.each([1, 2, 3, 5, 8])('one object at every %i. request makes no damage', async (every) => {
    const series = await openSeries(before, { pageSize: 3 });
    const todo = writes(40);
    let asked = 0;
    series.s3.fail(() => {
      if (++asked % every === 0) {
        const next = todo.shift();
        if (next !== undefined) series.bucket.put(next);
      }
      return null;
    });
    const outcome = await series.look();
    expect(told(outcome).filter((one) => !one.endsWith('(pending)'))).toEqual([]);
    expect(outcome.completeness).toBe('full');
    series.s3.fail();
    // The server ends what it began, and the next audit sees nothing of it.
    for (const one of todo.splice(0, todo.length % objectsOfSync)) series.bucket.put(one);
    const again = await series.look({ knownDepth: left(outcome), startedAt: hours(1) });
    expect([told(again), again.completeness]).toEqual([[], 'full']);
  });

  it('a whole sync between any two requests tells nothing at all', async () => {
    const peaceful = await openSeries(before);
    await peaceful.look();
    const requests = peaceful.asked().length;
    for (let n = 0; n < requests; n++) {
      const { s3, bucket, look } = await openSeries(before);
      let asked = 0;
      s3.fail(() => {
        if (asked++ === n) for (const one of [...sync(0), ...sync(1)]) bucket.put(one);
        return null;
      });
      const outcome = await look();
      expect([n, told(outcome), outcome.completeness]).toEqual([n, [], 'full']);
    }
  }, 60_000);

  it('and stops in the middle of a sync leaves what waits for its grace, and no more', async () => {
    for (const done of [1, 2]) {
      const { look } = await openSeries([...before, ...sync(0).slice(0, done)]);
      const outcome = await look();
      const kinds = told(outcome);
      expect([done, kinds.length > 0, kinds.every((one) => one.endsWith('(pending)'))]).toEqual([done, true, true]);
    }
  });

  it('puts a data file where a late event belongs, into a day that is over', async () => {
    const [, , , last = ''] = days;
    const peaceful = await openSeries(before);
    await peaceful.look();
    const requests = peaceful.asked().length;
    const late = [
      fresh(data(fileOf(last, 2))),
      fresh(
        object(manifestOf(last), manifestBody([0, 1, 2].map((file) => ({ path: fileOf(last, file), size: fileSize })))),
      ),
      fresh(marker('app/', days, { syncs: 1 })),
    ];
    for (let n = 0; n < requests; n++) {
      const { s3, bucket, look } = await openSeries(before);
      let asked = 0;
      s3.fail(() => {
        const next = asked++ >= n ? late[asked - n - 1] : undefined;
        if (next !== undefined) bucket.put(next);
        return null;
      });
      const outcome = await look();
      expect([n, told(outcome).filter((one) => !one.endsWith('(pending)'))]).toEqual([n, []]);
      s3.fail();
      for (const one of late) bucket.put(one);
      expect([n, told(await look({ knownDepth: left(outcome), startedAt: hours(1) }))]).toEqual([n, []]);
    }
  }, 60_000);
});

describe('a retention that deletes while a deep audit looks', () => {
  it('tells nothing, wherever it is', async () => {
    const [oldest = '', ...rest] = days;
    const peaceful = await openSeries(before);
    await peaceful.look();
    const requests = peaceful.asked().length;
    for (let n = 0; n < requests; n++) {
      const { s3, bucket, look } = await openSeries(before);
      // A server deletes the folder of the day first, and takes it out of its snapshot then.
      const gone = [fileOf(oldest, 0), fileOf(oldest, 1), manifestOf(oldest)];
      let asked = 0;
      s3.fail(() => {
        if (asked++ >= n) {
          const key = gone.shift();
          if (key !== undefined) bucket.remove(key);
          else bucket.put(marker('app/', rest, { syncs: 1 }));
        }
        return null;
      });
      const outcome = await look();
      s3.fail();
      for (const key of gone) bucket.remove(key);
      bucket.put(marker('app/', rest, { syncs: 1 }));
      const again = await look({ knownDepth: left(outcome), startedAt: hours(1) });
      expect([n, told(again), again.completeness]).toEqual([n, [], 'full']);
    }
  }, 60_000);
});

it('a stream that is deleted while it is looked into ends with nothing told of it', async () => {
  const keys = [...healthy].map(({ key }) => key);
  const { s3, bucket, look } = await openSeries(before);
  let asked = 0;
  s3.fail(() => {
    if (asked++ > 6) for (const key of keys.splice(0, 2)) bucket.remove(key);
    return null;
  });
  const outcome = await look();
  s3.fail();
  for (const key of [...keys, schema.key]) bucket.remove(key);
  expect(told(await look({ knownDepth: left(outcome), startedAt: hours(1) }))).toEqual([]);
});

describe('a delete that goes on while a deep audit looks', () => {
  it('is no damage: it takes the metadata first, and what is left of the data is on its way out', async () => {
    const peaceful = await openSeries(before);
    await peaceful.look();
    const requests = peaceful.asked().length;
    const [oldest = '', ...rest] = days;
    const soFar = [schema.key, marker('app/', days).key, fileOf(oldest, 0), ...rest.map((day) => manifestOf(day))];
    for (let n = 0; n < requests; n++) {
      const { s3, bucket, look } = await openSeries(before);
      let asked = 0;
      s3.fail(() => {
        if (asked++ === n) for (const key of soFar) bucket.remove(key);
        return null;
      });
      const ofTheInside = told(await look()).filter((one) => /^(data|manifest|stats|snapshot)-/.test(one));
      expect([n, ofTheInside]).toEqual([n, []]);
    }
  }, 60_000);
});
