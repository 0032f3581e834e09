/** Why a request got no answer that can be relied on. Holds no body, no secret and no stack. */
export interface Failure {
  /** The S3 operation: `ListObjectsV2`, `GetObject`, … */
  operation: string;
  /** The store's error code or the transport's: `AccessDenied`, `SlowDown`, `ECONNREFUSED`, `CutAnswer`, `Stopped`, … */
  code: string;
  /** HTTP status, null when no answer came. */
  status: number | null;
  /** One sentence of at most 300 characters, as the store or the transport worded it. */
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

/** Describes a thrown value; `stopped` tells that the audit itself gave up (time limit or interrupt). */
export function failureOf(operation: string, thrown: unknown, stopped = false): Failure {
  if (stopped) {
    return { operation, code: 'Stopped', status: null, message: 'the audit was stopped before this could be read' };
  }
  const error = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as SdkError;
  const message = typeof error.message === 'string' ? error.message : '';
  return { operation, code: codeOf(error), status: statusOf(error), message: message.slice(0, 300) };
}
