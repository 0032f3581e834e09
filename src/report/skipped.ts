import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';

/** The optional reads of a bucket, and which permission each needs. */
const reads: Record<string, { what: string; permission: string }> = {
  lifecycle: { what: 'lifecycle rules', permission: 's3:GetLifecycleConfiguration' },
  uploads: { what: 'unfinished uploads', permission: 's3:ListBucketMultipartUploads' },
  versioning: { what: 'versioning', permission: 's3:GetBucketVersioning' },
  'object-lock': { what: 'object lock', permission: 's3:GetBucketObjectLockConfiguration' },
};

const denials: readonly string[] = ['AccessDenied', 'Forbidden'];

/** By which a store says that it has no such thing: then there is nothing to be missed. */
const notOffered: readonly string[] = ['NotImplemented', 'MethodNotAllowed'];

type Skipped = Report['skipped'][number];

/** `versioning: AccessDenied, the caller lacks s3:GetBucketVersioning`, as display text. */
function textOf({ what, why }: Skipped): string {
  const answer = displayText(why);
  const read = Object.hasOwn(reads, what) ? reads[what] : undefined;
  if (read !== undefined) {
    const told = denials.includes(why)
      ? `the caller lacks ${read.permission}`
      : `the store ${notOffered.includes(why) ? 'has no such thing' : 'does not tell'}`;
    return `${read.what}: ${answer}, ${told}`;
  }
  return what === 'shared-deployment'
    ? `whether another bucket carries the same deployment: ${answer}`
    : `${displayText(what)}: ${answer}`;
}

/** Everything that was asked for and not answered, and why. */
export const skippedTexts = ({ skipped }: Report): string[] => skipped.map(textOf);

/** Only what could be there all the same. */
export const missedTexts = ({ skipped }: Report): string[] =>
  skipped.filter(({ why }) => !notOffered.includes(why)).map(textOf);
