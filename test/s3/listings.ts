import { S3Error, xmlAnswer, type Answer } from './answer.ts';
import type { StoredBucket, StoredObject, StoredUpload } from './contents.ts';
import { list } from './listing.ts';
import { readToken, tokenFor } from './token.ts';
import { document, element, encodeKey } from './xml.ts';

/** S3 knows times to the second only. */
export const toSecond = (date: Date): Date => new Date(Math.floor(date.getTime() / 1_000) * 1_000);

const invalid = (message: string, name: string, value: string) =>
  new S3Error(400, 'InvalidArgument', message, { fields: { ArgumentName: name, ArgumentValue: value } });

/** How pages are cut: by what is asked, by S3's 1000, and by what the test wants. */
function maxOf(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') return 1_000;
  const asked = Number(text);
  if (!/^-?\d+$/.test(text)) throw invalid(`Provided ${name} not an integer or within integer range`, name, text);
  if (asked < 0 || asked > 2_147_483_647) {
    throw invalid(`Argument ${name} must be an integer between 0 and 2147483647`, name, text);
  }
  return Math.min(asked, 1_000);
}

function encoderOf(query: URLSearchParams): (text: string) => string {
  const type = query.get('encoding-type');
  if (type === null) return (text) => text;
  if (type !== 'url') throw invalid('Invalid Encoding Method specified in Request', 'encoding-type', type);
  return encodeKey;
}

const ownerElement = (owner: string) => element('Owner', [element('ID', owner), element('DisplayName', owner)]);

function objectElement(object: StoredObject, encode: (text: string) => string, owner: string | null): string {
  return element('Contents', [
    element('Key', encode(object.key)),
    element('LastModified', toSecond(object.lastModified).toISOString()),
    element('ETag', `"${object.etag}"`),
    element('Size', object.size),
    owner === null ? '' : ownerElement(owner),
    element('StorageClass', 'STANDARD'),
  ]);
}

const prefixElement = (prefix: string, encode: (text: string) => string) =>
  element('CommonPrefixes', [element('Prefix', encode(prefix))]);

/** Makes pages smaller than asked for, or empty, as S3 may at any time. */
export interface PageLimit {
  /** At most so many rows; null for as many as asked for. */
  rows: number | null;
}

const regionHeader = (bucket: StoredBucket) => ({ 'x-amz-bucket-region': bucket.region });

export function listObjectsV2(name: string, bucket: StoredBucket, query: URLSearchParams, limit: PageLimit): Answer {
  const encode = encoderOf(query);
  const asked = maxOf(query, 'max-keys');
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const resumed = token === null ? null : readToken(token);
  if (token !== null && resumed === null) {
    throw invalid('The continuation token provided is incorrect', 'continuation-token', token);
  }
  // A token knows better than start-after where the listing stands.
  const after = resumed?.after ?? startAfter;
  const max = Math.min(asked, limit.rows ?? asked);
  const page = list(bucket, { prefix, delimiter, after, max });
  // A page cut down to nothing goes on where it began, under a token of its own: a client sees that it gets ahead.
  const emptied = asked > 0 && max === 0;
  const truncated = page.truncated || emptied;
  const next = truncated ? tokenFor(page.last ?? after, emptied ? (resumed?.turn ?? 0) + 1 : 0) : undefined;
  const owner = query.get('fetch-owner') === 'true' ? bucket.owner : null;
  return xmlAnswer(
    document('ListBucketResult', [
      element('Name', name),
      element('Prefix', encode(prefix)),
      startAfter === '' ? '' : element('StartAfter', encode(startAfter)),
      element('ContinuationToken', token ?? undefined),
      element('NextContinuationToken', next),
      element('KeyCount', page.objects.length + page.prefixes.length),
      element('MaxKeys', asked),
      delimiter === '' ? '' : element('Delimiter', encode(delimiter)),
      element('EncodingType', query.get('encoding-type') ?? undefined),
      element('IsTruncated', truncated),
      ...page.objects.map((object) => objectElement(object, encode, owner)),
      ...page.prefixes.map((row) => prefixElement(row, encode)),
    ]),
    regionHeader(bucket),
  );
}

export function listObjects(name: string, bucket: StoredBucket, query: URLSearchParams, limit: PageLimit): Answer {
  const encode = encoderOf(query);
  const asked = maxOf(query, 'max-keys');
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const marker = query.get('marker') ?? '';
  // Without a token an empty page could not go on: this version has none.
  const max = Math.min(asked, Math.max(limit.rows ?? asked, 1));
  const page = list(bucket, { prefix, delimiter, after: marker, max });
  return xmlAnswer(
    document('ListBucketResult', [
      element('Name', name),
      element('Prefix', encode(prefix)),
      element('Marker', encode(marker)),
      // Without a delimiter the client goes on from the last key that it got.
      page.truncated && delimiter !== '' && page.last !== null ? element('NextMarker', encode(page.last)) : '',
      element('MaxKeys', asked),
      delimiter === '' ? '' : element('Delimiter', encode(delimiter)),
      element('EncodingType', query.get('encoding-type') ?? undefined),
      element('IsTruncated', page.truncated),
      ...page.objects.map((object) => objectElement(object, encode, bucket.owner)),
      ...page.prefixes.map((row) => prefixElement(row, encode)),
    ]),
    regionHeader(bucket),
  );
}

/** True when `upload` comes after the place that the two markers name. */
function follows(upload: StoredUpload, keyMarker: string, idMarker: string, all: readonly StoredUpload[]): boolean {
  if (keyMarker === '') return true;
  const order = Buffer.compare(Buffer.from(upload.key, 'utf8'), Buffer.from(keyMarker, 'utf8'));
  if (order !== 0) return order > 0;
  const marked = all.findIndex(({ key, uploadId }) => key === keyMarker && uploadId === idMarker);
  return marked !== -1 && all.indexOf(upload) > marked;
}

export function listMultipartUploads(
  name: string,
  bucket: StoredBucket,
  query: URLSearchParams,
  limit: PageLimit,
): Answer {
  const encode = encoderOf(query);
  const asked = maxOf(query, 'max-uploads');
  const max = Math.min(asked, Math.max(limit.rows ?? asked, 1));
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const idMarker = query.get('upload-id-marker') ?? '';
  const uploads: StoredUpload[] = [];
  const prefixes: string[] = [];
  let last: { key: string; id: string } | null = null;
  let truncated = false;
  for (const upload of bucket.uploads) {
    if (!upload.key.startsWith(prefix) || !follows(upload, keyMarker, idMarker, bucket.uploads)) continue;
    const cut = delimiter === '' ? -1 : upload.key.indexOf(delimiter, prefix.length);
    const row = cut === -1 ? null : upload.key.slice(0, cut + delimiter.length);
    if (row !== null && (row === prefixes.at(-1) || row === keyMarker)) continue;
    if (uploads.length + prefixes.length === max) {
      truncated = max > 0;
      break;
    }
    if (row === null) uploads.push(upload);
    else prefixes.push(row);
    last = row === null ? { key: upload.key, id: upload.uploadId } : { key: row, id: '' };
  }
  return xmlAnswer(
    document('ListMultipartUploadsResult', [
      element('Bucket', name),
      element('KeyMarker', encode(keyMarker)),
      element('UploadIdMarker', idMarker),
      element('NextKeyMarker', encode(truncated ? (last?.key ?? '') : '')),
      element('NextUploadIdMarker', truncated ? (last?.id ?? '') : ''),
      delimiter === '' ? '' : element('Delimiter', encode(delimiter)),
      element('Prefix', encode(prefix)),
      element('EncodingType', query.get('encoding-type') ?? undefined),
      element('MaxUploads', asked),
      element('IsTruncated', truncated),
      ...uploads.map(({ key, uploadId, initiated }) =>
        element('Upload', [
          element('Key', encode(key)),
          element('UploadId', uploadId),
          element('Initiator', [element('ID', bucket.owner), element('DisplayName', bucket.owner)]),
          ownerElement(bucket.owner),
          element('StorageClass', 'STANDARD'),
          element('Initiated', toSecond(initiated).toISOString()),
        ]),
      ),
      ...prefixes.map((row) => prefixElement(row, encode)),
    ]),
  );
}

/** The parts of an unfinished upload, all on one page. */
export function listParts(name: string, bucket: StoredBucket, key: string, query: URLSearchParams): Answer {
  const uploadId = query.get('uploadId') ?? '';
  const upload = bucket.uploads.find((one) => one.key === key && one.uploadId === uploadId);
  if (upload === undefined) {
    throw new S3Error(404, 'NoSuchUpload', 'The specified upload does not exist.', { fields: { UploadId: uploadId } });
  }
  const { parts = [], initiated } = upload;
  return xmlAnswer(
    document('ListPartsResult', [
      element('Bucket', name),
      element('Key', key),
      element('UploadId', uploadId),
      ownerElement(bucket.owner),
      element('StorageClass', 'STANDARD'),
      element('PartNumberMarker', 0),
      element('NextPartNumberMarker', parts.length),
      element('MaxParts', 1_000),
      element('IsTruncated', false),
      ...parts.map((size, index) =>
        element('Part', [
          element('PartNumber', index + 1),
          element('LastModified', toSecond(initiated).toISOString()),
          element('ETag', '"00000000000000000000000000000000"'),
          element('Size', size),
        ]),
      ),
    ]),
  );
}
