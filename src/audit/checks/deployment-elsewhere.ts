import { currentDeployment } from './current-deployment.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { suspect, type Check } from './suspect.ts';

/** What may be told of the address: anything else in it, user and query too, may be a secret. */
const bucketName = /^[A-Za-z0-9._-]{1,255}$/;

const lastSegment = (storage: string): string =>
  storage
    .replace(/^[a-z0-9+.-]+:\/\/[^/]*/i, '')
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .split('/')
    .at(-1) ?? '';

/** The metadata names another bucket than the one it lies in: the bucket is a copy, or the server writes elsewhere. */
export const deploymentElsewhere: Check = ({ facts, bucket }) => {
  const current = currentDeployment(facts);
  const storage = current?.value.storage ?? null;
  if (current === null || storage === null || current.value.mode === 'drive') return [];
  const last = lastSegment(storage);
  if (last === '' || last === bucket.name) return [];
  const elsewhere = bucketName.test(last) ? last : 'another place';
  return [
    suspect(
      'deployment-elsewhere',
      deploymentSubject,
      { elsewhere, keys: [current.key] },
      { elsewhere, key: current.key },
    ),
  ];
};
