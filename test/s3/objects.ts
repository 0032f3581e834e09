import type { IncomingHttpHeaders } from 'node:http';
import { S3Error, xmlAnswer, type Answer } from './answer.ts';
import type { Settings, StoredBucket, StoredObject } from './contents.ts';
import { toSecond } from './listings.ts';
import { document, element } from './xml.ts';

const contentOf = ({ body, size }: StoredObject, from: number, to: number): Buffer =>
  body === undefined ? Buffer.alloc(Math.max(Math.min(to, size) - from, 0)) : body.subarray(from, to);

const lengthOf = ({ body, size }: StoredObject): number => body?.length ?? size;

/** The bytes asked for, end exclusive; null for all, also where the header means nothing. */
function rangeOf(header: string | undefined, length: number): { from: number; to: number } | null {
  const [, first = '', last = ''] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (first === '' && last === '') return null;
  const from = first === '' ? Math.max(length - Number(last), 0) : Number(first);
  const to = first === '' || last === '' ? length : Math.min(Number(last) + 1, length);
  if (first !== '' && last !== '' && Number(last) < from) return null;
  if (from >= length || (first === '' && Number(last) === 0)) {
    throw new S3Error(416, 'InvalidRange', 'The requested range is not satisfiable', {
      fields: { RangeRequested: header ?? '', ActualObjectSize: String(length) },
      headers: { 'content-range': `bytes */${String(length)}` },
    });
  }
  return { from, to };
}

const matches = (header: string, etag: string): boolean =>
  header.split(',').some((one) => one.trim() === '*' || one.trim().replace(/^W\//, '').replaceAll('"', '') === etag);

/** What a condition on time is held against; null where the header means nothing. */
const timeOf = (header: string | undefined): number | null => {
  const time = Date.parse(header ?? '');
  return Number.isNaN(time) ? null : time;
};

/** The condition that does not hold; null for none. A tag is asked before a time, which then does not count (RFC 9110, 13.2.2). */
function refusedCondition({ etag, lastModified }: StoredObject, headers: IncomingHttpHeaders): string | null {
  const { 'if-match': tags } = headers;
  if (tags !== undefined) return matches(tags, etag) ? null : 'If-Match';
  const time = timeOf(headers['if-unmodified-since']);
  return time !== null && toSecond(lastModified).getTime() > time ? 'If-Unmodified-Since' : null;
}

/** True when the client has this version already. */
function isUnchanged({ etag, lastModified }: StoredObject, headers: IncomingHttpHeaders): boolean {
  const { 'if-none-match': tags } = headers;
  if (tags !== undefined) return matches(tags, etag);
  const time = timeOf(headers['if-modified-since']);
  return time !== null && toSecond(lastModified).getTime() <= time;
}

/** GetObject and HeadObject: the object whole or in part, under the conditions named. */
export function getObject(bucket: StoredBucket, key: string, headers: IncomingHttpHeaders): Answer {
  const object = bucket.get(key);
  if (object === undefined) {
    throw new S3Error(404, 'NoSuchKey', 'The specified key does not exist.', { fields: { Key: key } });
  }
  const about = {
    etag: `"${object.etag}"`,
    'last-modified': toSecond(object.lastModified).toUTCString(),
    'accept-ranges': 'bytes',
  };
  const refused = refusedCondition(object, headers);
  if (refused !== null) {
    throw new S3Error(412, 'PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
      fields: { Condition: refused },
    });
  }
  if (isUnchanged(object, headers)) return { status: 304, headers: about, body: Buffer.alloc(0) };
  const length = lengthOf(object);
  const part = rangeOf(headers.range, length);
  const { from, to } = part ?? { from: 0, to: length };
  const body = contentOf(object, from, to);
  return {
    status: part === null ? 200 : 206,
    headers: {
      ...about,
      'content-type': 'binary/octet-stream',
      'content-length': String(body.length),
      ...(part === null ? {} : { 'content-range': `bytes ${String(from)}-${String(to - 1)}/${String(length)}` }),
    },
    body,
  };
}

/** The bucket's region; the oldest region has none to name. */
export const bucketLocation = ({ region }: StoredBucket): Answer =>
  xmlAnswer(
    region === 'us-east-1'
      ? '<?xml version="1.0" encoding="UTF-8"?>\n<LocationConstraint xmlns="http://s3.amazonaws.com/doc/2006-03-01/"/>'
      : document('LocationConstraint', [region]),
  );

/** A part of the bucket's configuration, or what S3 says where it was never set: a refusal, nothing, or its default. */
export function setting(bucket: StoredBucket, name: keyof Settings): Answer {
  const xml = bucket.settings[name];
  if (xml !== undefined) return xmlAnswer(xml);
  switch (name) {
    case 'lifecycle':
      throw new S3Error(404, 'NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
    case 'objectLock':
      throw new S3Error(
        404,
        'ObjectLockConfigurationNotFoundError',
        'Object Lock configuration does not exist for this bucket',
      );
    case 'versioning':
      return xmlAnswer(document('VersioningConfiguration', [element('Status', undefined)]));
    case 'encryption':
      // Since 2023 every bucket has one: https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
      return xmlAnswer(
        document('ServerSideEncryptionConfiguration', [
          element('Rule', [
            element('ApplyServerSideEncryptionByDefault', [element('SSEAlgorithm', 'AES256')]),
            element('BucketKeyEnabled', false),
          ]),
        ]),
      );
  }
}
