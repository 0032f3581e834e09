import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  type ListMultipartUploadsCommandInput,
} from '@aws-sdk/client-s3';
import { answerOf, type Asked, type Question } from './question.ts';

type Input = Omit<Partial<ListMultipartUploadsCommandInput>, 'Bucket'>;

/** All uploads, by markers as they stand: radosgw does not encode the one it names, whatever is asked. */
async function walkUploads({ client, bucket }: Asked, input: Input) {
  const uploads: { key: string; id: string }[] = [];
  const prefixes: string[] = [];
  let markers: Pick<ListMultipartUploadsCommandInput, 'KeyMarker' | 'UploadIdMarker'> = {};
  for (let pages = 0; pages < 50; pages++) {
    const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, ...input, ...markers }));
    uploads.push(...(page.Uploads ?? []).map(({ Key = '', UploadId = '' }) => ({ key: Key, id: UploadId })));
    prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix = '' }) => Prefix));
    if (page.IsTruncated !== true) return { uploads, prefixes };
    markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
  }
  throw new Error('the pages never end');
}

/** The keys in their order, and which uploads there are; the order of two uploads of one key is a question of its own. */
async function allUploads(asked: Asked, input: Input) {
  const { uploads } = await walkUploads(asked, input);
  return { keys: uploads.map(({ key }) => key), ids: uploads.map(({ id }) => id).sort() };
}

async function uploadsPage({ client, bucket }: Asked, input: Input) {
  const page = await client.send(new ListMultipartUploadsCommand({ Bucket: bucket, ...input }));
  const { Delimiter, MaxUploads, IsTruncated, NextKeyMarker, KeyMarker = '', Prefix = '' } = page;
  return {
    ...{ KeyMarker, Prefix, Delimiter, MaxUploads, IsTruncated },
    // S3 tells it when the list goes on; radosgw always.
    NextKeyMarker: IsTruncated === true ? NextKeyMarker : undefined,
    keys: page.Uploads?.map(({ Key }) => Key),
    told: page.Uploads?.every(
      ({ Initiated, Owner, StorageClass }) =>
        Initiated !== undefined && Owner !== undefined && StorageClass === 'STANDARD',
    ),
  };
}

/** What can be asked of a bucket, by name. */
const ofBucket: Record<string, (asked: Asked, Bucket: string) => Promise<unknown>> = {
  ListObjectsV2: ({ client }, Bucket) => client.send(new ListObjectsV2Command({ Bucket })),
  ListObjects: ({ client }, Bucket) => client.send(new ListObjectsCommand({ Bucket })),
  ListMultipartUploads: ({ client }, Bucket) => client.send(new ListMultipartUploadsCommand({ Bucket })),
  GetObject: ({ client }, Bucket) => client.send(new GetObjectCommand({ Bucket, Key: 'digits' })),
  HeadBucket: ({ client }, Bucket) => client.send(new HeadBucketCommand({ Bucket })),
  GetBucketLocation: ({ client }, Bucket) => client.send(new GetBucketLocationCommand({ Bucket })),
  GetBucketLifecycleConfiguration: ({ client }, Bucket) =>
    client.send(new GetBucketLifecycleConfigurationCommand({ Bucket })),
  GetBucketVersioning: ({ client }, Bucket) => client.send(new GetBucketVersioningCommand({ Bucket })),
  GetBucketEncryption: ({ client }, Bucket) => client.send(new GetBucketEncryptionCommand({ Bucket })),
  GetObjectLockConfiguration: ({ client }, Bucket) => client.send(new GetObjectLockConfigurationCommand({ Bucket })),
};

const settings: Record<string, (asked: Asked, Bucket: string) => Promise<unknown>> = {
  lifecycle: async ({ client }: Asked, Bucket: string) =>
    (await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules,
  versioning: async ({ client }: Asked, Bucket: string) =>
    (await client.send(new GetBucketVersioningCommand({ Bucket }))).Status,
  'object lock': async ({ client }: Asked, Bucket: string) =>
    (await client.send(new GetObjectLockConfigurationCommand({ Bucket }))).ObjectLockConfiguration,
};

const encryption = async ({ client }: Asked, Bucket: string) =>
  (await client.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]
    ?.ApplyServerSideEncryptionByDefault?.SSEAlgorithm;

export const buckets: readonly Question[] = [
  ...Object.entries(ofBucket).map(([name, ask]): Question => ({
    name: `${name} of a bucket that is not there`,
    ask: (asked) => answerOf(ask(asked, 'nobody-ever-made-this')),
  })),
  ...Object.entries(settings).map(([name, ask]): Question => ({
    name: `the bucket's ${name}, not set`,
    ask: (asked) => answerOf(ask(asked, asked.bucket)),
  })),
  ...Object.entries(settings).map(([name, ask]): Question => ({
    name: `the bucket's ${name}, set where it can be`,
    ask: (asked) => answerOf(ask(asked, asked.settled)),
  })),
  {
    name: "the bucket's encryption, not set and set",
    ask: async (asked) => [await encryption(asked, asked.bucket), await encryption(asked, asked.settled)],
    differs: {
      because: 'every bucket of S3 is encrypted; radosgw sets no encryption without a server for keys',
      radosgw: [undefined, undefined],
      small: ['AES256', 'aws:kms'],
    },
  },
  {
    name: 'the region of the bucket',
    ask: async ({ client, bucket }) => [
      (await client.send(new GetBucketLocationCommand({ Bucket: bucket }))).LocationConstraint,
      (await client.send(new HeadBucketCommand({ Bucket: bucket }))).BucketRegion,
    ],
    differs: {
      because:
        'the region of radosgw has a name of its own; S3 tells it with every bucket, but us-east-1 never as a location',
      radosgw: ['default', undefined],
      small: [undefined, 'us-east-1'],
    },
  },
  {
    name: 'a bucket of another owner than expected',
    ask: ({ client, bucket }) =>
      answerOf(
        client
          .send(new ListObjectsV2Command({ Bucket: bucket, ExpectedBucketOwner: '999999999999', Prefix: 'digits' }))
          .then(({ KeyCount }) => KeyCount),
      ),
    differs: {
      because: 'radosgw does not know the header',
      radosgw: 1,
      small: { status: 403, code: 'AccessDenied' },
    },
  },
  ...[{}, { Prefix: 'up/' }, { Prefix: 'up/1' }, { Prefix: 'never' }, { Prefix: 'other/', Delimiter: '/' }].flatMap(
    (input) =>
      [1_000, 2, 1].map((MaxUploads): Question => ({
        name: `ListMultipartUploads to its end, ${JSON.stringify({ ...input, MaxUploads })}`,
        ask: (asked) => allUploads(asked, { ...input, MaxUploads }),
      })),
  ),
  ...[{}, { Prefix: 'up/' }, { Delimiter: '/' }, { KeyMarker: 'tp' }, { MaxUploads: 1 }].map((input): Question => ({
    name: `ListMultipartUploads, one page, ${JSON.stringify(input)}`,
    ask: (asked) => uploadsPage(asked, input),
  })),
  {
    name: 'ListMultipartUploads: whether two uploads of one key come in the order of their ids',
    ask: async (asked) => {
      const { uploads } = await walkUploads(asked, { Prefix: 'up/1' });
      return (
        uploads.map(({ id }) => id).join() ===
        uploads
          .map(({ id }) => id)
          .sort()
          .join()
      );
    },
    differs: {
      because:
        'S3 sorts them by the time they were begun, radosgw by id; on the small S3 the greater id was begun first',
      radosgw: true,
      small: false,
    },
  },
  {
    name: 'ListMultipartUploads with a delimiter: the common prefixes',
    ask: async (asked) => (await walkUploads(asked, { Delimiter: '/' })).prefixes,
    differs: {
      because: 'this radosgw names their element wrongly, so that no client finds them',
      radosgw: [],
      small: ['other/', 'up/'],
    },
  },
  {
    name: 'ListMultipartUploads after a key, without an upload',
    ask: async (asked) => (await allUploads(asked, { KeyMarker: 'top' })).keys,
    differs: {
      because: 'S3 goes on with keys greater than the marker; radosgw begins with the key itself',
      radosgw: ['top', 'up/1', 'up/1', 'up/2', 'zz'],
      small: ['up/1', 'up/1', 'up/2', 'zz'],
    },
  },
  {
    name: 'ListMultipartUploads, none at all',
    ask: async (asked) => (await uploadsPage(asked, { MaxUploads: 0 })).IsTruncated,
    differs: {
      because: 'a client that goes on from nothing never ends; S3 allows 1 to 1,000 and is not asked this by anybody',
      radosgw: true,
      small: false,
    },
  },
];
