import { describe, expect, it } from 'vitest';
import type { KnownDepth } from '../../../src/audit/deep/known.ts';
import { findingOf } from '../../support/audited.ts';
import { object } from '../../support/generated.ts';
import { deployment, marker } from '../checks/streams.ts';
import { aged, data, day, days, fileOf, healthy, manifest, manifestOf, schema, told, without } from './buckets.ts';
import { daysListed, hours, left, manifestsRead, openSeries, schemasRead, type Series } from './series.ts';
import { deeplyTroubled, deepTroubles } from './troubles.ts';

const [first = '', second = '', third = '', last = ''] = days;
const week = 7 * 24;

/** A stream in order that was looked at once. */
async function lookedAtOnce(): Promise<Series & { known: KnownDepth }> {
  const series = await openSeries([deployment, ...healthy]);
  const outcome = await series.look();
  expect(told(outcome)).toEqual([]);
  expect(manifestsRead(series.asked())).toEqual(days.map((one) => manifestOf(one)));
  return { ...series, known: left(outcome) };
}

/** As if the days were so large that not all of them are listed each time. */
const large = (known: KnownDepth): KnownDepth => ({
  ...known,
  streams: Object.fromEntries(
    Object.entries(known.streams).map(([prefix, { days: looks, schemas }]) => [
      prefix,
      { schemas, days: looks.map((look) => ({ ...look, objects: look.objects + 50_000 })) },
    ]),
  ),
});

describe('a second deep audit', () => {
  it('reads no manifest and no schema when nothing changed, and tells the same', async () => {
    const { look, asked, known } = await lookedAtOnce();
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    const requests = asked();
    expect([manifestsRead(requests), schemasRead(requests)]).toEqual([[], []]);
    expect([told(outcome), outcome.completeness]).toEqual([[], 'full']);
    expect(outcome.depth).toMatchObject({ share: 1, lastListed: hours(24).toISOString() });
  });

  it('tells every damage again without reading what it read', async () => {
    const { look, asked } = await openSeries(deeplyTroubled.objects);
    const one = await look();
    asked();
    const other = await look({ knownDepth: left(one), startedAt: hours(24) });
    const requests = asked();
    expect(told(other)).toEqual(deepTroubles);
    // What is damaged is never taken for read.
    expect([manifestsRead(requests), new Set(schemasRead(requests))]).toEqual([
      [],
      new Set(['schema/.stream/.schema']),
    ]);
    const evidence = ({ candidates }: typeof one) =>
      candidates.map(({ kind, evidence: more }) => ({ kind, ...more, lookedAt: null }));
    expect(evidence(other)).toEqual(evidence(one));
    expect(findingOf(other, 'data-missing').evidence.lookedAt).toBe(hours(24).toISOString());
  });

  it('reads the manifest that changed, and no other', async () => {
    const { look, asked, bucket, known } = await lookedAtOnce();
    bucket.put(manifest(second, [fileOf(second, 1), fileOf(second, 0)]));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(manifestsRead(asked())).toEqual([manifestOf(second)]);
    expect(told(outcome)).toEqual([]);
  });

  it('reads the schema that changed', async () => {
    const { look, asked, bucket, known } = await lookedAtOnce();
    bucket.put(object(schema.key, '{"fields":['));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(new Set(schemasRead(asked()))).toEqual(new Set([schema.key]));
    expect(told(outcome)).toEqual(['stream-schema-corrupt app/']);
  });

  it('tells data that was removed from an old day whose manifest is as it was', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    bucket.remove(fileOf(first, 1));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(told(outcome)).toEqual(['data-missing app/']);
    expect(findingOf(outcome, 'data-missing').evidence.keys).toEqual([fileOf(first, 1)]);
  });

  it('tells data that was put into an old day', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    bucket.put(data(fileOf(first, 2)));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(told(outcome)).toEqual(['data-unreferenced app/']);
  });

  it('tells data of another size under the name that it had', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    bucket.put(data(fileOf(third, 0), 7));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(told(outcome)).toEqual(['data-size-mismatch app/']);
  });

  it('tells a manifest that the snapshot forgot', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    bucket.put(marker('app/', [first, second, last]));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(told(outcome)).toContain('manifest-unreferenced app/');
  });

  it('ends what is in order again', async () => {
    const { look, bucket } = await openSeries([deployment, ...without(healthy, fileOf(third, 1))]);
    const one = await look();
    expect(told(one)).toEqual(['data-missing app/']);
    bucket.put(data(fileOf(third, 1)));
    expect(told(await look({ knownDepth: left(one), startedAt: hours(24) }))).toEqual([]);
  });

  it('tells what was young at the first look once it is not any more', async () => {
    const young = aged(data(fileOf(third, 2)), '2026-11-24T05:00:00Z');
    const { look } = await openSeries([deployment, ...healthy, young]);
    const one = await look();
    expect(one.candidates.map(({ kind, grace }) => [kind, grace === null])).toEqual([['data-unreferenced', false]]);
    const other = await look({ knownDepth: left(one), startedAt: hours(24) });
    expect(other.candidates.map(({ kind, grace }) => [kind, grace === null])).toEqual([['data-unreferenced', true]]);
  });

  it('forgets a day that is gone with everything in it', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    for (const { key } of day(first)) bucket.remove(key);
    bucket.put(marker('app/', [second, third, last]));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect([told(outcome), outcome.depth?.days, outcome.depth?.ofDays]).toEqual([[], 3, 3]);
    expect(left(outcome).streams['app/']?.days.map((one) => one.day)).toEqual([second, third, last]);
  });
});

describe('what could not be looked at again', () => {
  it('is remembered where the folders of a stream could not be listed', async () => {
    const bare = '2026-11-17';
    const { look, s3, bucket } = await openSeries([deployment, ...healthy, data(fileOf(bare))]);
    bucket.put(manifest(bare, []));
    const one = await look();
    const found = ['data-unreferenced app/', 'manifest-unreferenced app/'];
    expect(told(one)).toEqual(found);
    s3.fail(({ query, prefix }) =>
      prefix === 'app/' && query.get('delimiter') === '/'
        ? { kind: 'status', status: 403, code: 'AccessDenied' }
        : null,
    );
    const other = await look({ knownDepth: left(one), startedAt: hours(24) });
    expect(told(other)).toEqual([...found, 'scan-incomplete app/']);
    expect(findingOf(other, 'manifest-unreferenced').evidence.lookedAt).toBe(hours(0).toISOString());
    expect(left(other).streams).toEqual(left(one).streams);
  });
});

describe('a manifest that lists files of the day before, which is as it was,', () => {
  it('and comes to list one that is not there, makes it missing', async () => {
    const { look, bucket, known } = await lookedAtOnce();
    bucket.put(manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf(third, 2)]));
    const outcome = await look({ knownDepth: known, startedAt: hours(24) });
    expect(told(outcome)).toEqual(['data-missing app/']);
    expect(findingOf(outcome, 'data-missing').evidence.keys).toEqual([fileOf(third, 2)]);
  });

  it('and comes to list one that no manifest listed, explains it', async () => {
    const { look, bucket } = await openSeries([deployment, ...healthy, data(fileOf(third, 2))]);
    const one = await look();
    expect(told(one)).toEqual(['data-unreferenced app/']);
    bucket.put(manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf(third, 2)]));
    expect(told(await look({ knownDepth: left(one), startedAt: hours(24) }))).toEqual([]);
  });

  it('and lists one no more, leaves it unreferenced', async () => {
    const across = manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf(third, 2)]);
    const { look, bucket } = await openSeries([
      deployment,
      ...without(healthy, across.key),
      across,
      data(fileOf(third, 2)),
    ]);
    const one = await look();
    expect(told(one)).toEqual([]);
    bucket.put(manifest(last, [fileOf(last, 0), fileOf(last, 1)]));
    const outcome = await look({ knownDepth: left(one), startedAt: hours(24) });
    expect(told(outcome)).toEqual(['data-unreferenced app/']);
    expect(findingOf(outcome, 'data-unreferenced').evidence.keys).toEqual([fileOf(third, 2)]);
    expect(told(await look({ knownDepth: left(outcome), startedAt: hours(48) }))).toEqual(['data-unreferenced app/']);
  });

  it('and is gone, leaves what it listed unreferenced', async () => {
    const other = manifest(last, [fileOf(third, 2)], 'other');
    const names = [...days.map((one) => manifestOf(one)), other.key];
    const snapshot = { version: 'v2', manifest_list: names.map((path) => ({ manifest_path: path })) };
    const { look, bucket } = await openSeries([
      deployment,
      ...without(healthy, 'app/.stream/.stream.json'),
      marker('app/', [], { snapshot }),
      other,
      data(fileOf(third, 2)),
    ]);
    const one = await look();
    expect(told(one)).toEqual([]);
    bucket.remove(other.key);
    bucket.put(marker('app/', days));
    expect(told(await look({ knownDepth: left(one), startedAt: hours(24) }))).toEqual(['data-unreferenced app/']);
  });
});

describe('a large bucket', () => {
  it('is not listed again within a week where its manifests are as they were', async () => {
    const { look, asked, known } = await lookedAtOnce();
    const outcome = await look({ knownDepth: large(known), startedAt: hours(week - 1) });
    const requests = asked();
    expect([daysListed(requests), manifestsRead(requests)]).toEqual([[], []]);
    expect([told(outcome), outcome.completeness, outcome.depth?.share]).toEqual([[], 'full', 1]);
    // The look is as old as it is.
    expect(outcome.depth?.lastListed).toBe(hours(0).toISOString());
  });

  it('is listed again after a week', async () => {
    const { look, asked, bucket, known } = await lookedAtOnce();
    bucket.put(data(fileOf(first, 2)));
    const within = await look({ knownDepth: large(known), startedAt: hours(week - 1) });
    expect(told(within)).toEqual([]);
    asked();
    const after = await look({ knownDepth: large(left(within)), startedAt: hours(week) });
    expect(daysListed(asked())).not.toEqual([]);
    expect(told(after)).toEqual(['data-unreferenced app/']);
  });

  it('is listed where a manifest changed, and nowhere else', async () => {
    const { look, asked, bucket, known } = await lookedAtOnce();
    bucket.put(manifest(last, [fileOf(last, 0)]));
    const outcome = await look({ knownDepth: large(known), startedAt: hours(24) });
    const requests = asked();
    expect(new Set(manifestsRead(requests))).toEqual(new Set([manifestOf(third), manifestOf(last)]));
    expect(daysListed(requests).every((place) => place.startsWith(`app/date=${last}`))).toBe(true);
    expect(told(outcome)).toEqual(['data-unreferenced app/']);
  });

  it('is listed whole where the store does not leave data out of listings', async () => {
    const { look, asked, bucket, s3, known } = await lookedAtOnce();
    bucket.put(data(fileOf(first, 2)));
    s3.fail(({ query }) =>
      query.get('delimiter') === '/hour=' ? { kind: 'status', status: 501, code: 'NotImplemented' } : null,
    );
    const outcome = await look({ knownDepth: large(known), startedAt: hours(24) });
    expect(daysListed(asked())).not.toEqual([]);
    expect(told(outcome)).toEqual(['data-unreferenced app/']);
  });

  it('is looked into where something waited for its grace', async () => {
    const young = aged(data(fileOf(third, 2)), '2026-11-24T05:00:00Z');
    const { look, asked } = await openSeries([deployment, ...healthy, young]);
    const one = await look();
    asked();
    const outcome = await look({ knownDepth: large(left(one)), startedAt: hours(24) });
    expect(daysListed(asked()).every((place) => place.includes(third) || place.includes(second))).toBe(true);
    expect(outcome.candidates.map(({ kind, grace }) => [kind, grace === null])).toEqual([['data-unreferenced', true]]);
  });
});
