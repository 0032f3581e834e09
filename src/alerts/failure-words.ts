import type { Failure } from '../bucket/failure.ts';
import { displayText } from '../findings/display.ts';

const permissions: Partial<Record<string, string>> = {
  ListObjectsV2: 's3:ListBucket',
  GetObject: 's3:GetObject',
  AssumeRole: 'sts:AssumeRole',
};

interface Case {
  bucket: string;
  region: string | null;
  endpoint: string | null;
  failure: Failure;
}

/** What usually stands behind an answer, and what to do about it, by the code of the answer. */
const causes: { codes: RegExp; words: (one: Case) => string }[] = [
  {
    codes: /^(AccessDenied|AllAccessDisabled|Forbidden)$/,
    words: ({ bucket, failure }) =>
      failure.operation === 'AssumeRole'
        ? 'The role of this bucket may not be assumed: its trust policy has to name the monitor’s role, and that role needs sts:AssumeRole on it.'
        : `The monitor’s credentials lack ${permissions[failure.operation] ?? failure.operation} on arn:aws:s3:::${bucket}, or a bucket policy denies it, or the bucket is not owned by the account that expectedOwner names.`,
  },
  {
    codes: /^NoSuchBucket$/,
    words: ({ endpoint, region }) =>
      `There is no bucket of that name ${endpoint === null ? `in reach of region ${region ?? 'us-east-1'}` : `at ${endpoint}`}: it was deleted or renamed, or the configuration names the wrong one.`,
  },
  {
    codes:
      /^(InvalidAccessKeyId|SignatureDoesNotMatch|InvalidToken|ExpiredToken(Exception)?|InvalidClientTokenId|UnrecognizedClientException)$/,
    words: () => 'The store refuses the monitor’s credentials: they are wrong, revoked or have expired.',
  },
  {
    codes: /^(Credentials\w*Error|CredentialsError|TokenProviderError)$/,
    words: () => 'The monitor found no credentials at all: no role, no profile, no keys in its environment.',
  },
  {
    codes: /^(ENOTFOUND|EAI_AGAIN)$/,
    words: ({ endpoint }) =>
      `The name of ${endpoint ?? 'the store'} could not be resolved: the endpoint or its DNS entry is wrong, or the monitor has no DNS.`,
  },
  {
    codes:
      /^(ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|ECONNRESET|EPIPE|TimeoutError|RequestTimeout|AbortError)$/,
    words: ({ endpoint }) =>
      `No answer came from ${endpoint ?? 'the store'}: it is down, or a firewall, a security group or a missing VPC endpoint is in the way.`,
  },
  {
    codes: /CERT|SSL|TLS|CaBundleError/,
    words: () => 'The store’s certificate is not trusted: AWS_CA_BUNDLE has to name the authority that signed it.',
  },
  {
    codes:
      /^(SlowDown|ServiceUnavailable|InternalError|Throttling\w*|TooManyRequests\w*|RequestLimitExceeded|HTTP 5\d\d)$/,
    words: () => 'The store was overloaded or out of order for longer than the monitor repeats a request.',
  },
  {
    codes: /^(PermanentRedirect|AuthorizationHeaderMalformed|IllegalLocationConstraintException|HTTP 30\d)$/,
    words: ({ region }) => `The bucket lives in another region than ${region ?? 'the one asked'}: set its region.`,
  },
  {
    codes: /^Stopped$/,
    words: () => 'The time of the run was over before the first page of the listing came.',
  },
];

/** One or two sentences on why a bucket could not be looked at: which permission, name or network is missing. Display text. */
export function causeOf(one: Case): string {
  const cause = causes.find(({ codes }) => codes.test(one.failure.code));
  return displayText(cause?.words(one) ?? 'This answer is not one that the monitor expects from an S3 store.');
}

/** Which request failed, and what was answered. Display text. */
export function answerOf({ bucket, endpoint, failure }: Case): string {
  const { operation, code, status, message } = failure;
  const http = status === null ? 'no HTTP answer' : `HTTP ${String(status)}`;
  const said = message === '' || message === code ? '' : `: ${message}`;
  const where = endpoint === null ? '' : ` at ${endpoint}`;
  return displayText(`${operation} on s3://${bucket}${where} failed with ${code} (${http})${said}`);
}
