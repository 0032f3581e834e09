import { expect, it } from 'vitest';
import { auditObjects } from '../support/audited.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';
import { objectOf } from '../s3/client.ts';

it('tells of each stream its days as ranges, how long it keeps them and what it believes to store', async () => {
  const objects = [
    objectOf('.parseable/.parseable.json', deploymentBody()),
    objectOf('web/.stream/.stream.json', markerBody('v7')),
    ...['2026-11-01', '2026-11-02', '2026-11-05'].map((day) =>
      objectOf(`web/date=${day}/hour=00/minute=00/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q0D.parquet`, 'x'),
    ),
    objectOf('backups/x', 'x'),
  ];
  const { streams } = await auditObjects(objects);
  expect(streams).toMatchObject([
    { name: 'web/', days: ['2026-11-01..2026-11-02', '2026-11-05'], objects: null, lookedAt: null },
  ]);
});
