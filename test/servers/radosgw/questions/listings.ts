import { ListObjectsCommand, ListObjectsV2Command, type ListObjectsV2CommandInput } from '@aws-sdk/client-s3';
import { decodeKey } from '../../../../src/bucket/keys.ts';
import { ordered } from './contents.ts';
import { answerOf, unsigned, type Asked, type Question } from './question.ts';

type Input = Omit<Partial<ListObjectsV2CommandInput>, 'Bucket'>;

/** A listing to its end: its rows decoded and in order, and whether every page kept to its own figures. */
async function walk({ client, bucket }: Asked, input: Input) {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let pagesAreRight = true;
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url', ...input, ContinuationToken: token }),
    );
    const rows = (page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0);
    token = page.NextContinuationToken;
    pagesAreRight &&=
      page.KeyCount === rows &&
      rows <= Math.min(page.MaxKeys ?? 0, input.MaxKeys ?? 1_000) &&
      page.IsTruncated === (token !== undefined);
    keys.push(...(page.Contents ?? []).map(({ Key = '' }) => decodeKey(Key)));
    prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => decodeKey(Prefix)));
  } while (token !== undefined);
  return { keys, prefixes, pagesAreRight };
}

/** Everything that one page says, but for tokens, which are the store's own, and times. */
async function firstPage({ client, bucket }: Asked, input: Input) {
  const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, ...input }));
  const { Prefix, Delimiter, StartAfter, EncodingType, MaxKeys, KeyCount, IsTruncated } = page;
  return {
    ...{ Prefix, Delimiter, StartAfter, EncodingType, MaxKeys, KeyCount, IsTruncated },
    Contents: page.Contents?.map(({ Key, Size, ETag, StorageClass }) => ({ Key, Size, ETag, StorageClass })),
    CommonPrefixes: page.CommonPrefixes,
    goesOn: page.NextContinuationToken !== undefined,
  };
}

const walks: readonly Input[] = [
  {},
  { Prefix: 'order/' },
  { Prefix: 'nothing at all/' },
  ...['/', '/date=', '//', 'a', 'é', 'never'].map((Delimiter) => ({ Delimiter })),
  ...[
    'app',
    'app/',
    'x',
    'x/',
    'x//',
    '/',
    './',
    '../',
    'hostile/',
    'é',
    'empty/',
    'long/',
    'app/date=2026-11-01/a',
  ].map((Prefix) => ({ Prefix, Delimiter: '/' })),
  ...['app/', 'a', 'app/date=2026-11-0', 'a/date='].map((Prefix) => ({ Prefix, Delimiter: '/date=' })),
  ...[
    'a',
    'app',
    'app/',
    'app/.stream/.schema',
    'app/date=2026-11-02/a',
    'app/date=2026-11-02/\u{10ffff}',
    'x/y',
    'zzzz',
  ].flatMap((StartAfter) => [
    { StartAfter },
    { StartAfter, Delimiter: '/' },
    { StartAfter, Delimiter: '/date=' },
    { StartAfter, Prefix: 'app/', Delimiter: '/' },
  ]),
];

const inWords = (input: object) => JSON.stringify(input);

/** By markers, as they stand: radosgw does not encode the one it names, whatever is asked. */
async function v1Walk({ client, bucket }: Asked, input: { Delimiter?: string; Prefix?: string; MaxKeys: number }) {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let marker = '';
  for (;;) {
    const page = await client.send(new ListObjectsCommand({ Bucket: bucket, ...input, Marker: marker }));
    const pageKeys = (page.Contents ?? []).map(({ Key = '' }) => Key);
    keys.push(...pageKeys);
    prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
    if (page.IsTruncated !== true) return { keys, prefixes };
    const next = page.NextMarker ?? pageKeys.at(-1) ?? '';
    if (Buffer.compare(Buffer.from(next), Buffer.from(marker)) <= 0) return 'does not get ahead';
    marker = next;
  }
}

async function v1Page({ client, bucket }: Asked, input: object) {
  const page = await client.send(new ListObjectsCommand({ Bucket: bucket, ...input }));
  const { Marker, Prefix, Delimiter, MaxKeys, IsTruncated, NextMarker } = page;
  return {
    ...{ Marker, Prefix, Delimiter, MaxKeys, IsTruncated, NextMarker },
    keys: page.Contents?.map(({ Key }) => Key),
    prefixes: page.CommonPrefixes?.map((row) => row.Prefix),
  };
}

/** Row by row only where there are few. */
const pageSizesFor = ({ Prefix, Delimiter }: Input): readonly (number | undefined)[] =>
  Prefix !== undefined || Delimiter === '/' ? [undefined, 7, 1] : [undefined, 7];

export const listings: readonly Question[] = [
  ...walks.flatMap((input) =>
    pageSizesFor(input).map((MaxKeys): Question => ({
      name: `ListObjectsV2 to its end, ${inWords({ ...input, MaxKeys })}`,
      ask: (asked) => walk(asked, { ...input, ...(MaxKeys === undefined ? {} : { MaxKeys }) }),
    })),
  ),
  ...[
    { Prefix: 'order/' },
    { Prefix: 'app/', MaxKeys: 0 },
    { Prefix: 'app/', MaxKeys: 1 },
    { Prefix: 'app/', MaxKeys: 7 },
    { Prefix: 'app/', MaxKeys: 8 },
    { Prefix: 'app/', MaxKeys: 1, Delimiter: '/' },
    { Prefix: 'app/', MaxKeys: 4, Delimiter: '/', StartAfter: 'app/date=2026-11-01/a' },
    { Prefix: 'nothing at all/', Delimiter: '/' },
    { Prefix: 'app/', MaxKeys: 2_000 },
  ].map((input): Question => ({
    name: `ListObjectsV2, its first page, ${inWords(input)}`,
    ask: (asked) => firstPage(asked, input),
  })),
  {
    name: 'ListObjectsV2 without encoding: hostile keys as they stand in the document',
    ask: async ({ client, bucket }) =>
      (await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'hostile/' }))).Contents?.map(
        ({ Key }) => Key,
      ),
  },
  {
    name: 'ListObjectsV2 with EncodingType=url: as it stands in the document',
    ask: async ({ client, bucket }) => {
      const Prefix = 'hostile/(';
      const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url', Prefix }));
      const spaced = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, EncodingType: 'url', Prefix: 'hostile/a' }),
      );
      return [page, spaced].flatMap((one) => [one.Prefix, ...(one.Contents ?? []).map(({ Key }) => Key)]);
    },
    differs: {
      because:
        'S3 encodes parentheses (its documentation has an example), writes `+` for a space and leaves `/`; decoded they are the same',
      radosgw: [
        'hostile/(',
        'hostile%2F(1)!*~%2C%3A%40%5B%5D%7B%7D|%5E',
        'hostile/a',
        'hostile%2Fa%20b',
        'hostile%2Fa%2520b',
        'hostile%2Fa%2Bb',
      ],
      small: [
        'hostile/%28',
        'hostile/%281%29%21*%7E%2C%3A%40%5B%5D%7B%7D%7C%5E',
        'hostile/a',
        'hostile/a+b',
        'hostile/a%2520b',
        'hostile/a%2Bb',
      ],
    },
  },
  {
    name: 'ListObjectsV2 in the order of UTF-8 bytes',
    ask: async (asked) => {
      const { keys } = await walk(asked, { Prefix: 'order/', MaxKeys: 2 });
      return {
        keys,
        asBytes: keys.join() === ordered.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))).join(),
      };
    },
  },
  {
    name: 'ListObjectsV2 with a token and StartAfter: the token wins',
    ask: async ({ client, bucket }) => {
      const common = { Bucket: bucket, Prefix: 'app/', MaxKeys: 3 };
      const first = await client.send(new ListObjectsV2Command(common));
      const ContinuationToken = first.NextContinuationToken;
      const second = await client.send(
        new ListObjectsV2Command({ ...common, ContinuationToken, StartAfter: 'app/date=2026-11-03/a' }),
      );
      return second.Contents?.map(({ Key }) => Key);
    },
  },
  {
    name: 'ListObjectsV2 with a made-up token',
    ask: ({ client, bucket }) =>
      answerOf(
        client
          .send(new ListObjectsV2Command({ Bucket: bucket, ContinuationToken: 'made up', Prefix: 'app/' }))
          .then(({ KeyCount }) => KeyCount),
      ),
    differs: {
      because: 'S3 refuses a token that it did not give; that of radosgw is the key after which it goes on',
      radosgw: 0,
      small: { status: 400, code: 'InvalidArgument' },
    },
  },
  {
    name: 'ListObjectsV2 with a negative size',
    ask: ({ client, bucket }) =>
      answerOf(client.send(new ListObjectsV2Command({ Bucket: bucket, MaxKeys: -1 })).then(({ KeyCount }) => KeyCount)),
    differs: {
      because: 'S3 refuses a number that is no count, radosgw takes it for none',
      radosgw: 0,
      small: { status: 400, code: 'InvalidArgument' },
    },
  },
  {
    name: 'ListObjectsV2 with FetchOwner: whether each object tells one',
    ask: async ({ client, bucket }) =>
      Promise.all(
        [true, false].map(async (FetchOwner) => {
          const page = await client.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'order/', FetchOwner }));
          return page.Contents?.every(({ Owner }) => typeof Owner?.ID === 'string');
        }),
      ),
  },
  ...[{}, { Delimiter: '/' }, { Delimiter: '/date=' }, { Prefix: 'app/', Delimiter: '/' }].flatMap((input) =>
    [1_000, 7, 1].map((MaxKeys): Question => ({
      name: `ListObjects by markers to its end, ${inWords({ ...input, MaxKeys })}`,
      ask: (asked) => v1Walk(asked, { ...input, MaxKeys }),
    })),
  ),
  ...[
    { Prefix: 'app/' },
    { Prefix: 'app/', MaxKeys: 2, Delimiter: '/' },
    { Prefix: 'app/', Marker: 'app/date=2026-11-02/a', Delimiter: '/' },
    { Prefix: 'app/', Marker: 'app/date=2026-11-02/', Delimiter: '/' },
    { Prefix: 'app/', MaxKeys: 0 },
  ].map((input): Question => ({
    name: `ListObjects, one page, ${inWords(input)}`,
    ask: (asked) => v1Page(asked, input),
  })),
  {
    name: 'ListObjects without delimiter: the next marker of a page that goes on',
    ask: async (asked) => (await v1Page(asked, { Prefix: 'app/', MaxKeys: 2 })).NextMarker ?? 'none',
    differs: {
      because: 'S3 names it only where there is a delimiter, otherwise it is the last key',
      radosgw: 'app/.stream/.stream.json',
      small: 'none',
    },
  },
  {
    name: 'ListObjects with EncodingType=url: the next marker',
    ask: async (asked) =>
      (await v1Page(asked, { Prefix: 'éb', Delimiter: '/', MaxKeys: 1, EncodingType: 'url' })).NextMarker ??
      (await v1Page(asked, { Prefix: 'é', Delimiter: '/', MaxKeys: 1, EncodingType: 'url' })).NextMarker,
    differs: {
      because: 'S3 encodes it as it does keys, this radosgw forgot to',
      radosgw: 'éa',
      small: '%C3%A9a',
    },
  },
  { name: 'a listing that nobody signed', ask: (asked) => unsigned(asked, `${asked.bucket}?list-type=2`) },
];
