import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorAnswer, S3Error, xmlAnswer, type Answer } from '../../test/s3/answer.ts';
import { StoredBucket } from '../../test/s3/contents.ts';
import { listMultipartUploads } from '../../test/s3/listings.ts';
import { setting } from '../../test/s3/objects.ts';
import { understand, type S3Request } from '../../test/s3/request.ts';
import { madeBucket, type MadeBucket } from './bucket.ts';
import { listObjectsV2 } from './page.ts';
import { Paper } from './paper.ts';
import { mix, type Shape } from './shape.ts';

export interface MadeS3Options {
  shape: Shape;
  /** Milliseconds before each answer. */
  latencyMs?: number;
  /** Share of the requests that are refused with 503 SlowDown, from 0 to 1. */
  slowDownRate?: number;
}

/** What the server did since it was last asked to begin anew. */
export interface ServerUsage {
  cpuMs: number;
  list: number;
  get: number;
  other: number;
  /** Requests that were refused with 503; they are counted above as well. */
  slowDown: number;
}

export interface MadeS3 {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly bucket: MadeBucket;
  usage(): ServerUsage;
  close(): Promise<void>;
}

const unused = { list: 0, get: 0, other: 0, slowDown: 0 };

/** What a bucket without uploads and settings answers. */
const bare = new StoredBucket({ objects: [] });

/** Where the benchmark, which runs in another process, asks the server about itself. No bucket can have such a name. */
const control = '/-/';

/** Serves a bucket that is computed, on 127.0.0.1; reads only, signatures are not verified. */
export async function startMadeS3({ shape, latencyMs = 0, slowDownRate = 0 }: MadeS3Options): Promise<MadeS3> {
  const bucket = madeBucket(shape);
  let counts = { ...unused };
  let cpu = process.cpuUsage();
  let arrived = 0;
  const papers: Paper[] = [];

  const usage = (): ServerUsage => {
    const { user, system } = process.cpuUsage(cpu);
    return { ...counts, cpuMs: (user + system) / 1_000 };
  };

  const controls: Record<string, (query: URLSearchParams) => void> = {
    usage: () => undefined,
    reset: () => {
      counts = { ...unused };
      cpu = process.cpuUsage();
    },
    touch: (query) => {
      bucket.touch(Number(query.get('streams')));
    },
  };

  const answerTo = (request: S3Request | null, paper: Paper): Answer => {
    if (request === null) throw new S3Error(400, 'InvalidURI', "Couldn't parse the specified URI.");
    if (request.operation === 'ListObjectsV2') counts.list++;
    else if (request.operation === 'GetObject') counts.get++;
    else counts.other++;
    // The same requests are refused in each run, as far as they arrive in the same order.
    if (slowDownRate > 0 && mix(shape.seed + arrived++ * 0x9e3779b1) < slowDownRate * 2 ** 32) {
      counts.slowDown++;
      throw new S3Error(503, 'SlowDown', 'Please reduce your request rate.');
    }
    return dispatch(bucket, request, paper);
  };

  const serve = (message: IncomingMessage, response: ServerResponse): void => {
    message.resume();
    const target = message.url ?? '/';
    if (target.startsWith(control)) {
      const { pathname, searchParams } = new URL(target, 'http://server');
      controls[pathname.slice(control.length)]?.(searchParams);
      response.end(JSON.stringify(usage()));
      return;
    }
    const paper = papers.pop() ?? new Paper();
    response.once('close', () => {
      paper.clear();
      papers.push(paper);
    });
    let answer: Answer;
    try {
      answer = answerTo(understand(message, 0, 1), paper);
    } catch (error) {
      if (!(error instanceof S3Error)) throw error;
      answer = errorAnswer(error, '0');
    }
    const send = () => {
      response.writeHead(answer.status, { ...answer.headers, 'content-length': answer.body.length });
      response.end(message.method === 'HEAD' ? undefined : answer.body);
    };
    if (latencyMs === 0) send();
    else setTimeout(send, latencyMs);
  };

  const server = createServer({ keepAlive: true, keepAliveTimeout: 60_000 }, serve);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${String(port)}`,
    bucket,
    usage,
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function dispatch(bucket: MadeBucket, { operation, bucket: name, key, query }: S3Request, paper: Paper): Answer {
  if (name !== bucket.shape.bucket) throw new S3Error(404, 'NoSuchBucket', 'The specified bucket does not exist');
  switch (operation) {
    case 'ListObjectsV2':
      return {
        status: 200,
        headers: { 'content-type': 'application/xml', 'x-amz-bucket-region': bare.region },
        body: listObjectsV2(bucket, query, paper),
      };
    case 'GetObject':
      return getObject(bucket, key);
    case 'HeadBucket':
      return xmlAnswer('', { 'x-amz-bucket-region': bare.region });
    case 'ListMultipartUploads':
      return listMultipartUploads(name, bare, query, { rows: null });
    case 'GetBucketLifecycleConfiguration':
      return setting(bare, 'lifecycle');
    case 'GetBucketVersioning':
      return setting(bare, 'versioning');
    case 'GetObjectLockConfiguration':
      return setting(bare, 'objectLock');
    default:
      throw new S3Error(501, 'NotImplemented', 'This server lists and reads, and knows nothing else.');
  }
}

function getObject(bucket: MadeBucket, key: string): Answer {
  const index = bucket.place(key);
  const object = index < bucket.size ? bucket.object(index) : null;
  if (object?.key !== key) throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  return {
    status: 200,
    headers: {
      etag: `"${object.etag}"`,
      'last-modified': new Date(object.lastModified).toUTCString(),
      'content-type': 'binary/octet-stream',
    },
    body: bucket.body(index) ?? Buffer.alloc(object.size),
  };
}
