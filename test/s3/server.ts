import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer, S3Error, xmlAnswer, type Answer } from './answer.ts';
import { StoredBucket, type BucketContents } from './contents.ts';
import { AnsweredListings, cutWhole, send, sendPart, skewed, type Fault, type Faults } from './faults.ts';
import { listMultipartUploads, listObjects, listObjectsV2, listParts, type PageLimit } from './listings.ts';
import { bucketLocation, getObject, setting } from './objects.ts';
import type { Oddity } from './oddities.ts';
import { understand, type S3Request } from './request.ts';
import { errorDocument } from './xml.ts';

export type { BucketContents, Settings, StoredObject } from './contents.ts';
export { StoredBucket } from './contents.ts';
export { faultWhen, type Fault, type Faults } from './faults.ts';
export type { S3Request } from './request.ts';

/** A request as it was asked and answered. */
export interface RequestLog extends S3Request {
  headers: IncomingHttpHeaders;
  /** Null when no status was sent. */
  status: number | null;
  fault: Fault['kind'] | null;
}

export interface S3Options {
  buckets: Record<string, BucketContents | StoredBucket>;
  faults?: Faults;
  /** Rows of a page at most, whatever is asked for. */
  pageSize?: number;
  /** Refuse what is not signed. Signatures are not verified. */
  signed?: boolean;
  /** Send requests that were signed for another region to the bucket's own. */
  strictRegion?: boolean;
  /** List as some store does that is not S3. */
  oddity?: Oddity;
  /** Keep what listings were answered, for the fault `stale-page`. */
  keepListings?: boolean;
}

export interface S3 {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly buckets: Map<string, StoredBucket>;
  /** Everything asked so far, in the order of arrival; may be emptied. */
  readonly requests: RequestLog[];
  /** Every request that would have changed something; all were refused. */
  readonly writes: RequestLog[];
  /** The most requests that were under way at one time. */
  readonly peak: number;
  /** Replaces the faults; without one, all is well again. */
  fail(faults?: Faults): void;
  close(): Promise<void>;
}

/**
 * A small read-only S3 on 127.0.0.1: speaks the wire protocol as S3 does and fails as it is told to. Every write is
 * refused and noted.
 */
export async function startS3(options: S3Options): Promise<S3> {
  const buckets = new Map(
    Object.entries(options.buckets).map(([name, contents]) => [
      name,
      contents instanceof StoredBucket ? contents : new StoredBucket(contents),
    ]),
  );
  const requests: RequestLog[] = [];
  const writes: RequestLog[] = [];
  const attempts = new Map<string, number>();
  const answered = options.keepListings === true ? new AnsweredListings() : null;
  let faults = options.faults ?? (() => null);
  let arrived = 0;
  let underWay = 0;
  let peak = 0;

  const answerTo = (request: S3Request, headers: IncomingHttpHeaders, limit: PageLimit): Answer => {
    if (options.signed === true && !request.signed) throw denied();
    if (request.operation === 'Write') throw denied();
    if (request.bucket === '') throw new S3Error(501, 'NotImplemented', 'This server lists no buckets.');
    const bucket = buckets.get(request.bucket);
    if (bucket === undefined) {
      throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist', {
        fields: { BucketName: request.bucket },
      });
    }
    const expectedOwner = headers['x-amz-expected-bucket-owner'];
    if (expectedOwner !== undefined && expectedOwner !== bucket.owner) throw denied();
    if (options.strictRegion === true) refuseOtherRegion(headers.authorization, bucket.region);
    const { oddity } = options;
    if (oddity === undefined || request.operation !== 'ListObjectsV2') return dispatch(request, bucket, headers, limit);
    const query = oddity.understood?.(request.query) ?? request.query;
    const answer = dispatch({ ...request, query }, bucket, headers, limit);
    return oddity.answered?.(answer, query) ?? answer;
  };

  const serve = async (message: IncomingMessage, response: ServerResponse): Promise<void> => {
    message.resume();
    const identity = `${message.method ?? ''} ${message.headers.host ?? ''}${message.url ?? ''}`;
    const attempt = (attempts.get(identity) ?? 0) + 1;
    attempts.set(identity, attempt);
    const index = arrived++;
    const requestId = index.toString(16).toUpperCase().padStart(16, '0');
    response.setHeader('server', 'AmazonS3');
    response.setHeader('x-amz-request-id', requestId);
    const request = understand(message, index, attempt);
    if (request === null) {
      const refusal = new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
      send(response, errorAnswer(refusal, requestId), message.method ?? 'GET');
      return;
    }
    const fault = faults(request);
    const log: RequestLog = { ...request, headers: message.headers, status: null, fault: fault?.kind ?? null };
    requests.push(log);
    if (request.operation === 'Write') writes.push(log);
    const limit: PageLimit = { rows: options.pageSize ?? null };
    if (fault?.kind === 'empty-page') limit.rows = 0;
    if (fault?.kind === 'short-page') limit.rows = fault.rows ?? 1;
    if (fault?.kind === 'latency') await new Promise((resolve) => setTimeout(resolve, fault.ms));
    let answer: Answer;
    try {
      if (fault?.kind === 'status') {
        throw new S3Error(fault.status, fault.code, fault.message ?? `The test wants ${fault.code}.`);
      }
      answer = answerTo(request, message.headers, limit);
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      answer = errorAnswer(error, requestId);
    }
    answer = answered?.pass(request, answer, fault) ?? answer;
    if (fault?.kind === 'skew') answer = skewed(answer, fault.ms);
    if (fault?.kind === 'error-body') {
      const code = fault.code ?? 'InternalError';
      answer = xmlAnswer(
        errorDocument({
          Code: code,
          Message: 'We encountered an internal error. Please try again.',
          RequestId: requestId,
        }),
      );
    }
    if (fault?.kind === 'reset') {
      message.socket.resetAndDestroy();
      return;
    }
    if (fault?.kind === 'stall' && fault.after !== 'half') return;
    log.status = answer.status;
    if (fault?.kind === 'stall') sendPart(response, answer, undefined, true);
    else if (fault?.kind !== 'truncate') send(response, answer, request.method);
    else if (fault.arrives === 'whole') send(response, cutWhole(answer, fault), request.method);
    else sendPart(response, answer, fault, false);
  };

  const server = createServer((message, response) => {
    peak = Math.max(peak, ++underWay);
    response.once('close', () => underWay--);
    serve(message, response).catch((error: unknown) => {
      // A mistake of this server, or of a test's faults: never to be taken for something that S3 says.
      process.stderr.write(`the S3 of the tests failed: ${String(error)}\n`);
      message.socket.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    buckets,
    requests,
    writes,
    get peak() {
      return peak;
    },
    fail: (next = () => null) => {
      faults = next;
      attempts.clear();
    },
    close: async () => {
      const closed = new Promise<void>((resolve) =>
        server.close(() => {
          resolve();
        }),
      );
      server.closeAllConnections();
      await closed;
    },
  };
}

const denied = () => new S3Error(403, 'AccessDenied', 'Access Denied');

function refuseOtherRegion(authorization: string | undefined, region: string): void {
  const signedFor = /Credential=[^/]+\/\d+\/([^/]+)\/s3\//.exec(authorization ?? '')?.[1];
  if (signedFor === undefined || signedFor === region) return;
  throw new S3Error(
    301,
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint.',
    { headers: { 'x-amz-bucket-region': region } },
  );
}

function dispatch(request: S3Request, bucket: StoredBucket, headers: IncomingHttpHeaders, limit: PageLimit): Answer {
  const { operation, bucket: name, key, query } = request;
  switch (operation) {
    case 'ListObjectsV2':
      return listObjectsV2(name, bucket, query, limit);
    case 'ListObjects':
      return listObjects(name, bucket, query, limit);
    case 'ListMultipartUploads':
      return listMultipartUploads(name, bucket, query, limit);
    case 'ListParts':
      return listParts(name, bucket, key, query);
    case 'GetObject':
    case 'HeadObject':
      return getObject(bucket, key, headers);
    case 'HeadBucket':
      return xmlAnswer('', { 'x-amz-bucket-region': bucket.region });
    case 'GetBucketLocation':
      return bucketLocation(bucket);
    case 'GetBucketLifecycleConfiguration':
      return setting(bucket, 'lifecycle');
    case 'GetBucketVersioning':
      return setting(bucket, 'versioning');
    case 'GetBucketEncryption':
      return setting(bucket, 'encryption');
    case 'GetObjectLockConfiguration':
      return setting(bucket, 'objectLock');
    case 'Write':
    case 'Other':
      throw new S3Error(501, 'NotImplemented', 'A header you provided implies functionality that is not implemented');
  }
}
