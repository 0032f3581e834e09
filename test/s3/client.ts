import { S3Client } from '@aws-sdk/client-s3';
import { ConfiguredRetryStrategy } from '@smithy/core/retry';
import { createHash } from 'node:crypto';
import type { StoredObject } from './server.ts';

/** The SDK's client for the server of the tests, repeating without a pause. */
export const clientOf = (url: string, attempts = 1): S3Client =>
  new S3Client({
    endpoint: url,
    region: 'us-east-1',
    forcePathStyle: true,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    retryStrategy: new ConfiguredRetryStrategy(attempts, () => 0),
  });

/** An object with its content, of a fixed day unless told. */
export function objectOf(
  key: string,
  content: string | Buffer = '',
  lastModified = new Date('2026-11-01T00:00:00Z'),
): StoredObject {
  const body = Buffer.from(content);
  return { key, size: body.length, lastModified, etag: createHash('md5').update(body).digest('hex'), body };
}
