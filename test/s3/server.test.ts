import { request as httpRequest } from 'node:http';
import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketVersioningCommand,
  GetObjectCommand,
  GetObjectLockConfigurationCommand,
  HeadBucketCommand,
  HeadObjectCommand,
  ListMultipartUploadsCommand,
  ListObjectsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  DeleteObjectsCommand,
  type ListObjectsV2CommandInput,
  type S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import { clientOf, objectOf } from './client.ts';
import { faultWhen, startS3, type BucketContents, type S3, type S3Options } from './server.ts';
import { encodeKey } from './xml.ts';

const bucketName = 'logs';
const opened: { s3: S3; client: S3Client }[] = [];

async function start(
  contents: Partial<BucketContents> & { keys?: readonly string[] },
  options: Partial<S3Options> = {},
) {
  const { keys = [], ...rest } = contents;
  const s3 = await startS3({
    buckets: { [bucketName]: { objects: keys.map((key) => objectOf(key, key)), ...rest } },
    ...options,
  });
  const client = clientOf(s3.url);
  opened.push({ s3, client });
  return { s3, client };
}

afterEach(async () => {
  for (const { s3, client } of opened.splice(0)) {
    client.destroy();
    await s3.close();
  }
});

/** Undoes `encoding-type=url`. */
const decode = (text: string | undefined) => decodeURIComponent((text ?? '').replaceAll('+', ' '));

/** All pages of a listing: rows in the order they came, and how many pages there were. */
async function listAll(client: S3Client, input: Partial<ListObjectsV2CommandInput> = {}) {
  const keys: string[] = [];
  const prefixes: string[] = [];
  let pages = 0;
  let token: string | undefined;
  do {
    const page = await client.send(
      new ListObjectsV2Command({ Bucket: bucketName, EncodingType: 'url', ContinuationToken: token, ...input }),
    );
    pages++;
    expect(page.KeyCount).toBe((page.Contents?.length ?? 0) + (page.CommonPrefixes?.length ?? 0));
    expect(page.IsTruncated).toBe(page.NextContinuationToken !== undefined);
    keys.push(...(page.Contents ?? []).map(({ Key }) => decode(Key)));
    prefixes.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => decode(Prefix)));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  return { keys, prefixes, pages };
}

const byBytes = (keys: readonly string[]) => [...keys].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));

const hostileKeys = [
  '/leading',
  'a//b',
  'a/./b',
  'a/../b',
  'a b',
  'a+b',
  'a%2Fb',
  'a%b',
  'new\nline',
  'carriage\rreturn',
  'tab\tand\u0001control\u007f',
  `quotes'"\``,
  '<tag>&amp;',
  '(1)!*~',
  'größe',
  'ünïcode/日本/',
  '😀',
  '\ufb01ligature',
  'bidi\u202egpj.exe',
  'zero\u200bwidth',
  'trailing ',
  'back\\slash',
  '?query#fragment',
  '$(touch x); rm -rf "$HOME"',
];

describe('a listing', () => {
  test('comes in the order of UTF-8 bytes, which is not that of UTF-16', async () => {
    const { client } = await start({ keys: ['😀', '\ufb01', 'b', 'a', 'B', 'ä', 'a/', 'a!', 'a0'] });
    expect((await listAll(client)).keys).toEqual(['B', 'a', 'a!', 'a/', 'a0', 'b', 'ä', '\ufb01', '😀']);
  });

  test('keeps that order when keys come and go', async () => {
    const { s3, client } = await start({ keys: ['b', 'd'] });
    s3.buckets.get(bucketName)?.put(objectOf('c'));
    s3.buckets.get(bucketName)?.put(objectOf('a'));
    s3.buckets.get(bucketName)?.remove('d');
    s3.buckets.get(bucketName)?.remove('never there');
    expect((await listAll(client)).keys).toEqual(['a', 'b', 'c']);
  });

  test('is paged by MaxKeys, and by the size that the test forces, without losing or repeating a row', async () => {
    const keys = Array.from({ length: 23 }, (_, index) => `k${String(index)}`);
    const { client } = await start({ keys }, { pageSize: 5 });
    expect(await listAll(client)).toEqual({ keys: byBytes(keys), prefixes: [], pages: 5 });
    expect(await listAll(client, { MaxKeys: 3 })).toEqual({ keys: byBytes(keys), prefixes: [], pages: 8 });
  });

  test('has no second page when the first one is exactly full, and none at all for MaxKeys=0', async () => {
    const { client } = await start({ keys: ['a', 'b'] });
    expect((await listAll(client, { MaxKeys: 2 })).pages).toBe(1);
    expect(await listAll(client, { MaxKeys: 0 })).toEqual({ keys: [], prefixes: [], pages: 1 });
  });

  test('rolls keys up at the delimiter; common prefixes count as rows', async () => {
    const { client } = await start({ keys: ['a/1', 'a/2', 'b', 'c/1', 'c/d/2', 'e'] });
    const whole = { keys: ['b', 'e'], prefixes: ['a/', 'c/'] };
    expect(await listAll(client, { Delimiter: '/' })).toEqual({ ...whole, pages: 1 });
    expect(await listAll(client, { Delimiter: '/', MaxKeys: 1 })).toEqual({ ...whole, pages: 4 });
    expect(await listAll(client, { Delimiter: '/', Prefix: 'c/' })).toEqual({
      keys: ['c/1'],
      prefixes: ['c/d/'],
      pages: 1,
    });
    expect(await listAll(client, { Delimiter: '/', Prefix: 'c' })).toEqual({ keys: [], prefixes: ['c/'], pages: 1 });
  });

  test('knows delimiters of several characters', async () => {
    const keys = [
      'app/.stream/.schema',
      'app/date=2026-11-01/x',
      'app/date=2026-11-02/y',
      'app/date',
      'web/date=2026-11-01/z',
    ];
    const { client } = await start({ keys });
    expect(await listAll(client, { Delimiter: '/date=', MaxKeys: 1 })).toEqual({
      keys: ['app/.stream/.schema', 'app/date'],
      prefixes: ['app/date=', 'web/date='],
      pages: 4,
    });
  });

  test('begins after StartAfter, which need not be a key; a common prefix named there is over', async () => {
    const { client } = await start({ keys: ['a/1', 'a/2', 'b', 'c'] });
    expect((await listAll(client, { StartAfter: 'a/1' })).keys).toEqual(['a/2', 'b', 'c']);
    expect((await listAll(client, { StartAfter: 'aa' })).keys).toEqual(['b', 'c']);
    expect((await listAll(client, { StartAfter: 'a/', Delimiter: '/' })).prefixes).toEqual([]);
    expect((await listAll(client, { StartAfter: 'a', Delimiter: '/' })).prefixes).toEqual(['a/']);
    expect((await listAll(client, { StartAfter: 'a/1', MaxKeys: 1 })).keys).toEqual(['a/2', 'b', 'c']);
  });

  test.each(hostileKeys)('brings the key %j unharmed, encoded and as it stands in an object', async (key) => {
    const { client } = await start({ keys: [key] });
    expect((await listAll(client)).keys).toEqual([key]);
    expect((await listAll(client, { Prefix: key })).keys).toEqual([key]);
    const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: key }));
    expect(await object.Body?.transformToString()).toBe(key);
  });

  test('encodes as S3 does: `+` for a space, `/` kept, hexadecimal in capitals', () => {
    expect(encodeKey('a b/c+d~(é)*\n%')).toBe('a+b/c%2Bd%7E%28%C3%A9%29*%0A%25');
  });

  test('writes control characters as references when no encoding is asked for', async () => {
    const { s3 } = await start({ keys: ['a\u0001\r\n"<b>&'] });
    const text = await (await fetch(`${s3.url}/${bucketName}?list-type=2`)).text();
    expect(text).toContain('<Key>a&#1;&#13;&#10;&quot;&lt;b&gt;&amp;</Key>');
  });

  test('tells each object with its quoted ETag, and with its owner when asked', async () => {
    const { client } = await start({ keys: ['a'], region: 'eu-west-1' });
    const list = (FetchOwner: boolean) => client.send(new ListObjectsV2Command({ Bucket: bucketName, FetchOwner }));
    expect((await list(false)).Contents).toEqual([
      {
        Key: 'a',
        Size: 1,
        ETag: '"0cc175b9c0f1b6a831c399e269772661"',
        LastModified: new Date('2026-11-01T00:00:00Z'),
        StorageClass: 'STANDARD',
      },
    ]);
    expect((await list(true)).Contents?.[0]?.Owner?.ID).toBe('123456789012');
  });

  test('refuses a token that it did not give, and sizes that are none', async () => {
    const { client } = await start({ keys: ['a'] });
    await expect(listAll(client, { ContinuationToken: 'made up' })).rejects.toMatchObject({
      name: 'InvalidArgument',
      $metadata: { httpStatusCode: 400 },
    });
    await expect(listAll(client, { MaxKeys: -1 })).rejects.toMatchObject({ name: 'InvalidArgument' });
  });

  test('in its first version goes on from markers, and names the next one only with a delimiter', async () => {
    const { client } = await start({ keys: ['a/1', 'a/2', 'b', 'c'] });
    const list = (input: object) => client.send(new ListObjectsCommand({ Bucket: bucketName, MaxKeys: 1, ...input }));
    expect(await list({})).toMatchObject({ IsTruncated: true, Contents: [{ Key: 'a/1' }] });
    expect((await list({})).NextMarker).toBeUndefined();
    expect(await list({ Delimiter: '/' })).toMatchObject({ NextMarker: 'a/', CommonPrefixes: [{ Prefix: 'a/' }] });
    expect(await list({ Delimiter: '/', Marker: 'a/' })).toMatchObject({ NextMarker: 'b', Contents: [{ Key: 'b' }] });
    expect(await list({ Marker: 'b' })).toMatchObject({ IsTruncated: false, Contents: [{ Key: 'c' }] });
  });

  test('walked page by page says what a plain model of it says', async () => {
    const part = fc.constantFrom('a', 'b', '/', '//', 'ä', '😀', '\ufb01', ' ', '+', '-');
    const text = fc.array(part, { maxLength: 4 }).map((parts) => parts.join(''));
    const { s3, client } = await start({});
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(
          text.filter((key) => key !== ''),
          { maxLength: 12 },
        ),
        text,
        fc.constantFrom('', '/', '//', 'a'),
        text,
        fc.integer({ min: 1, max: 4 }),
        async (keys, prefix, delimiter, startAfter, max) => {
          s3.buckets.get(bucketName)?.replace(keys.map((key) => objectOf(key)));
          const after = (row: string) =>
            startAfter === '' || Buffer.compare(Buffer.from(row), Buffer.from(startAfter)) > 0;
          const rows = keys
            .filter((key) => key.startsWith(prefix))
            .map((key) => {
              const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
              return cut === -1 ? { key } : { prefix: key.slice(0, cut + delimiter.length) };
            });
          const expectedKeys = rows.flatMap((row) => ('key' in row && after(row.key) ? [row.key] : []));
          const expectedPrefixes = new Set(
            rows.flatMap((row) => ('prefix' in row && after(row.prefix) ? [row.prefix] : [])),
          );
          const seen = await listAll(client, {
            MaxKeys: max,
            ...(prefix === '' ? {} : { Prefix: prefix }),
            ...(delimiter === '' ? {} : { Delimiter: delimiter }),
            ...(startAfter === '' ? {} : { StartAfter: startAfter }),
          });
          expect(seen.keys).toEqual(byBytes(expectedKeys));
          expect(seen.prefixes).toEqual(byBytes([...expectedPrefixes]));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('an object', () => {
  test('is read whole or in part', async () => {
    const { client } = await start({
      objects: [objectOf('o', '0123456789'), { ...objectOf('zeros'), body: Buffer.alloc(3) }],
    });
    const read = async (Range?: string) => {
      const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'o', Range }));
      return [await object.Body?.transformToString(), object.ContentRange];
    };
    expect(await read()).toEqual(['0123456789', undefined]);
    expect(await read('bytes=2-4')).toEqual(['234', 'bytes 2-4/10']);
    expect(await read('bytes=8-')).toEqual(['89', 'bytes 8-9/10']);
    expect(await read('bytes=8-99')).toEqual(['89', 'bytes 8-9/10']);
    expect(await read('bytes=-3')).toEqual(['789', 'bytes 7-9/10']);
    expect(await read('lines=1')).toEqual(['0123456789', undefined]);
    await expect(read('bytes=10-')).rejects.toMatchObject({ name: 'InvalidRange', $metadata: { httpStatusCode: 416 } });
  });

  test('without a body consists of zero bytes', async () => {
    const { client } = await start({ objects: [{ key: 'z', size: 4, lastModified: new Date(0), etag: 'e' }] });
    const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'z' }));
    expect(await object.Body?.transformToByteArray()).toEqual(new Uint8Array(4));
  });

  test('is answered under conditions', async () => {
    const { client } = await start({ keys: ['a'] });
    const get = (more: object) => client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'a', ...more }));
    const etag = '"0cc175b9c0f1b6a831c399e269772661"';
    await expect(get({ IfNoneMatch: etag })).rejects.toMatchObject({ $metadata: { httpStatusCode: 304 } });
    await expect(get({ IfMatch: '"other"' })).rejects.toMatchObject({ name: 'PreconditionFailed' });
    expect((await get({ IfMatch: etag, IfNoneMatch: '"other"' })).ETag).toBe(etag);
  });

  test('is answered under conditions on its time, which a tag outweighs', async () => {
    const { client } = await start({ objects: [objectOf('a', 'a', new Date('2026-11-01T00:00:00.700Z'))] });
    const status = async (more: object) => {
      try {
        const get = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'a', ...more }));
        return get.$metadata.httpStatusCode;
      } catch (error) {
        return (error as { $metadata: { httpStatusCode?: number } }).$metadata.httpStatusCode;
      }
    };
    const itself = new Date('2026-11-01T00:00:00Z');
    const before = new Date('2026-10-31T23:59:59Z');
    const etag = '"0cc175b9c0f1b6a831c399e269772661"';
    expect(await status({ IfModifiedSince: itself })).toBe(304);
    expect(await status({ IfModifiedSince: before })).toBe(200);
    expect(await status({ IfUnmodifiedSince: itself })).toBe(200);
    expect(await status({ IfUnmodifiedSince: before })).toBe(412);
    expect(await status({ IfMatch: etag, IfUnmodifiedSince: before })).toBe(200);
    expect(await status({ IfNoneMatch: '"other"', IfModifiedSince: itself })).toBe(200);
    expect(await status({ IfNoneMatch: etag, IfModifiedSince: before })).toBe(304);
  });

  test('tells about itself without a body', async () => {
    const { client } = await start({ keys: ['abc'] });
    expect(await client.send(new HeadObjectCommand({ Bucket: bucketName, Key: 'abc' }))).toMatchObject({
      ContentLength: 3,
      LastModified: new Date('2026-11-01T00:00:00Z'),
    });
  });

  test('that is not there is NoSuchKey, and for HEAD a bare 404', async () => {
    const { client } = await start({});
    await expect(client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'none' }))).rejects.toMatchObject({
      name: 'NoSuchKey',
      $metadata: { httpStatusCode: 404 },
    });
    await expect(client.send(new HeadObjectCommand({ Bucket: bucketName, Key: 'none' }))).rejects.toMatchObject({
      name: 'NotFound',
      $metadata: { httpStatusCode: 404 },
    });
  });
});

describe('a bucket', () => {
  const Bucket = bucketName;

  test('tells its region', async () => {
    const { client } = await start({ region: 'eu-central-1' });
    expect((await client.send(new HeadBucketCommand({ Bucket }))).BucketRegion).toBe('eu-central-1');
    expect((await client.send(new GetBucketLocationCommand({ Bucket }))).LocationConstraint).toBe('eu-central-1');
  });

  test('of another region sends the client there when it is strict', async () => {
    const { client } = await start({ region: 'eu-central-1' }, { strictRegion: true });
    await expect(listAll(client)).rejects.toMatchObject({ name: 'PermanentRedirect' });
  });

  test('that is not there is NoSuchBucket', async () => {
    const { client } = await start({});
    await expect(client.send(new ListObjectsV2Command({ Bucket: 'other' }))).rejects.toMatchObject({
      name: 'NoSuchBucket',
    });
  });

  test('of another owner than expected is refused', async () => {
    const { client } = await start({ keys: ['a'], owner: '111111111111' });
    await expect(listAll(client, { ExpectedBucketOwner: '222222222222' })).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    expect((await listAll(client, { ExpectedBucketOwner: '111111111111' })).keys).toEqual(['a']);
  });

  test('answers with the settings it has, and as S3 does where it has none', async () => {
    const { s3, client } = await start({});
    await expect(client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'NoSuchLifecycleConfiguration',
    });
    await expect(client.send(new GetObjectLockConfigurationCommand({ Bucket }))).rejects.toMatchObject({
      name: 'ObjectLockConfigurationNotFoundError',
    });
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBeUndefined();
    const encryption = async () =>
      (await client.send(new GetBucketEncryptionCommand({ Bucket }))).ServerSideEncryptionConfiguration?.Rules?.[0]
        ?.ApplyServerSideEncryptionByDefault;
    expect(await encryption()).toEqual({ SSEAlgorithm: 'AES256' });
    const bucket = s3.buckets.get(bucketName);
    if (bucket === undefined) throw new Error('the bucket is gone');
    bucket.settings = {
      lifecycle:
        '<LifecycleConfiguration><Rule><ID>old</ID><Filter><Prefix>logs/</Prefix></Filter><Status>Enabled</Status>' +
        '<Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>',
      versioning: '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>',
      encryption:
        '<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault><SSEAlgorithm>aws:kms</SSEAlgorithm>' +
        '<KMSMasterKeyID>key</KMSMasterKeyID></ApplyServerSideEncryptionByDefault></Rule></ServerSideEncryptionConfiguration>',
    };
    expect((await client.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))).Rules).toMatchObject([
      { ID: 'old', Filter: { Prefix: 'logs/' }, Status: 'Enabled', Expiration: { Days: 30 } },
    ]);
    expect((await client.send(new GetBucketVersioningCommand({ Bucket }))).Status).toBe('Enabled');
    expect(await encryption()).toEqual({ SSEAlgorithm: 'aws:kms', KMSMasterKeyID: 'key' });
  });

  test('lists its incomplete uploads, page by page', async () => {
    const uploads = ['a/1', 'a/1', 'a/2', 'b', 'c/3'].map((key, index) => ({
      key,
      uploadId: `u${String(index)}`,
      initiated: new Date(Date.UTC(2026, 10, 1 + index)),
    }));
    const { client } = await start({ objects: [], uploads });
    const walk = async (input: object) => {
      const seen: (string | undefined)[] = [];
      let markers: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } = {};
      for (;;) {
        const page = await client.send(
          new ListMultipartUploadsCommand({ Bucket, MaxUploads: 1, EncodingType: 'url', ...input, ...markers }),
        );
        seen.push(
          ...(page.Uploads ?? []).map(({ UploadId }) => UploadId),
          ...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix),
        );
        if (page.IsTruncated !== true) return seen;
        markers = { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker };
      }
    };
    expect(await walk({})).toEqual(['u0', 'u1', 'u2', 'u3', 'u4']);
    expect(await walk({ Prefix: 'a/' })).toEqual(['u0', 'u1', 'u2']);
    expect(await walk({ Delimiter: '/' })).toEqual(['a/', 'u3', 'c/']);
  });

  test('has no other readable configuration', async () => {
    const { client } = await start({});
    await expect(client.send(new GetBucketPolicyCommand({ Bucket }))).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  test('is found by the host name too', async () => {
    const { s3 } = await start({ keys: ['folder/key'] });
    const get = (path: string) =>
      new Promise<string>((resolve, reject) => {
        httpRequest(`${s3.url}${path}`, { headers: { host: `${bucketName}.localhost:1` } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('end', () => {
            resolve(Buffer.concat(chunks).toString());
          });
        })
          .on('error', reject)
          .end();
      });
    expect(await get('/folder/key')).toBe('folder/key');
    expect(await get('/?list-type=2&delimiter=%2F')).toContain('<Prefix>folder/</Prefix>');
  });

  test('cannot be written to, and every try is noted', async () => {
    const { s3, client } = await start({ keys: ['a'] });
    await expect(client.send(new PutObjectCommand({ Bucket, Key: 'b', Body: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(
      client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: 'a' }] } })),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(s3.writes.map(({ method, key }) => [method, key])).toEqual([
      ['PUT', 'b'],
      ['POST', ''],
    ]);
    expect((await listAll(client)).keys).toEqual(['a']);
  });

  test('refuses what is not signed when signatures are wanted', async () => {
    const { s3, client } = await start({ keys: ['a'] }, { signed: true });
    expect((await fetch(`${s3.url}/${bucketName}?list-type=2`)).status).toBe(403);
    expect((await listAll(client)).keys).toEqual(['a']);
    expect(s3.requests.map(({ signed, status }) => [signed, status])).toEqual([
      [false, 403],
      [true, 200],
    ]);
  });

  test('listens on the loopback address only', async () => {
    const { s3 } = await start({});
    expect(s3.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
  });
});

describe('a fault', () => {
  const keys = Array.from({ length: 10 }, (_, index) => `key-${String(index)}`);

  test('refuses with the status and code that are wanted', async () => {
    const { s3, client } = await start({ keys });
    s3.fail(() => ({ kind: 'status', status: 503, code: 'SlowDown' }));
    await expect(listAll(client)).rejects.toMatchObject({ name: 'SlowDown', $metadata: { httpStatusCode: 503 } });
    s3.fail();
    expect((await listAll(client)).keys).toEqual(keys);
  });

  test('heals when the test lets it, by counting how often the same was asked', async () => {
    const { s3 } = await start({ keys });
    const client = clientOf(s3.url, 3);
    s3.fail(({ attempt }) => (attempt <= 2 ? { kind: 'reset' } : null));
    expect((await listAll(client)).keys).toEqual(keys);
    expect(s3.requests.map(({ attempt, fault, status }) => [attempt, fault, status])).toEqual([
      [1, 'reset', null],
      [2, 'reset', null],
      [3, null, 200],
    ]);
    client.destroy();
  });

  test('strikes only the requests that are meant', async () => {
    const { s3, client } = await start({ keys }, { pageSize: 4 });
    s3.fail(faultWhen(({ operation, key }) => operation === 'GetObject' && key === 'key-3', { kind: 'reset' }));
    expect((await listAll(client)).pages).toBe(3);
    await expect(client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'key-3' }))).rejects.toMatchObject({
      code: 'ECONNRESET',
    });
    await expect(client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'key-4' }))).resolves.toBeDefined();
  });

  test('cuts a body and breaks the connection', async () => {
    const { s3, client } = await start({ objects: [objectOf('o', 'x'.repeat(1_000))] });
    s3.fail(() => ({ kind: 'truncate' }));
    const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'o' }));
    expect(object.ContentLength).toBe(1_000);
    await expect(object.Body?.transformToString()).rejects.toThrow();
    await expect(listAll(client)).rejects.toThrow();
  });

  test('cuts a body and announces its length, so that it looks whole', async () => {
    const { s3, client } = await start({ objects: [objectOf('o', 'x'.repeat(1_000))] });
    s3.fail(() => ({ kind: 'truncate', arrives: 'whole', keep: 0.1 }));
    const object = await client.send(new GetObjectCommand({ Bucket: bucketName, Key: 'o' }));
    expect(await object.Body?.transformToString()).toBe('x'.repeat(100));
    const listing = await fetch(`${s3.url}/${bucketName}?list-type=2`);
    expect(listing.status).toBe(200);
    expect(await listing.text()).not.toContain('</ListBucketResult>');
  });

  test.each(['nothing', 'half'] as const)('never answers, or stops after %s', async (after) => {
    const { s3 } = await start({ keys });
    s3.fail(() => ({ kind: 'stall', after }));
    const signal = AbortSignal.timeout(100);
    const body = fetch(`${s3.url}/${bucketName}?list-type=2`, { signal }).then((response) => response.text());
    await expect(body).rejects.toMatchObject({ name: 'TimeoutError' });
  });

  test('gives empty and short pages that go on', async () => {
    const { s3, client } = await start({ keys });
    s3.fail(({ query }) => (query.has('continuation-token') ? null : { kind: 'empty-page' }));
    expect(await listAll(client)).toEqual({ keys, prefixes: [], pages: 2 });
    s3.fail(() => ({ kind: 'short-page', rows: 3 }));
    expect(await listAll(client)).toEqual({ keys, prefixes: [], pages: 4 });
    let empty = 0;
    s3.fail(({ index }) => (index % 2 === 0 && ++empty < 9 ? { kind: 'empty-page' } : { kind: 'short-page' }));
    expect((await listAll(client)).keys).toEqual(keys);
  });

  test('sends an error under status 200', async () => {
    const { s3, client } = await start({ keys });
    s3.fail(() => ({ kind: 'error-body', code: 'InternalError' }));
    const answer = await fetch(`${s3.url}/${bucketName}?list-type=2`);
    expect(answer.status).toBe(200);
    expect(await answer.text()).toContain('<Error><Code>InternalError</Code>');
    await expect(listAll(client)).rejects.toMatchObject({ name: 'InternalError' });
  });

  test('is late, and counts how many requests wait at one time', async () => {
    const { s3, client } = await start({ keys });
    s3.fail(() => ({ kind: 'latency', ms: 30 }));
    await Promise.all([listAll(client), listAll(client, { Prefix: 'key' }), listAll(client, { Prefix: 'k' })]);
    expect(s3.peak).toBe(3);
  });
});
