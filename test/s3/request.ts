import type { IncomingMessage } from 'node:http';

/** What S3 calls the request. `Write` stands for everything that is no read, `Other` for reads that this server does not know. */
export type Operation =
  | 'ListObjectsV2'
  | 'ListObjects'
  | 'GetObject'
  | 'HeadObject'
  | 'HeadBucket'
  | 'GetBucketLocation'
  | 'ListMultipartUploads'
  | 'ListParts'
  | 'GetBucketLifecycleConfiguration'
  | 'GetBucketVersioning'
  | 'GetBucketEncryption'
  | 'GetObjectLockConfiguration'
  | 'Write'
  | 'Other';

export interface S3Request {
  /** Counts from 0. */
  index: number;
  method: string;
  /** Path and query as they were sent. */
  target: string;
  operation: Operation;
  /** Empty when the request names none. */
  bucket: string;
  /** Empty when the request names none. */
  key: string;
  /** The prefix asked for; empty for none. */
  prefix: string;
  query: URLSearchParams;
  /** How often exactly this method, path and query was asked, this time included: 1 the first time. */
  attempt: number;
  signed: boolean;
}

/** Subresources that name an operation on the bucket. */
const bucketReads = new Map<string, Operation>([
  ['location', 'GetBucketLocation'],
  ['uploads', 'ListMultipartUploads'],
  ['lifecycle', 'GetBucketLifecycleConfiguration'],
  ['versioning', 'GetBucketVersioning'],
  ['encryption', 'GetBucketEncryption'],
  ['object-lock', 'GetObjectLockConfiguration'],
]);

/** Query parameters that every request may have, and those of listings and reads; any other names a subresource. */
const plainParameters =
  /^(x-id|x-amz-.*|X-Amz-.*|list-type|prefix|delimiter|max-keys|marker|start-after|continuation-token|fetch-owner|encoding-type|response-.*|partNumber)$/;

function operationOf(method: string, bucket: string, key: string, query: URLSearchParams): Operation {
  if (method !== 'GET' && method !== 'HEAD') return 'Write';
  if (bucket === '') return 'Other';
  const subresources = [...query.keys()].filter((name) => !plainParameters.test(name));
  if (key !== '') {
    if (method === 'GET' && subresources.length === 1 && query.has('uploadId')) return 'ListParts';
    if (subresources.length > 0) return 'Other';
    return method === 'HEAD' ? 'HeadObject' : 'GetObject';
  }
  if (method === 'HEAD') return 'HeadBucket';
  for (const name of subresources) {
    const operation = bucketReads.get(name);
    if (operation !== undefined) return operation;
  }
  if (query.get('list-type') === '2') return 'ListObjectsV2';
  return subresources.length > 0 ? 'Other' : 'ListObjects';
}

/** The bucket in the host's name: `bucket.localhost`, `bucket.s3.region.amazonaws.com`; null for path style. */
function bucketOfHost(host: string): string | null {
  const name = host.replace(/:\d+$/, '');
  return /^(.+)\.localhost$/.exec(name)?.[1] ?? /^(.+)\.s3[.-][a-z0-9.-]+$/.exec(name)?.[1] ?? null;
}

/** Understands a request, path style or virtual-host style. Null when the path is no UTF-8. */
export function understand(message: IncomingMessage, index: number, attempt: number): S3Request | null {
  const { method = 'GET', url: target = '/', headers } = message;
  const mark = target.indexOf('?');
  // By hand: a URL object would resolve `..` and `//`, which are keys like any other here.
  const rawPath = mark === -1 ? target : target.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? '' : target.slice(mark + 1));
  let path: string;
  try {
    path = decodeURIComponent(rawPath).slice(1);
  } catch {
    return null;
  }
  const hosted = bucketOfHost(headers.host ?? '');
  const slash = path.indexOf('/');
  const bucket = hosted ?? (slash === -1 ? path : path.slice(0, slash));
  const key = hosted !== null ? path : slash === -1 ? '' : path.slice(slash + 1);
  return {
    index,
    method,
    target,
    operation: operationOf(method, bucket, key, query),
    bucket,
    key,
    prefix: query.get('prefix') ?? '',
    query,
    attempt,
    signed: headers.authorization?.startsWith('AWS4-HMAC-SHA256 ') === true || query.has('X-Amz-Signature'),
  };
}
