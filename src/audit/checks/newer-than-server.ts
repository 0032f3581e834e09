import { compareVersions } from '../../findings/version.ts';
import { isHidden } from '../classify/tenancy.ts';
import { suspect, type Check } from './suspect.ts';

/** Since this version a server skips folders that it does not know; older ones take each for a stream and refuse to start. */
const tolerantSince = '1.6.3';

/** Hidden folders that the configured server does not know and therefore cannot start with. */
export const newerThanServer: Check = ({ bucket, rows, layout }) => {
  const { serverVersion } = bucket;
  if (serverVersion === null || compareVersions(serverVersion, tolerantSince) >= 0) return [];
  return rows
    .filter(({ name, verdict, object, tenant }) => {
      if (object || tenant !== null || !isHidden(name)) return false;
      if (verdict !== 'deployment' && verdict !== 'unrecognised') return false;
      const known = layout.folders.find(({ folder }) => folder === name);
      return known === undefined || compareVersions(serverVersion, known.since) < 0;
    })
    .map(({ name }) => suspect('newer-than-server', name));
};
