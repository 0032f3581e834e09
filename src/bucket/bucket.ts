import { GetObjectCommand, ListObjectsV2Command, S3Client, type ListObjectsV2CommandOutput } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import type { Connection } from './connection.ts';
import { configuredEndpoint, s3ClientConfig, withoutSecrets, type Patience } from './client.ts';
import { CutAnswer, failureOf, TooLarge, unaskable, type Failure, type Read } from './failure.ts';
import { decodeKey } from './keys.ts';

/** One object as a listing tells it. */
export interface Listed {
  key: string;
  size: number;
  /** RFC 3339. */
  lastModified: string;
  etag: string;
}

/** One page of a listing; short and empty pages are legal, only the token tells the end. */
export interface Page {
  objects: Listed[];
  prefixes: string[];
  /** False on the last page. */
  more: boolean;
}

export interface ListQuery {
  prefix: string;
  delimiter?: string;
}

export interface Body {
  bytes: Buffer;
  etag: string;
  lastModified: string;
}

/** A watched bucket, read-only: nothing here can write. Every answer is present, absent or unknown; nothing throws. */
export interface Bucket {
  readonly name: string;
  /** The endpoint that is asked, where it is not AWS's own: from the connection, the environment or the profile. Holds no secret. */
  endpoint(): Promise<string | null>;
  /** Pages in order; after an unknown one nothing follows. */
  pages(query: ListQuery): AsyncGenerator<Exclude<Read<Page>, { state: 'absent' }>, void>;
  get(key: string, maxBytes: number): Promise<Read<Body>>;
  /** Requests so far; a repetition after a fault is not counted again. */
  requests(): { list: number; get: number; head: number; other: number };
  /** The region that the store named, or the one that was asked. */
  region(): Promise<string | null>;
  close(): void;
}

export interface BucketOptions extends Patience {
  /** Aborted when the audit has to end; what is asked afterwards is unknown. */
  signal?: AbortSignal;
}

/** How often an answer that arrived cut is asked for again; refused and lost requests are repeated by the SDK itself. */
const cutAnswerAttempts = 3;

/** Opens a bucket. No request is sent yet. @throws CaBundleError */
export function openBucket(name: string, connection: Connection, options: BucketOptions = {}): Bucket {
  const client = new S3Client(s3ClientConfig(connection, options));
  const limit = pLimit(options.concurrency ?? 32);
  const counts = { list: 0, get: 0, head: 0, other: 0 };
  const owner = connection.expectedOwner === null ? {} : { ExpectedBucketOwner: connection.expectedOwner };
  const { signal } = options;
  const abort = signal === undefined ? {} : { abortSignal: signal };
  let regionSeen: string | null = null;

  client.middlewareStack.add(
    (next) => async (args) => {
      const result = await next(args);
      const headers = (result.response as { headers?: Record<string, string> } | undefined)?.headers;
      regionSeen = headers?.['x-amz-bucket-region'] ?? regionSeen;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'noteRegion' },
  );

  /** Sends, and asks again when the answer arrived cut. */
  const attempt = <T>(
    operation: string,
    key: string,
    send: () => Promise<T>,
  ): Promise<{ value: T } | { failure: Failure; thrown: unknown }> =>
    limit(async () => {
      if (!key.isWellFormed()) return { failure: unaskable(operation), thrown: null };
      for (let left = cutAnswerAttempts; ; left--) {
        if (signal?.aborted === true) return { failure: failureOf(operation, null, true), thrown: null };
        try {
          return { value: await send() };
        } catch (thrown) {
          const failure = failureOf(operation, thrown, signal?.aborted);
          if (failure.code !== 'CutAnswer' || left <= 1) return { failure, thrown };
        }
      }
    });

  async function* pages(query: ListQuery): AsyncGenerator<Exclude<Read<Page>, { state: 'absent' }>, void> {
    let token: string | undefined;
    do {
      counts.list++;
      const asked = token;
      const answer = await attempt('ListObjectsV2', query.prefix, async () => {
        const output = await client.send(
          new ListObjectsV2Command({
            Bucket: name,
            Prefix: query.prefix,
            EncodingType: 'url',
            ...owner,
            ...(query.delimiter === undefined ? {} : { Delimiter: query.delimiter }),
            ...(asked === undefined ? {} : { ContinuationToken: asked }),
          }),
          abort,
        );
        return pageOf(output, asked);
      });
      if ('failure' in answer) {
        yield { state: 'unknown', failure: answer.failure };
        return;
      }
      token = answer.value.token;
      yield { state: 'present', value: answer.value.page };
    } while (token !== undefined);
  }

  async function get(key: string, maxBytes: number): Promise<Read<Body>> {
    counts.get++;
    const answer = await attempt('GetObject', key, async () => {
      const output = await client.send(new GetObjectCommand({ Bucket: name, Key: key, ...owner }), abort);
      return {
        bytes: await readBody(output.Body as AsyncIterable<Uint8Array>, output.ContentLength, maxBytes),
        etag: output.ETag ?? '',
        lastModified: (output.LastModified ?? new Date(0)).toISOString(),
      };
    });
    if ('value' in answer) return { state: 'present', value: answer.value };
    return answer.failure.code === 'NoSuchKey' && answer.failure.status === 404
      ? { state: 'absent' }
      : { state: 'unknown', failure: answer.failure };
  }

  return {
    name,
    endpoint: async () => withoutSecrets(await configuredEndpoint(connection)),
    pages,
    get,
    requests: () => ({ ...counts }),
    region: async () => {
      if (regionSeen !== null) return regionSeen;
      try {
        return await client.config.region();
      } catch {
        return null;
      }
    },
    close: () => {
      client.destroy();
    },
  };
}

/**
 * Turns an answer into a page.
 * @throws CutAnswer when the document cannot be a whole answer: an empty body parses into an "empty bucket",
 * fewer rows than the store says it sent were lost on the way, and a page that goes on without a new token never ends.
 */
function pageOf(
  output: ListObjectsV2CommandOutput,
  asked: string | undefined,
): { page: Page; token: string | undefined } {
  const { Contents = [], CommonPrefixes = [], KeyCount, IsTruncated, Name, NextContinuationToken: token } = output;
  if (IsTruncated === undefined && Name === undefined) throw new CutAnswer('the listing has no end and no name');
  if (KeyCount !== undefined && KeyCount > Contents.length + CommonPrefixes.length) {
    throw new CutAnswer(`the listing announces ${String(KeyCount)} rows and has fewer`);
  }
  if (IsTruncated === true && (token === undefined || token === '' || token === asked)) {
    throw new CutAnswer('the listing goes on, but names no new token');
  }
  const decode = output.EncodingType === 'url' ? decodeKey : (text: string) => text;
  const objects = Contents.map((row) => {
    if (row.Key === undefined || row.Size === undefined || row.LastModified === undefined) {
      throw new CutAnswer('a row of the listing lacks its key, size or time');
    }
    if (!Number.isSafeInteger(row.Size) || row.Size < 0) throw new CutAnswer('a row of the listing has no usable size');
    return {
      key: decode(row.Key),
      size: row.Size,
      lastModified: row.LastModified.toISOString(),
      etag: row.ETag ?? '',
    };
  });
  const prefixes = CommonPrefixes.map((row) => {
    if (row.Prefix === undefined) throw new CutAnswer('a row of the listing lacks its prefix');
    return decode(row.Prefix);
  });
  return { page: { objects, prefixes, more: IsTruncated === true }, token: IsTruncated === true ? token : undefined };
}

async function readBody(
  body: AsyncIterable<Uint8Array>,
  announced: number | undefined,
  maxBytes: number,
): Promise<Buffer> {
  const tooLarge = () => new TooLarge(`larger than ${String(maxBytes)} bytes, not read`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of body) {
      size += chunk.length;
      // Leaving the loop closes the connection: nobody can make the audit swallow a body without end.
      if (size > maxBytes || (announced ?? 0) > maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof TooLarge) throw error;
    throw new CutAnswer(`the body broke off after ${String(size)} bytes`);
  }
  if (announced !== undefined && announced !== size) throw new CutAnswer('the body is shorter than announced');
  return Buffer.concat(chunks);
}
