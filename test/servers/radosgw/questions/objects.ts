import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type GetObjectCommandInput,
} from '@aws-sdk/client-s3';
import { contents } from './contents.ts';
import { answerOf, unsigned, type Asked, type Question } from './question.ts';

type Input = Omit<Partial<GetObjectCommandInput>, 'Bucket'>;

const get = ({ client, bucket }: Asked, input: Input) =>
  answerOf(
    client.send(new GetObjectCommand({ Bucket: bucket, Key: 'digits', ...input })).then(async (object) => ({
      status: object.$metadata.httpStatusCode,
      body: await object.Body?.transformToString(),
      ContentRange: object.ContentRange,
      ContentLength: object.ContentLength,
      ContentType: object.ContentType,
      AcceptRanges: object.AcceptRanges,
      ETag: object.ETag,
    })),
  );

const head = ({ client, bucket }: Asked, input: Input) =>
  answerOf(
    client.send(new HeadObjectCommand({ Bucket: bucket, Key: 'digits', ...input })).then((object) => ({
      status: object.$metadata.httpStatusCode,
      ContentLength: object.ContentLength,
      ContentType: object.ContentType,
      AcceptRanges: object.AcceptRanges,
      ETag: object.ETag,
    })),
  );

const etag = '"781e5e245d69b566979b86e28d23f2c7"';
const otherEtag = '"00000000000000000000000000000000"';
const longAgo = new Date('2001-01-01T00:00:00Z');
const far = new Date('2100-01-01T00:00:00Z');

const ranges = ['0-0', '2-4', '8-', '8-99', '-3', '-99', '10-', '99-100'];

const about = { ContentType: 'binary/octet-stream', AcceptRanges: 'bytes', ETag: etag };
const whole = { status: 200, body: '0123456789', ContentLength: 10, ...about };
const wholeHead = { status: 200, ContentLength: 10, ...about };
const invalidRange = { status: 416, code: 'InvalidRange' };

/** Ranges that mean nothing, or that S3 does not serve. */
const oddRanges: readonly { range: string; because: string; radosgw: unknown; small: unknown }[] = [
  {
    range: 'bytes=-0',
    because: 'the last no bytes of an object cannot be served (RFC 9110, 14.1.2)',
    radosgw: { ...whole, status: 206, ContentRange: 'bytes 0-9/10' },
    small: invalidRange,
  },
  ...['bytes=5-2', 'bytes='].map((range) => ({
    range,
    because: 'a range that is none is ignored (RFC 9110, 14.1.1)',
    radosgw: invalidRange,
    small: whole,
  })),
  {
    range: 'bytes=x-y',
    because: 'a range that is none is ignored (RFC 9110, 14.1.1)',
    radosgw: { ...whole, status: 206, body: '0', ContentLength: 1, ContentRange: 'bytes 0-0/10' },
    small: whole,
  },
  {
    range: 'bytes=0-1,4-5',
    because: 'S3 serves one range for each request; radosgw takes the first of several',
    radosgw: { ...whole, status: 206, body: '01', ContentLength: 2, ContentRange: 'bytes 0-1/10' },
    small: whole,
  },
  {
    range: 'lines=1',
    because: 'what is sent whole has no range to tell',
    radosgw: { ...whole, ContentRange: 'bytes 0-9/10' },
    small: whole,
  },
];

const conditions: readonly Input[] = [
  { IfMatch: etag },
  { IfMatch: etag.replaceAll('"', '') },
  { IfMatch: otherEtag },
  { IfNoneMatch: etag },
  { IfNoneMatch: etag.replaceAll('"', '') },
  { IfNoneMatch: otherEtag },
  { IfMatch: etag, IfNoneMatch: otherEtag },
  { IfMatch: otherEtag, Range: 'bytes=2-4' },
  { IfMatch: etag, Range: 'bytes=2-4' },
  { IfModifiedSince: longAgo },
  { IfUnmodifiedSince: far },
  { IfUnmodifiedSince: longAgo },
  { IfMatch: etag, IfUnmodifiedSince: longAgo },
  { IfNoneMatch: etag, IfModifiedSince: longAgo },
];

export const objects: readonly Question[] = [
  { name: 'GetObject', ask: (asked) => get(asked, {}) },
  { name: 'HeadObject', ask: (asked) => head(asked, {}) },
  { name: 'GetObject of nothing', ask: (asked) => get(asked, { Key: 'nothing' }) },
  { name: 'HeadObject of nothing', ask: (asked) => head(asked, { Key: 'nothing' }) },
  {
    name: 'GetObject of nothing, from its first byte',
    ask: (asked) => get(asked, { Key: 'nothing', Range: 'bytes=0-' }),
  },
  ...ranges.map((range): Question => ({
    name: `GetObject with Range: bytes=${range}`,
    ask: (asked) => get(asked, { Range: `bytes=${range}` }),
  })),
  ...oddRanges.map(({ range, ...differs }): Question => ({
    name: `GetObject with Range: ${range}`,
    ask: (asked) => get(asked, { Range: range }),
    differs,
  })),
  {
    name: 'GetObject and HeadObject under If-Match: *',
    ask: async (asked) => [await get(asked, { IfMatch: '*' }), await head(asked, { IfMatch: '*' })],
    differs: {
      because: 'radosgw takes the star for a tag; it stands for any (RFC 9110, 13.1.1)',
      radosgw: [
        { status: 412, code: 'PreconditionFailed' },
        { status: 412, code: 'Unknown' },
      ],
      small: [whole, wholeHead],
    },
  },
  {
    name: 'GetObject and HeadObject under If-None-Match: *',
    ask: async (asked) => [await get(asked, { IfNoneMatch: '*' }), await head(asked, { IfNoneMatch: '*' })],
    differs: {
      because: 'radosgw takes the star for a tag; it stands for any (RFC 9110, 13.1.2)',
      radosgw: [whole, wholeHead],
      small: [
        { status: 304, code: 'Unknown' },
        { status: 304, code: 'Unknown' },
      ],
    },
  },
  { name: 'HeadObject with Range: bytes=2-4', ask: (asked) => head(asked, { Range: 'bytes=2-4' }) },
  ...conditions.flatMap((input): Question[] => [
    { name: `GetObject under ${JSON.stringify(input)}`, ask: (asked) => get(asked, input) },
    { name: `HeadObject under ${JSON.stringify(input)}`, ask: (asked) => head(asked, input) },
  ]),
  ...['missing', 'digits/', 'digit', 'empty', 'Digits', '/digits', 'x///y'].flatMap((Key): Question[] => [
    { name: `GetObject of ${Key}, which is not there`, ask: (asked) => get(asked, { Key }) },
    { name: `HeadObject of ${Key}, which is not there`, ask: (asked) => head(asked, { Key }) },
  ]),
  {
    name: 'GetObject of every key there is',
    ask: (asked) => Promise.all(contents.map(async ({ key }) => [key, await get(asked, { Key: key })])),
  },
  {
    name: 'GetObject, HeadObject and the listing tell one time, ETag and size',
    ask: async ({ client, bucket }) => {
      const place = { Bucket: bucket, Key: 'digits' };
      const listed = (await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: place.Key }))).Contents?.[0];
      const read = await client.send(new GetObjectCommand(place));
      const looked = await client.send(new HeadObjectCommand(place));
      const second = (date: Date | undefined) => Math.floor((date?.getTime() ?? NaN) / 1_000);
      return {
        times:
          second(read.LastModified) === second(looked.LastModified) &&
          second(read.LastModified) === second(listed?.LastModified),
        tags: [read.ETag, looked.ETag, listed?.ETag],
        sizes: [read.ContentLength, looked.ContentLength, listed?.Size],
      };
    },
  },
  {
    name: 'GetObject under conditions on its own time, alone and beside a tag',
    ask: async (asked) => {
      const { LastModified: itself } = await asked.client.send(
        new HeadObjectCommand({ Bucket: asked.bucket, Key: 'digits' }),
      );
      const inputs: readonly Input[] = [
        { IfModifiedSince: itself },
        { IfUnmodifiedSince: itself },
        { IfNoneMatch: otherEtag, IfModifiedSince: itself },
        { IfMatch: otherEtag, IfUnmodifiedSince: itself },
      ];
      const answers: unknown[] = [];
      for (const input of inputs) answers.push(await get(asked, input));
      return answers;
    },
  },
  {
    name: 'the times in a listing',
    ask: async ({ client, bucket }) => {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: 50 }));
      return Contents.every(({ LastModified }) => LastModified?.getMilliseconds() === 0)
        ? 'whole seconds'
        : 'parts of a second';
    },
    differs: {
      because: 'S3 knows whole seconds; radosgw tells parts of them in listings, and whole ones with the object',
      radosgw: 'parts of a second',
      small: 'whole seconds',
    },
  },
  { name: 'an object that nobody signed for', ask: (asked) => unsigned(asked, `${asked.bucket}/digits`) },
  {
    name: 'an object that is not there and nobody signed for',
    ask: (asked) => unsigned(asked, `${asked.bucket}/missing`),
  },
];
