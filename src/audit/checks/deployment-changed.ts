import { deploymentAfter } from '../earlier.ts';
import { currentDeployment } from './current-deployment.ts';
import { deploymentSubject } from './deployment-metadata.ts';
import { suspect, type Check } from './suspect.ts';

/** The deployment has another id than at an earlier audit: a server made its file anew, or it is another one. */
export const deploymentChanged: Check = ({ facts, earlier, now }) => {
  const id = currentDeployment(facts)?.value.id ?? null;
  const replaced = id === null ? null : (deploymentAfter(id, earlier, now)?.replaced ?? null);
  if (id === null || replaced === null) return [];
  const ids = { before: replaced.before, now: id };
  return [suspect('deployment-changed', deploymentSubject, ids, ids)];
};
