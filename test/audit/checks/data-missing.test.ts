import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import {
  aged,
  but,
  days,
  fileOf,
  fileSize,
  healthy,
  itTells,
  lookInside,
  manifest,
  manifestOf,
  told,
  without,
} from '../deep/buckets.ts';
import { keeps, marker, refused } from './streams.ts';

const [first = '', , third = '', last = ''] = days;
const finding = 'data-missing app/';
const lost = fileOf(third, 1);

describe('data-missing', () => {
  itTells({
    'is told for a file that a manifest lists and that is not there': {
      holds: without(healthy, lost),
      tells: [finding],
    },
    'is told when all files of a day are gone': {
      holds: without(healthy, fileOf(third, 0), fileOf(third, 1)),
      tells: [finding],
    },
    'is told for a file of a day that has no folder': {
      holds: but(healthy, manifest(last, [fileOf(last, 0), fileOf(last, 1), fileOf('2026-11-22', 0)])),
      tells: [finding],
    },
    'is told for a day that retention is done with: its manifest is still named': {
      holds: but(without(healthy, fileOf(first, 1)), marker('app/', days, keeps(4))),
      tells: [finding],
    },
    'is silent for what only a manifest lists that no snapshot names': {
      holds: [...healthy, manifest(third, [fileOf(third, 2)], 'other')],
      tells: ['manifest-unreferenced app/'],
    },
    'waits while the manifest that lists it is younger than an hour': {
      holds: but(without(healthy, lost), aged(manifest(third, [fileOf(third, 0), lost]), '2026-11-24T05:30:00Z')),
      tells: [`${finding} (pending)`],
    },
  });

  it('tells how many are missing, as large as the manifest says', async () => {
    const { candidates } = await lookInside(without(healthy, lost, fileOf(last, 0)));
    expect(candidates[0]?.evidence).toMatchObject({ objects: 2, bytes: 2 * fileSize, keys: [lost, fileOf(last, 0)] });
  });

  it('cannot tell when the day cannot be listed', async () => {
    const outcome = await lookInside(
      without(healthy, lost),
      {},
      {
        faults: faultWhen(
          ({ operation, query }) =>
            operation === 'ListObjectsV2' &&
            !query.has('delimiter') &&
            (query.get('prefix') ?? '').startsWith('app/date='),
          refused,
        ),
      },
    );
    expect(outcome.completeness).toBe('partial');
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });

  it('cannot tell when the manifest cannot be read', async () => {
    const outcome = await lookInside(
      without(healthy, lost),
      {},
      { faults: faultWhen(({ key }) => key === manifestOf(third), refused) },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
