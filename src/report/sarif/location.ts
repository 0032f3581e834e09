import { isOfBucket } from '../../findings/describe.ts';
import type { Finding, Report } from '../../findings/report.ts';

/** What relative addresses of a run are relative to. */
export const base = 'BUCKETS';

/** A segment of a path, percent-encoded. One of dots alone would be resolved away, encoded once or not, so it is encoded twice. */
const segment = (text: string): string =>
  /^\.{1,2}$/.test(text) ? text.replaceAll('.', '%252E') : encodeURIComponent(text.toWellFormed());

/**
 * Where a finding is. GitHub takes no other scheme than that of a checkout and ignores `originalUriBaseIds`, and an empty
 * address fails the upload: so the address is relative, and begins with the bucket. The line is one that GitHub asks for.
 * The logical name is exact.
 */
export function locationOf({ bucket }: Report, finding: Finding) {
  const key = isOfBucket(finding) ? '' : finding.subject;
  const path = [bucket.name, ...(key === '' ? [] : key.split('/'))].map(segment).join('/');
  return {
    physicalLocation: {
      artifactLocation: { uri: path, uriBaseId: base },
      region: { startLine: 1 },
    },
    logicalLocations: [
      { name: key === '' ? bucket.name : key, fullyQualifiedName: `s3://${bucket.name}/${key}`, kind: 'resource' },
    ],
  };
}
