import type { Bucket } from '../bucket/bucket.ts';
import { layout } from '../parseable/layout.ts';
import { readDeploymentFile } from './look/markers.ts';

/** The id of the deployment whose bucket this is, by one or two reads; null where there is none, and `unknown` where nobody can tell. */
export async function identify(bucket: Bucket): Promise<{ id: string } | 'unknown' | null> {
  for (const { key } of layout.deploymentFiles) {
    const read = await readDeploymentFile(bucket, key);
    if (read.state === 'unknown') return 'unknown';
    if (read.state === 'present') return read.value.state === 'usable' ? { id: read.value.id } : 'unknown';
  }
  return null;
}
