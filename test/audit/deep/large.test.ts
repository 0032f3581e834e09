import { expect, it } from 'vitest';
import { keysKept } from '../../../src/audit/deep/pile.ts';
import { addDays } from '../../../src/parseable/days.ts';
import { findingOf } from '../../support/audited.ts';
import type { GeneratedObject } from '../../support/generated.ts';
import { deployment, marker } from '../checks/streams.ts';
import { data, day, days, fileOf, fileSize, healthy, manifest, manifestOf, schema, told, without } from './buckets.ts';
import { hours, left, openSeries } from './series.ts';

const [, , third = ''] = days;

/** The n-th of many data files of a day, in the order of their keys. */
const oneOf = (of: string, n: number): string => {
  const minute = Math.floor(n / 25);
  const two = (number: number) => String(number).padStart(2, '0');
  const place = `hour=${two(Math.floor(minute / 60))}/minute=${two(minute % 60)}`;
  return `app/date=${of}/${place}/host.data.01KY43JFV84TFF59TDWH9E${String(n % 25).padStart(4, '0')}.parquet`;
};
const many = 30_000;
const spare = (of: string, amount: number): GeneratedObject[] =>
  Array.from({ length: amount }, (_, n) => data(oneOf(of, n)));

it('thirty thousand files that no manifest lists are all counted, ten thousand named, and few remembered', async () => {
  const { look } = await openSeries([deployment, ...healthy, ...spare(third, many)]);
  const outcome = await look({ slots: 8 });
  expect(told(outcome)).toEqual(['data-unreferenced app/']);
  const { evidence } = findingOf(outcome, 'data-unreferenced');
  expect(evidence).toMatchObject({ objects: many, bytes: many * fileSize, days: 1, firstDay: third, lastDay: third });
  expect([evidence.keys?.length, new Set(evidence.keys).size]).toEqual([keysKept, keysKept]);
  const kept = Object.values(left(outcome).streams)
    .flatMap((one) => one.days)
    .flatMap(({ found }) => Object.values(found).flatMap(({ settled, young }) => [...settled.keys, ...young.keys]));
  expect(kept).toHaveLength(keysKept);
  // The second audit reads nothing anew, and tells the same.
  const again = await look({ knownDepth: left(outcome), startedAt: hours(24), slots: 8 });
  expect({ ...findingOf(again, 'data-unreferenced').evidence, lookedAt: evidence.lookedAt }).toEqual(evidence);
}, 60_000);

it('thirty thousand files over three days share the keys that are kept', async () => {
  const bare = without(healthy, ...days.slice(0, 3).map((of) => manifestOf(of)));
  const emptied = days.slice(0, 3).map((of) => manifest(of, []));
  const { look } = await openSeries([
    deployment,
    ...bare,
    ...emptied,
    ...days.slice(0, 3).flatMap((of) => spare(of, many / 3)),
  ]);
  const { evidence } = findingOf(await look({ slots: 8 }), 'data-unreferenced');
  expect([evidence.objects, evidence.days, evidence.keys?.length]).toEqual([many + 6, 3, keysKept]);
}, 60_000);

it('thirty thousand files that are gone are all counted', async () => {
  const lost = Array.from({ length: many }, (_, n) => oneOf(third, n));
  const own = [fileOf(third, 0), fileOf(third, 1)];
  const listing = manifest(third, [...own, ...lost]);
  const { look } = await openSeries([deployment, ...without(healthy, listing.key), listing]);
  const outcome = await look();
  const { evidence } = findingOf(outcome, 'data-missing');
  expect(evidence).toMatchObject({ objects: many, bytes: many * fileSize, days: 1 });
  expect(evidence.keys).toHaveLength(keysKept);
}, 60_000);

it('a snapshot that lost a thousand and one days leaves a manifest unreferenced in each', async () => {
  const all = Array.from({ length: 1_001 }, (_, n) => addDays('2024-01-01', n));
  const { look } = await openSeries([
    deployment,
    marker('app/', ['2026-11-21']),
    schema,
    ...day('2026-11-21'),
    ...all.flatMap((of) => day(of)),
  ]);
  const outcome = await look({ slots: 8 });
  const { evidence } = findingOf(outcome, 'manifest-unreferenced');
  expect(evidence).toMatchObject({ objects: all.length, days: all.length, firstDay: all[0], lastDay: all.at(-1) });
  expect([evidence.keys?.length, evidence.files, outcome.completeness]).toEqual([all.length, 2 * all.length, 'full']);
  expect(told(outcome)).toContain('snapshot-reset app/');
  expect(told(outcome)).not.toContain('data-unreferenced app/');
}, 60_000);
