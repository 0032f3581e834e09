import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import {
  aged,
  but,
  data,
  days,
  fileOf,
  healthy,
  itTells,
  lookInside,
  manifest,
  manifestOf,
  told,
  without,
} from '../deep/buckets.ts';
import { keeps, marker, nodeMarker, refused } from './streams.ts';
import { object } from '../../support/generated.ts';

const [first = '', second = '', third = '', last = ''] = days;
const stray = data(fileOf(third, 2));
const legacy = (of: string) => data(`app/date=${of}/hour=05/minute=07/host.data.parquet`);
const finding = 'data-unreferenced app/';

describe('data-unreferenced', () => {
  itTells({
    'is told for a file that no manifest lists': { holds: [...healthy, stray], tells: [finding] },
    'is told for a day without any manifest': {
      holds: [
        ...without(healthy, manifestOf(third)).filter(({ key }) => !key.endsWith('.stream.json')),
        marker('app/', [first, second, last]),
      ],
      tells: [finding],
    },
    'is silent for a file in the manifest of the day before or after, as around midnight': {
      holds: but(
        [...healthy, stray, data(fileOf(second, 2))],
        manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf(third, 2)]),
        manifest(first, [fileOf(first, 0), fileOf(first, 1), fileOf(second, 2)]),
      ),
      tells: [],
    },
    'is silent for a file in the manifest of a day far off, as with a time partition': {
      holds: but(
        [...healthy, data(fileOf(first, 2))],
        manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf(first, 2)]),
      ),
      tells: [],
    },
    'is silent for a file in a manifest that no snapshot names: that one is told': {
      holds: [...healthy, stray, manifest(third, [fileOf(third, 2)], 'other')],
      tells: ['manifest-unreferenced app/'],
    },
    'is silent for data of the old form from before the first manifest': {
      holds: [...healthy, legacy('2023-05-01')],
      tells: [],
    },
    'is told for data of the old form since the first manifest': {
      holds: [...healthy, legacy(second)],
      tells: [finding],
    },
    'is silent for data of the old form in a stream without manifests': {
      holds: [marker('app/', [], { snapshot: null }, 'v3'), legacy('2023-05-01'), legacy('2023-05-02')],
      tells: [],
    },
    'is told for data of a newer form, however old its day': {
      holds: [...healthy, data(fileOf('2026-11-17', 0))],
      tells: [finding],
    },
    'waits while the file is younger than a day': {
      holds: [...healthy, aged(stray, '2026-11-24T05:00:00Z')],
      tells: [`${finding} (pending)`],
    },
    'is told for what is past its grace, beside what is not': {
      holds: [...healthy, stray, aged(data(fileOf(last, 2)), '2026-11-24T05:00:00Z')],
      tells: [finding],
    },
    'is silent for days that retention is done with': {
      holds: [...but(healthy, marker('app/', days, keeps(4))), data(fileOf(first, 2))],
      tells: [],
    },
    'is silent where the manifest of the day is missing, and would have listed it': {
      holds: without(healthy, manifestOf(third)),
      tells: ['manifest-missing app/'],
    },
    'is silent where the manifest of the day is damaged': {
      holds: but(healthy, object(manifestOf(third), '{"files":')),
      tells: ['manifest-corrupt app/'],
    },
    'is silent where one of several metadata files is damaged': {
      holds: [...healthy, stray, object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', '{')],
      tells: ['stream-metadata-corrupt app/'],
    },
    'counts what a dead node lists': {
      holds: [
        ...without(healthy, 'app/.stream/.stream.json'),
        marker('app/', [first, second]),
        nodeMarker('app/', [third, last]),
      ],
      tells: [],
    },
    'compares keys with paths that are not percent-encoded': {
      holds: but(
        [...healthy, data(fileOf(third, 2, 'level=a b%231%7E/'))],
        manifest(third, [fileOf(third, 0), fileOf(third, 1), fileOf(third, 2, 'level=a b#1~/')]),
      ),
      tells: [],
    },
  });

  it('tells how many, how large, and their keys', async () => {
    const { candidates } = await lookInside([...healthy, stray, data(fileOf(last, 2), 5)]);
    expect(candidates[0]?.evidence).toMatchObject({
      objects: 2,
      bytes: 1_005,
      days: 2,
      firstDay: third,
      lastDay: last,
      keys: [fileOf(third, 2), fileOf(last, 2)],
    });
  });

  it('cannot tell when a manifest of the day cannot be read', async () => {
    const outcome = await lookInside(
      [...healthy, stray],
      {},
      { faults: faultWhen(({ key }) => key === manifestOf(third), refused) },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
    expect(outcome.completeness).toBe('partial');
  });

  it('cannot tell when a neighbour day holds the manifest that cannot be read', async () => {
    const outcome = await lookInside(
      [...healthy, stray],
      {},
      { faults: faultWhen(({ key }) => key === manifestOf(last), refused) },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
