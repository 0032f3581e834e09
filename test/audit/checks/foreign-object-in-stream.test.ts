import { describe, expect, it } from 'vitest';
import { markerBody, object } from '../../support/generated.ts';
import { faultWhen } from '../../s3/server.ts';
import { but, days, healthy, itTells, lookInside, told } from '../deep/buckets.ts';
import { refused } from './streams.ts';

const [, , third = ''] = days;
const finding = 'foreign-object-in-stream app/';
const beside = (...keys: string[]) => [...healthy, ...keys.map((key) => object(`app/date=${third}/${key}`, 'x'))];

describe('foreign-object-in-stream', () => {
  itTells({
    'is told for a file in the folder of a day that no layout writes': { holds: beside('_SUCCESS'), tells: [finding] },
    'is told for a file in the folder of a minute': { holds: beside('hour=05/minute=07/.DS_Store'), tells: [finding] },
    'is told for Parquet where no minute is': { holds: beside('part-0001.parquet'), tells: [finding] },
    'is silent for empty folder markers on the way': {
      holds: [
        ...healthy,
        ...['', 'hour=05/', 'hour=05/minute=07/'].map((key) => object(`app/date=${third}/${key}`, 0)),
      ],
      tells: [],
    },
    'is silent below a folder that is no day: that is told': {
      holds: [...healthy, object('app/date=2026-11-1/x', 'x')],
      tells: ['malformed-date-prefix app/date=2026-11-1/'],
    },
    'is told where the metadata is of a version yet unknown': {
      holds: but(beside('_SUCCESS'), object('app/.stream/.stream.json', markerBody('v99'))),
      tells: [finding, 'stream-metadata-newer app/'],
    },
    'needs no grace': {
      holds: beside('_SUCCESS').map((one) =>
        one.key.endsWith('_SUCCESS') ? { ...one, lastModified: new Date('2026-11-24T05:59:00Z') } : one,
      ),
      tells: [finding],
    },
  });

  it('counts them, and names them', async () => {
    const { candidates } = await lookInside(beside('_SUCCESS', 'hour=05/x'));
    expect(candidates[0]?.evidence).toMatchObject({ objects: 2, bytes: 2, days: 1 });
  });

  it('cannot tell what could not be listed', async () => {
    const outcome = await lookInside(
      beside('_SUCCESS'),
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
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
