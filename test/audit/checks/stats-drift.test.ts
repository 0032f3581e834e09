import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import { manifestBody, object, type GeneratedObject } from '../../support/generated.ts';
import { data, days, fileOf, itTells, lookInside, manifestOf, schema, told } from '../deep/buckets.ts';
import { marker, nodeMarker, refused } from './streams.ts';

const [first = '', second = ''] = days;
const mib = 1024 * 1024;
const finding = 'stats-drift app/';
const counters = (storage: number) => ({ events: 1, ingestion: 1, storage });
const stats = (storage: number) => ({
  stats: { lifetime_stats: counters(storage), current_stats: counters(storage), deleted_stats: counters(0) },
});

/** A stream of one day with a file of this size, all of it in order. */
const holding = (size: number, at = '2026-11-01T00:00:00Z'): GeneratedObject[] => [
  schema,
  { ...data(fileOf(first), size), lastModified: new Date(at) },
  object(manifestOf(first), manifestBody([{ path: fileOf(first), size }])),
];
const believing = (storage: number) => marker('app/', [first], stats(storage));

describe('stats-drift', () => {
  itTells({
    'is told for a stream that believes to hold more': {
      holds: [...holding(100 * mib), believing(102 * mib)],
      tells: [finding],
    },
    'is told for a stream that believes to hold less': {
      holds: [...holding(100 * mib), believing(98 * mib)],
      tells: [finding],
    },
    'is silent within a percent': { holds: [...holding(1000 * mib), believing(1005 * mib)], tells: [] },
    'is silent within a MiB': { holds: [...holding(2 * mib), believing(mib + 1)], tells: [] },
    'is silent within what came in the last hour': {
      holds: [...holding(100 * mib, '2026-11-24T05:30:00Z'), believing(20 * mib)],
      tells: [],
    },
    'adds up the metadata files of a cluster': {
      holds: [
        ...holding(100 * mib),
        believing(60 * mib),
        {
          ...nodeMarker('app/'),
          body: marker('app/', [], stats(40 * mib)).body ?? Buffer.alloc(0),
          size: marker('app/', [], stats(40 * mib)).size,
        },
      ],
      tells: [],
    },
    'is silent where a counter is nonsense': { holds: [...holding(100 * mib), believing(2 ** 64 - 5)], tells: [] },
    'is silent where unreferenced data explains it': {
      holds: [...holding(100 * mib), data(fileOf(first, 1), 50 * mib), believing(100 * mib)],
      tells: ['data-unreferenced app/'],
    },
  });

  it('tells both figures', async () => {
    const { candidates, streams } = await lookInside([...holding(100 * mib), believing(50 * mib)]);
    expect(candidates[0]?.evidence).toMatchObject({ believedBytes: 50 * mib, actualBytes: 100 * mib, objects: 1 });
    expect(streams[0]).toMatchObject({
      believedBytes: 50 * mib,
      dataBytes: 100 * mib,
      dataObjects: 1,
      manifests: 1,
      complete: true,
    });
  });

  it('cannot tell when a day was not seen', async () => {
    const more = [
      data(fileOf(second), 5),
      object(manifestOf(second), manifestBody([{ path: fileOf(second), size: 5 }])),
    ];
    const outcome = await lookInside(
      [...holding(100 * mib), ...more, marker('app/', [first, second], stats(50 * mib))],
      {},
      {
        faults: faultWhen(({ key }) => key === manifestOf(second), refused),
      },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
