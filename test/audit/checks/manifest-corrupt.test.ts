import { describe, expect, it } from 'vitest';
import { object } from '../../support/generated.ts';
import { faultWhen } from '../../s3/server.ts';
import {
  but,
  days,
  fileOf,
  healthy,
  itTells,
  lookInside,
  manifest,
  manifestOf,
  packed,
  told,
} from '../deep/buckets.ts';

const [, , third = ''] = days;
const finding = 'manifest-corrupt app/';
const holding = (body: string | Buffer) => but(healthy, object(manifestOf(third), body));
const good = manifest(third, [fileOf(third, 0), fileOf(third, 1)]);

describe('manifest-corrupt', () => {
  itTells({
    'is told for a manifest that is not JSON': { holds: holding('{"version":"v1","files":['), tells: [finding] },
    'is told for an empty one': { holds: holding(''), tells: [finding] },
    'is told for one without files': { holds: holding('{"version":"v1"}'), tells: [finding] },
    'is told for a file without its size': { holds: holding('{"files":[{"file_path":"x"}]}'), tells: [finding] },
    'is told for zstd that is cut': {
      holds: holding((packed(good).body ?? Buffer.alloc(0)).subarray(0, -4)),
      tells: [finding],
    },
    'is silent for zstd': { holds: but(healthy, packed(good)), tells: [] },
    'is silent for a manifest of no files': {
      holds: [...healthy, object('app/date=2026-11-22/host.manifest.json', '{"version":"v1","files":[]}')],
      tells: ['manifest-unreferenced app/'],
    },
  });

  it('names the file, and says what is wrong with it without a word of it', async () => {
    const { candidates } = await lookInside(holding('{"files":[{"file_path":"PLANTED-secret"}]}'));
    expect(candidates[0]?.evidence).toMatchObject({ objects: 1, keys: [manifestOf(third)] });
    expect(JSON.stringify(candidates)).not.toContain('PLANTED');
  });

  it('cannot tell when the body arrives cut', async () => {
    const outcome = await lookInside(
      healthy,
      {},
      {
        faults: faultWhen(({ key }) => key === manifestOf(third), { kind: 'truncate', arrives: 'whole' }),
      },
    );
    expect(told(outcome)).toEqual(['scan-incomplete app/']);
  });
});
