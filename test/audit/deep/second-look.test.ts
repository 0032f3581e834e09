import { describe, expect, it } from 'vitest';
import { findingOf } from '../../support/audited.ts';
import type { GeneratedObject } from '../../support/generated.ts';
import { deployment } from '../checks/streams.ts';
import { data, days, fileOf, healthy, manifest, manifestOf, packed, told, without } from './buckets.ts';
import { hours, left, openSeries, type Series } from './series.ts';

const [, , third = '', last = ''] = days;
const spare = data(fileOf(third, 2));

/** Does something right before a day is listed for the second time. */
async function between(
  holds: readonly GeneratedObject[],
  day: string,
  happens: (series: Series) => void,
): Promise<Series & { outcome: Awaited<ReturnType<Series['look']>>; happened: boolean }> {
  const series = await openSeries([deployment, ...holds]);
  let read = false;
  let happened = false;
  series.s3.fail(({ key, query, prefix }) => {
    // The first look is done when the manifest is read.
    read ||= key === manifestOf(day);
    if (read && !happened && prefix === `app/date=${day}/` && !query.has('delimiter')) {
      happened = true;
      happens(series);
    }
    return null;
  });
  const outcome = await series.look();
  series.s3.fail();
  return { ...series, outcome, happened };
}

describe('a second look', () => {
  it('tells what both looks found', async () => {
    const { outcome, happened } = await between([...healthy, spare], third, () => undefined);
    expect([happened, told(outcome)]).toEqual([true, ['data-unreferenced app/']]);
  });

  it('does not tell what is in order by then', async () => {
    const { outcome, happened } = await between([...healthy, spare], third, ({ bucket }) => {
      bucket.remove(spare.key);
    });
    expect([happened, told(outcome)]).toEqual([true, []]);
  });

  it('does not tell what came in between, and leaves it to the next audit', async () => {
    const { outcome, look, happened } = await between([...healthy, spare], third, ({ bucket }) => {
      bucket.remove(fileOf(third, 0));
    });
    expect([happened, told(outcome)]).toEqual([true, ['data-unreferenced app/']]);
    const again = await look({ knownDepth: left(outcome), startedAt: hours(1) });
    expect(told(again)).toEqual(['data-missing app/', 'data-unreferenced app/']);
  });

  it('does not tell what is unreferenced for the first time', async () => {
    const { outcome, happened } = await between(without(healthy, fileOf(third, 0)), third, ({ bucket }) => {
      bucket.put(spare);
    });
    expect([happened, told(outcome)]).toEqual([true, ['data-missing app/']]);
  });

  it('reads the manifests of the days around it', async () => {
    const across = manifest(last, [fileOf(last, 0), fileOf(last, 1), spare.key]);
    const other = data(`app/date=${third}/hour=05/minute=08/other.parquet`);
    const { outcome, asked } = await between(
      [...without(healthy, across.key), across, spare, other],
      third,
      () => undefined,
    );
    expect(findingOf(outcome, 'data-unreferenced').evidence.keys).toEqual([other.key]);
    // Once by the first look, and once more.
    expect(asked().filter(({ operation, key }) => operation === 'GetObject' && key === manifestOf(last))).toHaveLength(
      2,
    );
  });

  it('is not needed for what the listing alone tells', async () => {
    const zstd = packed(manifest(third, [fileOf(third, 0), fileOf(third, 1)]));
    const { happened, outcome } = await between(
      [...without(healthy, zstd.key), zstd, data(`app/date=${third}/notes.txt`)],
      third,
      () => undefined,
    );
    expect([happened, told(outcome)]).toEqual([false, ['foreign-object-in-stream app/']]);
  });
});
