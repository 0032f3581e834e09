import { currentDeployment } from './current-deployment.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { suspect, type Check } from './suspect.ts';

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
