import { describe, expect, it } from 'vitest';
import { object } from '../../support/generated.ts';
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
} from '../deep/buckets.ts';
import { keeps, marker, nodeMarker, refused } from './streams.ts';

const [first = '', second = '', third = '', last = ''] = days;
const finding = 'manifest-unreferenced app/';
const other = manifest(third, [fileOf(third, 0)], 'other');

describe('manifest-unreferenced', () => {
  itTells({
    'is told for a manifest that no snapshot names': { holds: [...healthy, other], tells: [finding] },
    'is told beside a reset snapshot': {
      holds: but(healthy, marker('app/', [last])),
      tells: [finding, 'snapshot-reset app/'],
    },
    'is silent for what the file of any node names, dead or not': {
      holds: [...but(healthy, marker('app/', [first, second])), nodeMarker('app/', [third, last])],
      tells: [],
    },
    'waits while it is younger than a day': {
      holds: [...healthy, aged(other, '2026-11-24T05:00:00Z')],
      tells: [`${finding} (pending)`],
    },
    'is silent for days that retention is done with': {
      holds: but(healthy, marker('app/', [second, third, last].slice(1), keeps(4))),
      tells: [],
    },
    'is silent in a stream of a version that knew no snapshots': {
      holds: but(healthy, marker('app/', [], { snapshot: null }, 'v3')),
      tells: [],
    },
    'is silent where one of several metadata files is damaged': {
      holds: [...healthy, other, object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', '{')],
      tells: ['stream-metadata-corrupt app/'],
    },
  });

  it('tells which manifests, and what they list', async () => {
    const more = manifest(last, [fileOf(last, 0), fileOf(last, 1)], 'other');
    const { candidates } = await lookInside([...healthy, other, more]);
    expect(candidates[0]?.evidence).toMatchObject({
      objects: 2,
      files: 3,
      fileBytes: 3 * fileSize,
      keys: [manifestOf(third, 'other'), manifestOf(last, 'other')],
    });
  });

  it('cannot tell when the metadata cannot be read anew', async () => {
    let reads = 0;
    const outcome = await lookInside(
      [...healthy, other],
      {},
      {
        faults: faultWhen(
          ({ operation, key }) => operation === 'GetObject' && key === 'app/.stream/.stream.json' && ++reads > 1,
          refused,
        ),
      },
    );
    expect(told(outcome)).not.toContain(finding);
    expect(outcome.completeness).toBe('partial');
  });
});
