import { compareVersions } from '../../findings/version.ts';
import { isHidden } from '../classify/tenancy.ts';
import { isUnderstood } from './deep-streams.ts';
import { gather, suspectOf } from './gathered.ts';
import { suspect, type Check } from './suspect.ts';

/** Since this version a server skips folders that it does not know; older ones take each for a stream and refuse to start. */
const tolerantSince = '1.6.3';

/** The last release that reads plain manifests alone; what comes after it writes zstd under the same name. */
const lastWithoutZstd = '2.9.5';

/** What the configured server cannot start with, or read. */
export const newerThanServer: Check = (sight) => [...newerFolders(sight), ...newerManifests(sight)];

const newerManifests: Check = ({ bucket: { serverVersion }, streams, now }) => {
  if (serverVersion === null || compareVersions(serverVersion, lastWithoutZstd) > 0) return [];
  return streams.filter(isUnderstood).flatMap((stream) => {
    const packed = gather(stream, 'zstd', now);
    if (packed === null) return [];
    const { details, ...one } = suspectOf('newer-than-server', stream, packed);
    return [{ ...one, details: { ...details, reason: 'zstd-manifest' } }];
  });
};

/** Hidden folders that the configured server does not know and therefore cannot start with. */
const newerFolders: Check = ({ bucket, rows, layout }) => {
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
