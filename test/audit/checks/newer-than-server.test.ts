import { describe, expect, it } from 'vitest';
import { but, days, fileOf, healthy, itTells, lookInside, manifest, packed } from '../deep/buckets.ts';

const [, , third = ''] = days;
const zstd = but(healthy, packed(manifest(third, [fileOf(third, 0), fileOf(third, 1)])));

describe('newer-than-server, inside of a stream', () => {
  itTells({
    'is told for manifests in zstd, which the configured server cannot read': {
      holds: zstd,
      config: { serverVersion: '2.9.5' },
      tells: ['newer-than-server app/'],
    },
    'is silent for a newer server': { holds: zstd, config: { serverVersion: '2.10.0' }, tells: [] },
    'is silent where no server is configured': { holds: zstd, tells: [] },
    'is silent for plain manifests': { holds: healthy, config: { serverVersion: '2.9.5' }, tells: [] },
  });

  it('counts the manifests', async () => {
    const { candidates } = await lookInside(zstd, { serverVersion: '2.9.5' });
    expect(candidates[0]?.evidence).toMatchObject({ objects: 1, days: 1, firstDay: third });
  });
});
