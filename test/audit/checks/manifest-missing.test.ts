import { describe, expect, it } from 'vitest';
import { object } from '../../support/generated.ts';
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
  manifestOf,
  today,
  told,
  without,
} from '../deep/buckets.ts';
import { keeps, marker, nodeMarker, refused } from './streams.ts';

const [first = '', , third = ''] = days;
const finding = 'manifest-missing app/';
const hour = '2026-11-24T05:30:00Z';
const node = '4b8a8f48e53fd8c';

describe('manifest-missing', () => {
  itTells({
    'is told for a manifest that the snapshot names and that is not there': {
      holds: without(healthy, manifestOf(third)),
      tells: [finding],
    },
    'is told for a day that has no folder at all': {
      holds: but(healthy, marker('app/', [...days, '2026-11-22'])),
      tells: [finding],
    },
    'is told at once for a day long over, though the metadata file is young: it always is': {
      holds: but(without(healthy, manifestOf(third)), aged(marker('app/', days), hour)),
      tells: [finding],
    },
    'waits for a day that is not over yet while the metadata file is younger than an hour': {
      holds: [...but(healthy, aged(marker('app/', [...days, today]), hour)), aged(data(fileOf(today)), hour)],
      tells: [`${finding} (pending)`],
    },
    'is silent for days that retention is done with': {
      holds: but(without(healthy, manifestOf(first)), marker('app/', days, keeps(4))),
      tells: [],
    },
    'is silent for what only the file of a node lists that is gone': {
      holds: [...healthy, nodeMarker('app/', ['2026-11-22'], node)],
      tells: [],
    },
    'is told for what the file of a node lists that is there': {
      holds: [...healthy, nodeMarker('app/', ['2026-11-22'], node), object(`.parseable/ingestor.${node}.json`, '{}')],
      tells: [finding],
    },
  });

  it('cannot tell when the day cannot be looked at again', async () => {
    let listings = 0;
    const outcome = await lookInside(
      without(healthy, manifestOf(third)),
      {},
      {
        faults: faultWhen(
          ({ operation, query }) =>
            operation === 'ListObjectsV2' && query.get('prefix') === `app/date=${third}/` && ++listings > 0,
          refused,
        ),
      },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
    expect(listings).toBeGreaterThan(0);
  });

  it('cannot tell whether a node is there when nodes cannot be listed', async () => {
    const outcome = await lookInside(
      [...healthy, nodeMarker('app/', ['2026-11-22'], node)],
      {},
      {
        faults: faultWhen(({ query }) => query.get('prefix') === '.parseable/ingestor.', refused),
      },
    );
    expect(told(outcome)).toEqual(['scan-incomplete .parseable/']);
  });
});
