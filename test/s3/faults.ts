import type { ServerResponse } from 'node:http';
import type { Answer } from './answer.ts';
import type { S3Request } from './request.ts';

/** What goes wrong with one request. */
export type Fault =
  /** The store refuses: 403 AccessDenied, 503 SlowDown, 500 InternalError, … */
  | { kind: 'status'; status: number; code: string; message?: string }
  /** The connection is reset before anything is answered. */
  | { kind: 'reset' }
  /**
   * The right headers, and a body that is cut. `lost`: the connection breaks where it is cut. `whole`: the length
   * announced is that of the cut body, so that it looks complete. `keep` is the part that is sent, 0.5 unless told.
   */
  | { kind: 'truncate'; arrives?: 'lost' | 'whole'; keep?: number }
  /** Nothing comes any more: no answer at all, or only the first half of the body. */
  | { kind: 'stall'; after?: 'nothing' | 'half' }
  /** A listing without rows that goes on under a new token (ListObjectsV2; elsewhere it does nothing). */
  | { kind: 'empty-page' }
  /** A listing with fewer rows than asked for that goes on. */
  | { kind: 'short-page'; rows?: number }
  /** Status 200, and in the body an error instead of the answer. */
  | { kind: 'error-body'; code?: string }
  /** The answer is right and late. */
  | { kind: 'latency'; ms: number };

/** Asked for every request before it is answered; null for no fault. May be replaced at any time. */
export type Faults = (request: S3Request) => Fault | null;

/** The fault for as long as `when` holds. */
export const faultWhen =
  (when: (request: S3Request) => boolean, fault: Fault): Faults =>
  (request) =>
    when(request) ? fault : null;

const half = (body: Buffer, keep = 0.5): Buffer => body.subarray(0, Math.floor(body.length * keep));

/** Sends an answer as S3 does: documents in chunks, objects with their length. */
export function send(response: ServerResponse, { status, headers, body }: Answer, method: string): void {
  response.writeHead(status, headers);
  response.end(method === 'HEAD' || status === 304 ? undefined : body);
}

/** Sends the first part of an answer and breaks the connection, or keeps it open without a word (`silent`). */
export function sendPart(response: ServerResponse, answer: Answer, keep: number | undefined, silent: boolean): void {
  response.writeHead(answer.status, answer.headers);
  const part = half(answer.body, keep);
  if (silent) {
    response.write(part);
    response.flushHeaders();
    return;
  }
  const breakOff = () => response.socket?.destroy();
  response.flushHeaders();
  if (part.length === 0) setImmediate(breakOff);
  else response.write(part, breakOff);
}

/** The answer cut, with the length of what is left announced. */
export const cutWhole = (answer: Answer, keep: number | undefined): Answer => {
  const body = half(answer.body, keep);
  return { ...answer, headers: { ...answer.headers, 'content-length': String(body.length) }, body };
};
