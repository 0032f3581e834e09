import type { DeploymentReading } from '../../parseable/deployment.ts';
import { deploymentAfter } from '../earlier.ts';
import type { Facts } from '../facts.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { suspect, type Check } from './suspect.ts';

type Usable = Extract<DeploymentReading, { state: 'usable' }>;

/** The deployment file that servers go by, the newest place first; null where it is not there, damaged or not to be read. */
export function currentDeployment(facts: Facts): { key: string; value: Usable } | null {
  const current = facts.deployments.find(({ read }) => read.state !== 'absent');
  if (current?.read.state !== 'present' || current.read.value.state !== 'usable') return null;
  return { key: current.key, value: current.read.value };
}

/** The deployment has another id than at an earlier audit: a server made its file anew, or it is another one. */
export const deploymentChanged: Check = ({ facts, earlier, now }) => {
  const id = currentDeployment(facts)?.value.id ?? null;
  const replaced = id === null ? null : (deploymentAfter(id, earlier, now)?.replaced ?? null);
  if (id === null || replaced === null) return [];
  const ids = { before: replaced.before, now: id };
  return [suspect('deployment-changed', deploymentSubject, ids, ids)];
};

/** The metadata names another bucket than the one it lies in: the bucket is a copy, or the server writes elsewhere. */
export const deploymentElsewhere: Check = ({ facts, bucket }) => {
  const current = currentDeployment(facts);
  const storage = current?.value.storage ?? null;
  if (current === null || storage === null || current.value.mode === 'drive') return [];
  // The rest of the address may hold credentials; its last segment is the bucket.
  const elsewhere = storage.replace(/\/+$/, '').split('/').at(-1) ?? '';
  if (elsewhere === '' || elsewhere === bucket.name) return [];
  return [
    suspect(
      'deployment-elsewhere',
      deploymentSubject,
      { elsewhere, keys: [current.key] },
      { elsewhere, key: current.key },
    ),
  ];
};

/** Another watched bucket carries the same deployment id: one is a copy of the other, or one server was pointed at both. */
export const sharedDeployment: Check = ({ facts, bucket, peers }) => {
  const id = currentDeployment(facts)?.value.id ?? null;
  if (id === null) return [];
  const others = peers.filter((peer) => peer.id === id && peer.bucket !== bucket.name).map((peer) => peer.bucket);
  if (others.length === 0) return [];
  const buckets = [...new Set(others)].sort();
  return [suspect('shared-deployment', deploymentSubject, { id, buckets }, { id, others: buckets.join(', ') })];
};
