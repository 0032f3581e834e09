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
   * announced is that of the cut body, so that it looks complete. `keep` is the part that is sent, 0.5 unless told;
   * `items` keeps so many rows of a listing instead, counted round, and never all; `whole` then ends the document.
   */
  | { kind: 'truncate'; arrives?: 'lost' | 'whole'; keep?: number; items?: number }
  /** Nothing comes any more: no answer at all, or only the first half of the body. */
  | { kind: 'stall'; after?: 'nothing' | 'half' }
  /** A listing without rows that goes on under a new token (ListObjectsV2; elsewhere it does nothing). */
  | { kind: 'empty-page' }
  /** A listing with fewer rows than asked for that goes on. */
  | { kind: 'short-page'; rows?: number }
  /**
   * A listing answered out of date (ListObjectsV2; elsewhere it does nothing). `same`: as the same request was answered
   * before, `before`: with the page that came before it. Where there is neither, the answer is the right one.
   */
  | { kind: 'stale-page'; page?: 'same' | 'before' }
  /** The right answer from a store whose clock is wrong: its `Date` is ahead by so much, behind where negative. */
  | { kind: 'skew'; ms: number }
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

type Truncation = Pick<Extract<Fault, { kind: 'truncate' }>, 'keep' | 'items'>;

/** Where each row of a listing begins, in bytes. */
const rowStarts = (body: Buffer): number[] =>
  [...body.toString('latin1').matchAll(/<(?:Contents|CommonPrefixes)>/g)].map(({ index }) => index);

function firstPart(body: Buffer, { keep = 0.5, items }: Truncation = {}): Buffer {
  const starts = items === undefined ? [] : rowStarts(body);
  const end = starts[(items ?? 0) % Math.max(starts.length, 1)];
  return body.subarray(0, end ?? Math.floor(body.length * keep));
}

/** Listings as they were answered before, for stores that answer out of date. */
export class AnsweredListings {
  readonly #answers = new Map<string, Answer>();
  /** Under which token a listing was gone on with, and by which request that token was given. */
  readonly #givenBy = new Map<string, string>();

  /** The answer to give, and from now on the earlier one. */
  pass(request: S3Request, answer: Answer, fault: Fault | null): Answer {
    if (request.operation !== 'ListObjectsV2' || answer.status !== 200) return answer;
    const { target, bucket, prefix, query } = request;
    const token = query.get('continuation-token');
    const listing = `${bucket} ${query.get('delimiter') ?? ''} ${prefix}`;
    const before = token === null ? undefined : this.#givenBy.get(`${listing} ${token}`);
    const wanted = fault?.kind !== 'stale-page' ? undefined : fault.page === 'before' ? before : target;
    const stale = wanted === undefined ? undefined : this.#answers.get(wanted);
    this.#answers.set(target, answer);
    const next = /<NextContinuationToken>([^<]*)</.exec(answer.body.toString('latin1'))?.[1];
    if (next !== undefined) this.#givenBy.set(`${listing} ${next}`, target);
    return stale ?? answer;
  }
}

/** The moment that a store names whose clock is ahead by `ms`. */
export const skewed = (answer: Answer, ms: number): Answer => ({
  ...answer,
  headers: { ...answer.headers, date: new Date(Date.now() + ms).toUTCString() },
});

/** Sends an answer as S3 does: documents in chunks, objects with their length. */
export function send(response: ServerResponse, { status, headers, body }: Answer, method: string): void {
  response.writeHead(status, headers);
  response.end(method === 'HEAD' || status === 304 ? undefined : body);
}

/** Sends the first part of an answer and breaks the connection, or keeps it open without a word (`silent`). */
export function sendPart(response: ServerResponse, answer: Answer, cut: Truncation | undefined, silent: boolean): void {
  response.writeHead(answer.status, answer.headers);
  const part = firstPart(answer.body, cut);
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
export const cutWhole = (answer: Answer, cut: Truncation): Answer => {
  const part = firstPart(answer.body, cut);
  const [end = ''] = cut.items === undefined ? [] : (/<\/\w+>\s*$/.exec(answer.body.toString('latin1')) ?? []);
  const body = Buffer.concat([part, Buffer.from(end, 'latin1')]);
  return { ...answer, headers: { ...answer.headers, 'content-length': String(body.length) }, body };
};
