import type { Row } from '../classify/row.ts';
import { suspect, type Check, type Sight } from './suspect.ts';

/** Deployment findings carry this subject wherever the file lies, or should lie. */
export const deploymentSubject = '.parseable/';

/** A stream of the given epoch or newer, by its marker: usable, damaged or left behind. */
const hasStreamSince = (rows: readonly Row[], rank: number): boolean =>
  rows.some(({ epoch }) => epoch !== null && epoch >= rank);

/** True when what is here needs a deployment file, and none that serves it exists. */
function isMissing({ facts, rows, layout }: Sight): boolean {
  const [newest] = layout.deploymentFiles;
  const oldest = layout.deploymentFiles.at(-1);
  if (newest === undefined || oldest === undefined) return false;
  if (facts.deployments.some(({ read }) => read.state === 'unknown')) return false;
  const present = facts.deployments.find(({ read }) => read.state === 'present');
  // A file of an older layout serves the streams of that layout only.
  if (present !== undefined) return present.rank < newest.rank && hasStreamSince(rows, newest.rank);
  return (
    hasStreamSince(rows, oldest.rank) ||
    rows.some(({ name, verdict }) => verdict === 'tenant' || (name === deploymentSubject && verdict !== 'unknown'))
  );
}

/** No deployment file where streams, tenants or the deployment's own folder need one. */
export const deploymentMetadataMissing: Check = (sight) =>
  isMissing(sight) ? [suspect('deployment-metadata-missing', deploymentSubject)] : [];

/** The deployment file in use is there and unusable; one of an older layout beside a newer one is only left behind. */
export const deploymentMetadataCorrupt: Check = (sight) => {
  const current = sight.facts.deployments.find(({ read }) => read.state !== 'absent');
  if (current?.read.state !== 'present' || isMissing(sight)) return [];
  const { value } = current.read;
  if (value.state === 'usable' && value.version !== null) return [];
  const reason = value.state === 'unusable' ? value.why : 'its field version is missing';
  return [
    suspect('deployment-metadata-corrupt', deploymentSubject, { keys: [current.key] }, { key: current.key, reason }),
  ];
};
