import { identityCommand, listCommand, type Address } from './commands.ts';
import { displayText } from './display.ts';
import type { Evidence } from './report.ts';

/** A request without a reliable answer, as a finding's evidence has it. */
export interface FailedRequest {
  operation: string;
  code: string;
  status: number | null;
  /** As the store worded it, perhaps empty. */
  answer: string;
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** Evidence → the failed request in it; null when there is none. */
export function failedRequestOf(evidence: Evidence): FailedRequest | null {
  const operation = textOf(evidence['operation']);
  const code = textOf(evidence['code']);
  if (operation === '' || code === '') return null;
  const status = evidence['status'];
  return { operation, code, status: typeof status === 'number' ? status : null, answer: textOf(evidence['answer']) };
}

/** The code of what the audit itself gave up, at its time limit or an interrupt. */
export const isStopped = ({ code }: FailedRequest): boolean => code === 'Stopped';

/** `ListObjectsV2 was answered with 403 AccessDenied`: which request, which answer. Display text. */
export function answerText({ operation, code, status }: FailedRequest): string {
  const answer =
    code === 'CutAnswer'
      ? 'was answered in part only'
      : status === null
        ? `got no answer: ${code}`
        : `was answered with ${code.includes(String(status)) ? '' : `${String(status)} `}${code}`;
  return displayText(`${operation} ${answer}`);
}

/** What the store itself said besides the code; null when that is nothing. Display text. */
export function storesWords({ code, answer }: FailedRequest): string | null {
  const words = displayText(answer.trim());
  return words === '' || words === code || words === 'UnknownError' ? null : words.replace(/\.$/, '');
}

type Hint = (request: FailedRequest, at: Address) => string;

// Not `/*`: node files hold the admin's password, and nobody needs to grant them to a monitor.
const metadataOf = (bucket: string): string =>
  `s3:GetObject on the metadata files in arn:aws:s3:::${bucket} (deploy/read-only-role.yml lists them)`;

const permissions: Record<string, (bucket: string) => string> = {
  ListObjectsV2: (bucket) => `s3:ListBucket on arn:aws:s3:::${bucket}`,
  GetObject: metadataOf,
  HeadObject: metadataOf,
  GetBucketLifecycleConfiguration: (bucket) => `s3:GetLifecycleConfiguration on arn:aws:s3:::${bucket}`,
  ListMultipartUploads: (bucket) => `s3:ListBucketMultipartUploads on arn:aws:s3:::${bucket}`,
  ListParts: (bucket) => `s3:ListMultipartUploadParts on the objects of arn:aws:s3:::${bucket}`,
  GetBucketVersioning: (bucket) => `s3:GetBucketVersioning on arn:aws:s3:::${bucket}`,
  GetObjectLockConfiguration: (bucket) => `s3:GetBucketObjectLockConfiguration on arn:aws:s3:::${bucket}`,
  AssumeRole: () => 'sts:AssumeRole on the role in roleArn, or that role does not trust them',
};

const denied: Hint = ({ operation, answer }, at) => {
  const what = permissions[operation]?.(displayText(at.bucket)) ?? `the permission for ${displayText(operation)}`;
  const key = /kms/i.test(answer) ? ', or kms:Decrypt on the key that encrypts it' : '';
  return `The credentials in use lack ${what}${key}, or a bucket policy denies it. Allow it, and see who is asking with ${identityCommand}.`;
};

const credentials: Hint = () =>
  `The credentials are missing, wrong or expired. Set or renew them (profile, environment or role), and see whether they work with ${identityCommand}.`;

const unreachable: Hint = (_, at) => {
  const settings = at.endpoint === null ? 'network, proxy and region' : 'endpoint and network';
  return `The store cannot be reached from here. Look at ${settings}, then try ${listCommand(at)}.`;
};

const certificate: Hint = () =>
  'The certificate of the store is not trusted here. Let AWS_CA_BUNDLE name a file with the certificate of who signed it.';

const elsewhere: Hint = (_, at) =>
  `The bucket is in another region, or at another endpoint, than was asked. Set region and endpoint, then try ${listCommand(at)}.`;

const busy: Hint = (_, at) =>
  `The store did not answer in spite of retries, perhaps because it is busy. Run the audit again, with a lower --concurrency if need be, or try ${listCommand(at)}.`;

/** What is missing, by the code of the answer: a permission, a setting, patience. The first that fits counts. */
const hints: readonly (readonly [codes: RegExp, hint: Hint])[] = [
  [
    /^Stopped$/,
    (_, at) =>
      `The audit ran out of time. Give it more (--max-duration, or the time-out of the Lambda), and look by hand meanwhile with ${listCommand(at)}.`,
  ],
  [
    /^NoSuchBucket$/,
    (_, at) =>
      `There is no such bucket at this endpoint. Look at its name, and at region and endpoint, then try ${listCommand(at)}. If it was removed on purpose, take it out of the configuration.`,
  ],
  [
    /^(PermanentRedirect|TemporaryRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraint.*|HTTP 30\d)$/,
    elsewhere,
  ],
  [
    /^(InvalidAccessKeyId|SignatureDoesNotMatch|ExpiredToken.*|InvalidToken|InvalidClientTokenId|TokenRefreshRequired|Unrecognized.*|.*Credentials.*|.*TokenProviderError)$/i,
    credentials,
  ],
  [/^RequestTimeTooSkewed$/, () => 'The clock of this machine is off. Set it, and run the audit again.'],
  [/^(AccessDenied.*|AllAccessDisabled|Forbidden|HTTP 403)$/, denied],
  [/^(E[A-Z]+_?CERT.*|.*CERT.*|.*SELF_SIGNED.*|UNABLE_TO_.*)$/, certificate],
  [/^E[A-Z0-9_]+$/, unreachable],
  [
    /^NotUtf8$/,
    () =>
      'The name holds bytes that are no UTF-8, and no tool of AWS can ask for it. Rename or remove it with the tool that wrote it.',
  ],
  [
    /^TooLarge$/,
    () =>
      'The file is larger than this program is willing to read, so it is hardly what its name says. Look at it by hand.',
  ],
];

/** What to do about a failed request: which permission or setting is missing, and what to try. A remedy. */
export function hintFor(request: FailedRequest, at: Address): string {
  const known = hints.find(([codes]) => codes.test(request.code));
  if (known !== undefined) return known[1](request, at);
  if (/certificate/i.test(request.answer)) return certificate(request, at);
  if (request.status === 403) return denied(request, at);
  if (request.status === 401) return credentials(request, at);
  if (request.status === null && request.code !== 'CutAnswer') return unreachable(request, at);
  return busy(request, at);
}
