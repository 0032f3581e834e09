import { currentDeployment } from './current-deployment.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { suspect, type Check } from './suspect.ts';

/** Another watched bucket carries the same deployment id: one is a copy of the other, or one server was pointed at both. */
export const sharedDeployment: Check = ({ facts, bucket, peers }) => {
  const id = currentDeployment(facts)?.value.id ?? null;
  if (id === null) return [];
  const others = peers.filter((peer) => peer.id === id && peer.bucket !== bucket.name).map((peer) => peer.bucket);
  if (others.length === 0) return [];
  const buckets = [...new Set(others)].sort();
  return [suspect('shared-deployment', deploymentSubject, { id, buckets }, { id, others: buckets.join(', ') })];
};
