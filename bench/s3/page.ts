import { document, element, encodeKey } from '../../test/s3/xml.ts';
import type { MadeBucket, RowText } from './bucket.ts';
import { list, type ListingQuery } from './listing.ts';
import type { Paper } from './paper.ts';

const plain = (text: string): string => text;
/** Keys of the bucket are ASCII, and of what has to be encoded they have nothing but `=`; marks of templates stay. */
const encoded = (text: string): string => text.replaceAll('=', '%3D');

/** A row as S3 writes it for objects that were uploaded with a checksum, as all are since 2025. */
const rowWith =
  (encode: (key: string) => string): RowText =>
  ({ key, lastModified, etag, size }) =>
    `<Contents><Key>${encode(key)}</Key><LastModified>${lastModified}</LastModified><ETag>&quot;${etag}&quot;</ETag>` +
    '<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>' +
    `<Size>${size}</Size><StorageClass>STANDARD</StorageClass></Contents>`;

const rowTexts = { plain: rowWith(plain), url: rowWith(encoded) };

/** A continuation token holds the row after which the listing goes on. Clients may not look into it. */
const tokenFor = (after: string): string => `1/${Buffer.from(after, 'utf8').toString('base64')}=`;
const afterOf = (token: string): string => Buffer.from(token.slice(2, -1), 'base64').toString('utf8');

/**
 * Answers ListObjectsV2 with the document that S3 would write, on a clean sheet of paper. Rows come as S3 sends them:
 * objects, then common prefixes.
 */
export function listObjectsV2(bucket: MadeBucket, query: URLSearchParams, paper: Paper): Buffer {
  const url = query.get('encoding-type') === 'url';
  const encode = url ? encodeKey : plain;
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after') ?? '';
  const asked: ListingQuery = {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    after: token === null ? startAfter : afterOf(token),
    max: Math.min(Number(query.get('max-keys') ?? 1_000), 1_000),
  };
  const { prefixes, count, truncated, last } = list(bucket, asked, url ? rowTexts.url : rowTexts.plain, paper);
  const [head = '', tail = ''] = document('ListBucketResult', [
    element('Name', bucket.shape.bucket),
    element('Prefix', encode(asked.prefix)),
    startAfter === '' ? '' : element('StartAfter', encode(startAfter)),
    element('ContinuationToken', token ?? undefined),
    element('NextContinuationToken', truncated ? tokenFor(last) : undefined),
    element('KeyCount', count),
    element('MaxKeys', asked.max),
    asked.delimiter === '' ? '' : element('Delimiter', encode(asked.delimiter)),
    element('EncodingType', url ? 'url' : undefined),
    element('IsTruncated', truncated),
    '\u0000',
    ...prefixes.map((row) => element('CommonPrefixes', [element('Prefix', encode(row))])),
  ]).split('\u0000');
  paper.write(tail);
  return paper.withHead(head);
}
