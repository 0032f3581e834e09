import { describe, expect, it } from 'vitest';
import { object } from '../../support/generated.ts';
import { faultWhen } from '../../s3/server.ts';
import { but, healthy, itTells, lookInside, told, without } from '../deep/buckets.ts';
import { refused } from './streams.ts';

const place = 'app/.stream/.schema';
const finding = 'stream-schema-corrupt app/';
const holding = (body: string) => but(healthy, object(place, body));

describe('stream-schema-corrupt', () => {
  itTells({
    'is told for a schema that is not JSON': { holds: holding('{"fields":['), tells: [finding] },
    'is told for JSON that is no schema': { holds: holding('{"fields":1}'), tells: [finding] },
    'is told for an empty one, which servers since 1.0 cannot read': { holds: holding(''), tells: [finding] },
    "is told for a node's": {
      holds: [...healthy, object('app/.stream/.ingestor.4b8a8f48e53fd8c.schema', 'no')],
      tells: [finding],
    },
    'is silent where there is none': { holds: without(healthy, place), tells: [] },
    'is silent for a schema with fields': {
      holds: holding(
        '{"fields":[{"name":"level","data_type":"Utf8","nullable":true,"dict_id":0,"dict_is_ordered":false,"metadata":{}}],"metadata":{}}',
      ),
      tells: [],
    },
  });

  it('cannot tell when it cannot be read', async () => {
    const outcome = await lookInside(holding('no'), {}, { faults: faultWhen(({ key }) => key === place, refused) });
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });

  it('tells no word of what it holds', async () => {
    const { candidates } = await lookInside(holding('PLANTED'));
    expect(JSON.stringify(candidates)).not.toContain('PLANTED');
  });
});
