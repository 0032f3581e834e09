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
} from '../deep/buckets.ts';
import { marker, refused } from './streams.ts';
import { manifestBody, object } from '../../support/generated.ts';

const [, second = '', third = ''] = days;
const finding = 'data-size-mismatch app/';
const cut = data(fileOf(third, 1), 7);

describe('data-size-mismatch', () => {
  itTells({
    'is told for a file of another size than its manifest says': { holds: but(healthy, cut), tells: [finding] },
    'is silent where any manifest that lists it has its size': {
      holds: [
        ...but(healthy, cut, marker('app/', days)),
        object(manifestOf(third, 'other'), manifestBody([{ path: fileOf(third, 1), size: 7 }])),
      ],
      tells: ['manifest-unreferenced app/'],
    },
    'is silent for a size that only a manifest claims that no snapshot names': {
      holds: [...healthy, data(fileOf(third, 2), 7), manifest(third, [fileOf(third, 2)], 'other')],
      tells: ['manifest-unreferenced app/'],
    },
    'waits while the file is younger than an hour': {
      holds: but(healthy, aged(cut, '2026-11-24T05:30:00Z')),
      tells: [`${finding} (pending)`],
    },
    'waits while the manifest is': {
      holds: but(healthy, cut, aged(manifest(third, [fileOf(third, 0), fileOf(third, 1)]), '2026-11-24T05:30:00Z')),
      tells: [`${finding} (pending)`],
    },
  });

  it('tells both sizes', async () => {
    const { candidates } = await lookInside(but(healthy, cut, data(fileOf(second, 0), 2_000)));
    expect(candidates[0]?.evidence).toMatchObject({ objects: 2, bytes: 2_007, claimedBytes: 2_000 });
  });

  it('cannot tell when the manifest cannot be read', async () => {
    const outcome = await lookInside(
      but(healthy, cut),
      {},
      { faults: faultWhen(({ key }) => key === manifestOf(third), refused) },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
