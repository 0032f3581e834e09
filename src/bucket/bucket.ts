import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  ListMultipartUploadsCommand,
  ListObjectsV2Command,
  ListPartsCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { piecesOf, readBody, sized } from './body.ts';
import type { Connection } from './connection.ts';
import { configuredEndpoint, s3ClientConfig, withoutSecrets, type Patience } from './client.ts';
import { CutAnswer, failureOf, unaskable, type Failure, type Read } from './failure.ts';
import { rulesOf, type LifecycleRule } from './lifecycle.ts';
import { refusedOrUnknown, type Optional } from './optional.ts';
import { readListingsFast } from './list-fast.ts';
import { pageOf, type Page } from './page.ts';

import { uploadsOf, type Upload, type UploadMarker, type Uploads } from './uploads.ts';

export interface ListQuery {
  prefix: string;
  delimiter?: string;
  /** Only what sorts after it is listed. */
  startAfter?: string;
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
  /**
   * Reads a body piece by piece, however large. `consume` is asked anew when the body broke off, and must read to its end.
   * @returns besides what it made of the body, how long that is; null where the store did not say and it was not read to its end
   */
  through<T>(
    key: string,
    consume: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Read<{ value: T; etag: string; bytes: number | null }>>;
  /** The rules of its lifecycle; none where it has no lifecycle. */
  lifecycle(): Promise<Optional<LifecycleRule[]>>;
  /** Unfinished uploads, so many pages of them at most. */
  uploads(maxPages: number): Promise<Optional<Uploads>>;
  /** The bytes of an unfinished upload's parts, the first thousand of them. */
  partsOf(upload: Upload): Promise<Optional<{ bytes: number; complete: boolean }>>;
  /** Whether deleted objects are kept as older versions. */
  versioning(): Promise<Optional<'enabled' | 'suspended' | 'never'>>;
  /** Whether objects are locked against deletion. */
  objectLock(): Promise<Optional<boolean>>;
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

  const rawListing = readListingsFast(client);

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
    const tokens = new Set<string>();
    do {
      counts.list++;
      const asked = token;
      const answer = await attempt('ListObjectsV2', query.prefix, async () => {
        const command = new ListObjectsV2Command({
          Bucket: name,
          Prefix: query.prefix,
          EncodingType: 'url',
          ...owner,
          ...(query.delimiter === undefined ? {} : { Delimiter: query.delimiter }),
          ...(query.startAfter === undefined ? {} : { StartAfter: query.startAfter }),
          ...(asked === undefined ? {} : { ContinuationToken: asked }),
        });
        return pageOf(rawListing(command.input, await client.send(command, abort)), tokens);
      });
      if ('failure' in answer) {
        yield { state: 'unknown', failure: answer.failure };
        return;
      }
      token = answer.value.token;
      if (token !== undefined) tokens.add(token);
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
    return readOf(answer);
  }

  async function through<T>(
    key: string,
    consume: (pieces: AsyncIterable<Uint8Array>) => Promise<T>,
  ): Promise<Read<{ value: T; etag: string; bytes: number | null }>> {
    counts.get++;
    return readOf(
      await attempt('GetObject', key, async () => {
        const output = await client.send(new GetObjectCommand({ Bucket: name, Key: key, ...owner }), abort);
        const body = sized(piecesOf(output.Body as AsyncIterable<Uint8Array>, output.ContentLength));
        const value = await consume(body.pieces);
        return { value, etag: output.ETag ?? '', bytes: output.ContentLength ?? body.length() };
      }),
    );
  }

  const readOf = <T>(answer: { value: T } | { failure: Failure }): Read<T> => {
    if ('value' in answer) return { state: 'present', value: answer.value };
    return answer.failure.code === 'NoSuchKey' && answer.failure.status === 404
      ? { state: 'absent' }
      : { state: 'unknown', failure: answer.failure };
  };

  /** Asks for what not every store has. `without`: the code by which stores say that it was never set. */
  async function optional<T>(
    operation: string,
    send: () => Promise<T>,
    { without, key = '' }: { without?: { code: string; value: T }; key?: string } = {},
  ): Promise<Optional<T>> {
    counts.other++;
    const answer = await attempt(operation, key, send);
    if ('value' in answer) return { state: 'present', value: answer.value };
    if (answer.failure.code === without?.code) return { state: 'present', value: without.value };
    return refusedOrUnknown(answer.failure);
  }

  async function lifecycle(): Promise<Optional<LifecycleRule[]>> {
    const send = async () =>
      rulesOf(await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket: name, ...owner }), abort));
    const answer = await optional<LifecycleRule[] | null>('GetBucketLifecycleConfiguration', send, {
      without: { code: 'NoSuchLifecycleConfiguration', value: [] },
    });
    if (answer.state !== 'present') return answer;
    return answer.value === null ? { state: 'refused', why: 'EmptyAnswer' } : { state: 'present', value: answer.value };
  }

  async function uploads(maxPages: number): Promise<Optional<Uploads>> {
    const found: Upload[] = [];
    let marker: UploadMarker | undefined;
    for (let page = 0; page < maxPages; page++) {
      const after = marker;
      const answer = await optional('ListMultipartUploads', async () => {
        const input = { Bucket: name, EncodingType: 'url' as const, ...owner, ...after };
        return uploadsOf(await client.send(new ListMultipartUploadsCommand(input), abort), after);
      });
      if (answer.state !== 'present') return answer;
      found.push(...answer.value.uploads);
      marker = answer.value.next;
      if (marker === undefined) return { state: 'present', value: { uploads: found, complete: true } };
    }
    return { state: 'present', value: { uploads: found, complete: false } };
  }

  const partsOf = ({ key, id }: Upload): Promise<Optional<{ bytes: number; complete: boolean }>> =>
    optional(
      'ListParts',
      async () => {
        const input = { Bucket: name, Key: key, UploadId: id, ...owner };
        const { Parts = [], IsTruncated, UploadId } = await client.send(new ListPartsCommand(input), abort);
        if (IsTruncated === undefined && UploadId === undefined) throw new CutAnswer('the list of parts has no end');
        return { bytes: Parts.reduce((sum, { Size = 0 }) => sum + Size, 0), complete: IsTruncated !== true };
      },
      { key },
    );

  const versioning = (): Promise<Optional<'enabled' | 'suspended' | 'never'>> =>
    optional('GetBucketVersioning', async () => {
      const { Status } = await client.send(new GetBucketVersioningCommand({ Bucket: name, ...owner }), abort);
      return Status === 'Enabled' ? 'enabled' : Status === 'Suspended' ? 'suspended' : 'never';
    });

  const objectLock = (): Promise<Optional<boolean>> =>
    optional(
      'GetObjectLockConfiguration',
      async () => {
        const input = { Bucket: name, ...owner };
        const { ObjectLockConfiguration } = await client.send(new GetObjectLockConfigurationCommand(input), abort);
        return ObjectLockConfiguration?.ObjectLockEnabled === 'Enabled';
      },
      { without: { code: 'ObjectLockConfigurationNotFoundError', value: false } },
    );

  return {
    name,
    endpoint: async () => withoutSecrets(await configuredEndpoint(connection)),
    pages,
    get,
    through,
    lifecycle,
    uploads,
    partsOf,
    versioning,
    objectLock,
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
