import { Readable } from 'node:stream';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { HttpResponse } from '@smithy/core/protocols';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { readListing } from '../../src/bucket/list-bytes.ts';
import { readListingsFast } from '../../src/bucket/list-fast.ts';
import { pageOf, rawOf } from '../../src/bucket/page.ts';

let answer: Buffer = Buffer.alloc(0);
const clientOf = () =>
  new S3Client({
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    endpoint: 'http://127.0.0.1:1',
    forcePathStyle: true,
    maxAttempts: 1,
    requestHandler: {
      handle: () =>
        Promise.resolve({
          response: new HttpResponse({ statusCode: 200, headers: {}, body: Readable.from([answer]) }),
        }),
    },
  });
const stock = clientOf();
const fast = clientOf();
const rawListing = readListingsFast(fast);
afterAll(() => {
  stock.destroy();
  fast.destroy();
});

const nothing: ReadonlySet<string> = new Set();
const outcome = async (ask: () => Promise<unknown>): Promise<unknown> => {
  try {
    return await ask();
  } catch (error) {
    // What it says may differ, that it cannot be used may not.
    return `refused: ${(error as Error).name === 'CutAnswer' ? 'CutAnswer' : 'by the SDK'}`;
  }
};
const bySdk = (bytes: Buffer) => {
  answer = bytes;
  return outcome(async () => pageOf(rawOf(await stock.send(new ListObjectsV2Command({ Bucket: 'b' }))), nothing));
};
const byBytes = (bytes: Buffer) => {
  answer = bytes;
  return outcome(async () => {
    const command = new ListObjectsV2Command({ Bucket: 'b' });
    return pageOf(rawListing(command.input, await fast.send(command)), nothing);
  });
};

async function expectSame(bytes: Buffer): Promise<void> {
  expect(await byBytes(bytes)).toEqual(await bySdk(bytes));
}

const escape = (text: string): string =>
  text.replace(/[&<>"'\u0000-\u001f\u007f]/g, (character) => {
    const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&apos;' };
    return named[character] ?? `&#${character === '\n' ? 'xA' : String(character.charCodeAt(0))};`;
  });
const urlEncode = (text: string): string =>
  encodeURIComponent(text.toWellFormed()).replaceAll('%2F', '/').replaceAll('%20', '+');

const key = fc.oneof(
  fc.string({ minLength: 1, maxLength: 40 }),
  fc.string({ minLength: 1, maxLength: 20, unit: 'grapheme' }),
  fc.constantFrom(
    'app/date=2026-11-24/hour=05/minute=07/h.data.01KY43JFV84TFF59TDWH9EDD1R.parquet',
    'a+b %25',
    '</Key><Key>',
    '\'&"',
    'x/',
  ),
);
const time = fc.oneof(
  fc
    .date({ min: new Date('2006-03-14'), max: new Date('2040-01-01'), noInvalidDate: true })
    .map((at) => at.toISOString()),
  fc.constantFrom(
    '2026-11-24T05:07:08Z',
    '2024-02-29T00:00:00.000Z',
    '2026-02-29T00:00:00.000Z',
    '2026-12-31T23:59:59.999Z',
  ),
);
/** What S3 tells of every object that was uploaded with a checksum. */
const s3Extras = [
  '<StorageClass>STANDARD</StorageClass>',
  '<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>',
  '<ChecksumType>FULL_OBJECT</ChecksumType>',
];
const row = fc.record({
  key,
  size: fc.oneof(fc.nat(), fc.constantFrom(0, 2 ** 32 + 1, 5 * 2 ** 40)),
  time,
  etag: fc.constantFrom('"d41d8cd98f00b204e9800998ecf8427e"', '"a-12"', 'bare', ''),
  order: fc.constantFrom('usual', 'between', 'other'),
  extras: fc.subarray([
    '<StorageClass>STANDARD</StorageClass>',
    '<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm>',
    '<ChecksumAlgorithm>SHA256</ChecksumAlgorithm>',
    '<ChecksumType>FULL_OBJECT</ChecksumType>',
    '<Owner><ID>1</ID><DisplayName>a&amp;b</DisplayName></Owner>',
    '<RestoreStatus><IsRestoreInProgress>false</IsRestoreInProgress></RestoreStatus>',
    '<NewThing>later</NewThing>',
  ]),
});
const listing = fc.record({
  rows: fc.array(row, { maxLength: 6 }),
  prefixes: fc.array(key, { maxLength: 3 }),
  url: fc.boolean(),
  truncated: fc.constantFrom('true', 'false', null),
  token: fc.constantFrom('next+/=', null),
  count: fc.constantFrom('right', 'more', null),
  name: fc.boolean(),
  space: fc.constantFrom('', '\n', '\n  '),
  scalarsLast: fc.boolean(),
});

type Listing = typeof listing extends fc.Arbitrary<infer One> ? One : never;

function documentOf(one: Listing): Buffer {
  const { rows, prefixes, url, truncated, token, count, name, space, scalarsLast } = one;
  const text = (of: string) => escape(url ? urlEncode(of) : of.toWellFormed());
  const contents = rows.map(({ key: of, size, time: at, etag, order, extras }) => {
    const sized = `<Size>${String(size)}</Size>`;
    const parts = [
      `<Key>${text(of)}</Key>`,
      `<LastModified>${at}</LastModified>`,
      `<ETag>${escape(etag)}</ETag>`,
      ...(order === 'between' ? [...extras.slice(1), sized, ...extras.slice(0, 1)] : [sized, ...extras]),
    ];
    return `<Contents>${space}${(order === 'other' ? parts.toReversed() : parts).join(space)}${space}</Contents>`;
  });
  const folders = prefixes.map((of) => `<CommonPrefixes><Prefix>${text(of)}</Prefix></CommonPrefixes>`);
  const number = count === null ? null : rows.length + prefixes.length + (count === 'more' ? 1 : 0);
  const scalars = [
    ...(name ? ['<Name>b</Name>', '<Prefix/>'] : []),
    ...(number === null ? [] : [`<KeyCount>${String(number)}</KeyCount>`, '<MaxKeys>1000</MaxKeys>']),
    ...(url ? ['<EncodingType>url</EncodingType>'] : []),
    ...(truncated === null ? [] : [`<IsTruncated>${truncated}</IsTruncated>`]),
    ...(token === null ? [] : [`<NextContinuationToken>${token}</NextContinuationToken>`]),
  ];
  const parts = scalarsLast ? [...contents, ...folders, ...scalars] : [...scalars, ...contents, ...folders];
  return Buffer.from(
    `<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${space}${parts.join(space)}${space}</ListBucketResult>`,
  );
}

describe('a listing read from its bytes', () => {
  it('says what it says to the SDK, on awkward pages too', async () => {
    await fc.assert(
      fc.asyncProperty(listing, async (one) => {
        await expectSame(documentOf(one));
      }),
      { numRuns: 400 },
    );
  });

  it('never says what the SDK does not, whichever byte of rows that are alike is another one', async () => {
    const row = { time: '2026-11-24T05:07:08.000Z', etag: '"a-12"', order: 'between' } as const;
    const bytes = documentOf({
      rows: ['a/b=1', 'a/b=2', 'a/b=3'].map((of, at) => ({ ...row, key: of, size: at * 7, extras: s3Extras })),
      ...{ prefixes: [], url: true, truncated: 'false', token: null, count: 'right', name: true },
      ...{ space: '', scalarsLast: false },
    });
    await expectSame(bytes);
    for (const [at, byte] of bytes.entries()) {
      for (const other of Buffer.from('<&Z%')) {
        bytes[at] = other;
        // Null leaves it to the SDK.
        if (readListing(bytes) !== null) await expectSame(bytes);
      }
      bytes[at] = byte;
    }
  });

  it('is refused where the SDK refuses it, wherever it is cut', async () => {
    const bytes = documentOf({
      rows: [{ key: 'a b&c/ö', size: 7, time: '2026-11-24T05:07:08.000Z', etag: '"a-12"', order: 'usual', extras: [] }],
      prefixes: ['p/'],
      url: true,
      truncated: 'true',
      token: 'next+/=',
      count: 'right',
      name: true,
      space: '',
      scalarsLast: false,
    });
    expect(readListing(bytes)).not.toBeNull();
    for (let length = 0; length < bytes.length; length++) {
      // What is cut is no usual document: the SDK has the last word on it.
      expect(readListing(bytes.subarray(0, length)), String(length)).toBeNull();
      await expectSame(bytes.subarray(0, length));
    }
  });

  it.each([
    '<Error><Code>SlowDown</Code><Message>x</Message></Error>',
    '<ListBucketResult/>',
    '<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents/></ListBucketResult>',
    '<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><CommonPrefixes/></ListBucketResult>',
    '<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>a</Key></Contents></ListBucketResult>',
    '<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>a</Key><Size>-1</Size><LastModified>2026-11-24T05:07:08Z</LastModified></Contents></ListBucketResult>',
    '<ListBucketResult><Name>b</Name><IsTruncated>no</IsTruncated></ListBucketResult>',
    '<ListBucketResult><!-- x --><Name>b</Name><IsTruncated>false</IsTruncated></ListBucketResult>',
    '<ListBucketResult><Name>b</Name><IsTruncated>false</IsTruncated><Contents><Key>a&nope;</Key><Size>1</Size><LastModified>2026-11-24T05:07:08Z</LastModified></Contents></ListBucketResult>',
    '',
  ])('leaves what is not usual to the SDK: %s', async (document) => {
    expect(readListing(Buffer.from(document))).toBeNull();
    await expectSame(Buffer.from(document));
  });
});
