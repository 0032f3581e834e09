import type { DeploymentReading } from '../../parseable/deployment.ts';
import type { Facts } from '../facts.ts';

type Usable = Extract<DeploymentReading, { state: 'usable' }>;

/** The deployment file that servers go by, the newest place first; null where it is not there, damaged or not to be read. */
export function currentDeployment(facts: Facts): { key: string; value: Usable } | null {
  const current = facts.deployments.find(({ read }) => read.state !== 'absent');
  if (current?.read.state !== 'present' || current.read.value.state !== 'usable') return null;
  return { key: current.key, value: current.read.value };
}
