import type { Failure } from './failure.ts';

/** A read that not every store offers and not every role may do: without it the audit says less, and is whole all the same. */
export type Optional<T> =
  { state: 'present'; value: T } | { state: 'refused'; why: string } | { state: 'unknown'; failure: Failure };

/** Codes by which stores say that they do not do this, or not for this caller: not that they are busy, or confused by the request. */
const refusals =
  /^(AccessDenied.*|AllAccessDisabled|Forbidden|Unauthorized.*|MethodNotAllowed|.*NotImplemented|.*NotSupported|Unsupported.*|InvalidRequest|InvalidArgument|NoSuch(?!Bucket$).*|HTTP (403|404|405|501))$/;

/** What a failed optional read means: refused for good, or unknown like any other failed read. */
export function refusedOrUnknown(failure: Failure): Exclude<Optional<never>, { state: 'present' }> {
  const { status, code } = failure;
  const refused = status !== null && status >= 400 && (status === 405 || status === 501 || refusals.test(code));
  return refused ? { state: 'refused', why: code } : { state: 'unknown', failure };
}
