/** Why a request got no answer that can be relied on. Holds no body, no secret and no stack. */
export interface Failure {
  /** The S3 operation: `ListObjectsV2`, `GetObject`, … */
  operation: string;
  /** The store's error code or the transport's: `AccessDenied`, `SlowDown`, `ECONNREFUSED`, `CutAnswer`, `Stopped`, … */
  code: string;
  /** HTTP status, null when no answer came. */
  status: number | null;
  /** One line of at most 300 characters, as the store or the transport worded it, without what may be a secret. */
  message: string;
}

/** A read of something that may or may not be there. Only the store's own "no such key" is absence. */
export type Read<T> = { state: 'present'; value: T } | { state: 'absent' } | { state: 'unknown'; failure: Failure };

/** An answer that arrived, and is not whole: never to be taken for what the bucket holds. */
export class CutAnswer extends Error {
  override name = 'CutAnswer';
}

/** The body is larger than this program is willing to read. */
export class TooLarge extends Error {
  override name = 'TooLarge';
}

interface SdkError {
  name?: unknown;
  code?: unknown;
  message?: unknown;
  $metadata?: { httpStatusCode?: number };
  $response?: { statusCode?: number };
  cause?: unknown;
}

const statusOf = (error: SdkError): number | null =>
  error.$metadata?.httpStatusCode ?? error.$response?.statusCode ?? null;

/** Names that say nothing, so that the transport's own code is told instead. */
const hollowNames = new Set(['Error', 'TypeError', 'SyntaxError', 'AggregateError', 'Unknown', 'UnknownError']);

function codeOf(error: SdkError): string {
  const name = typeof error.name === 'string' ? error.name : 'Error';
  const cause = error.cause as SdkError | undefined;
  const transport = [error.code, cause?.code].find((code) => typeof code === 'string');
  if (typeof transport === 'string' && /^E[A-Z0-9_]+$/.test(transport)) return transport;
  if (!hollowNames.has(name)) return name;
  const status = statusOf(error);
  if (status === 403) return 'AccessDenied';
  if (status !== null && status >= 300) return `HTTP ${String(status)}`;
  return name === 'SyntaxError' || status === 200 ? 'CutAnswer' : name;
}

/** What a terminal or a log would obey; the words of a store are as untrusted as its keys. */
const obeyed = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;

/**
 * What a store, a proxy or the SDK may repeat of the request and its credentials: the user and password of a URL, signatures
 * and tokens, the command line of a credential process and what it printed.
 */
const secrets: readonly (readonly [secret: RegExp, instead: string])[] = [
  [/^Command failed:[^]*/, 'the command failed'],
  [/(\/\/)[^\s/@]*@/g, '$1…@'],
  [/\b(Basic|Bearer)\s+[\w.~+/=-]+/gi, '$1 …'],
  [/((?:security-?token|signature|secret|password|token)["']?\s*[=:]\s*["']?)[^\s"'&,;]+/gi, '$1…'],
  [/[A-Za-z0-9+/=_%-]{100,}/g, '…'],
];

/** The credentials of the environment, which are in every request; those of a profile are known by their form alone. */
const ofEnvironment = (): string[] =>
  [process.env['AWS_SECRET_ACCESS_KEY'], process.env['AWS_SESSION_TOKEN']].filter(
    // A shorter one is no real one, and its letters may stand anywhere.
    (secret): secret is string => secret !== undefined && secret.length >= 16,
  );

function harmless(words: string, longest: number): string {
  const known = ofEnvironment().reduce((text, secret) => text.replaceAll(secret, '…'), words.slice(0, 10_000));
  const told = secrets.reduce((text, [secret, instead]) => text.replace(secret, instead), known);
  return told.replace(obeyed, ' ').trim().slice(0, longest);
}

/** Why nothing was asked: the key holds bytes that are no UTF-8, which no request of the SDK can name. */
export const unaskable = (operation: string): Failure => ({
  operation,
  code: 'NotUtf8',
  status: null,
  message: 'the key holds bytes that are no UTF-8, so it cannot be asked for',
});

/** Describes a thrown value; `stopped` tells that the audit itself gave up (time limit or interrupt). */
export function failureOf(operation: string, thrown: unknown, stopped = false): Failure {
  if (stopped) {
    return { operation, code: 'Stopped', status: null, message: 'the audit was stopped before this could be read' };
  }
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as SdkError;
  const code = codeOf(error);
  // What could not be parsed is quoted by the parser: a piece of a body.
  const unparsed = code === 'CutAnswer' && !(thrown instanceof CutAnswer);
  const message = unparsed ? 'the answer cannot be understood' : typeof error.message === 'string' ? error.message : '';
  // A role that may not be taken on is what was refused, not the request that wanted it.
  const asked = /\bsts:AssumeRole\b/.test(message) ? 'AssumeRole' : operation;
  return { operation: asked, code: harmless(code, 100), status: statusOf(error), message: harmless(message, 300) };
}
