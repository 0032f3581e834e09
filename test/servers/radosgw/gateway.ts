import { CreateBucketCommand, DeleteObjectCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import pLimit from 'p-limit';
import { runCli, type CliOptions, type CliResult } from '../../support/cli.ts';
import { toldToTheTests } from '../support/environment.ts';

/** Who asks. */
export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
}

/** The gateway that `.ci/with-radosgw` started, with two users who own nothing of each other's. */
export interface Gateway {
  /** `http://127.0.0.1:PORT` */
  url: string;
  tests: Credentials;
  somebodyElse: Credentials;
}

const variable = (name: string): string => toldToTheTests(name, 'radosgw', 'npm run test:radosgw');

const credentialsOf = (name: string): Credentials => ({
  accessKeyId: variable(`${name}_KEY`),
  secretAccessKey: variable(`${name}_SECRET`),
});

/** @throws when the tests were started without the gateway. */
export const openGateway = (): Gateway => ({
  url: variable('BUCKET_HYGIENE_RADOSGW'),
  tests: credentialsOf('BUCKET_HYGIENE_RADOSGW'),
  somebodyElse: credentialsOf('BUCKET_HYGIENE_RADOSGW_OTHER'),
});

export const clientOf = ({ url }: Gateway, credentials: Credentials): S3Client =>
  new S3Client({ endpoint: url, region: 'us-east-1', forcePathStyle: true, credentials });

/** What is put into a bucket; without a body `size` zero bytes. */
export interface Content {
  key: string;
  body?: Buffer | string;
  size?: number;
}

let made = 0;

/** Makes a bucket of a name that no other has, and fills it. @returns its name. */
export async function makeBucket(client: S3Client, name: string, contents: readonly Content[] = []): Promise<string> {
  const bucket = `${name}-${String(process.pid)}-${String(++made)}`;
  await client.send(new CreateBucketCommand({ Bucket: bucket }));
  await fill(client, bucket, contents.map(at(bucket)));
  return bucket;
}

/** A deployment file names the bucket that its server was given: here it is this one. */
const at =
  (bucket: string) =>
  (content: Content): Content => {
    const { key, body } = content;
    if (body === undefined || !/^(\.parseable\/)?\.parseable\.json$/.test(key)) return content;
    const named = Buffer.from(body)
      .toString()
      .replace(/("storage":"[^"]*\/)[^"/]*"/, (_, before: string) => `${before}${bucket}"`);
    return { ...content, body: named };
  };

export async function fill(client: S3Client, bucket: string, contents: readonly Content[]): Promise<void> {
  const limit = pLimit(16);
  await Promise.all(
    contents.map(({ key, body, size = 0 }) =>
      limit(() =>
        client.send(
          new PutObjectCommand({
            Bucket: bucket,
            Key: key,
            Body: body === undefined ? Buffer.alloc(size) : Buffer.from(body),
            ContentType: 'binary/octet-stream',
          }),
        ),
      ),
    ),
  );
}

export async function empty(client: S3Client, bucket: string, keys: readonly string[]): Promise<void> {
  for (const key of keys) await client.send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Runs the command line with the gateway as its S3. */
export const runAt = (
  { url }: Gateway,
  { accessKeyId, secretAccessKey }: Credentials,
  args: readonly string[],
  options: CliOptions = {},
): Promise<CliResult> =>
  runCli(args, {
    ...options,
    endpoint: url,
    env: { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey, ...options.env },
  });
