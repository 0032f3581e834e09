// Fills a bucket of a real S3 endpoint as a Parseable server would, with data files of zero bytes' content:
//   npm run bench:fill -- s3://BUCKET --endpoint-url http://127.0.0.1:9000 --streams 20 --days 7 --minutes 60 --skew 1
// It writes. It refuses a bucket that holds something, unless `--into-non-empty` is given. Keys come from the usual AWS chain.
import { parseArgs } from 'node:util';
import { S3Client } from '@aws-sdk/client-s3';
import { fillBucket, NotEmpty } from './fill/fill-bucket.ts';
import { usualShape } from './s3/shape.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean', default: false } as const;
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    'endpoint-url': text,
    region: text,
    streams: text,
    days: text,
    minutes: text,
    skew: text,
    seed: text,
    foreign: text,
    'first-day': text,
    concurrency: text,
    'into-non-empty': flag,
  },
});

function fail(message: string): never {
  process.stderr.write(`bench:fill: ${message}\n`);
  process.exit(2);
}

function numberOf(
  name: 'streams' | 'days' | 'minutes' | 'skew' | 'seed' | 'foreign' | 'concurrency',
  usual: number,
): number {
  const value = Number(values[name] ?? usual);
  return Number.isFinite(value) && value >= 0 ? value : fail(`--${name} takes a number from 0 on`);
}

const [target = ''] = positionals;
const [, bucket] = /^s3:\/\/([^/]+)\/?$/.exec(target) ?? fail('name the bucket as s3://BUCKET');
const endpoint = values['endpoint-url'];
const client = new S3Client({
  ...(endpoint === undefined ? {} : { endpoint, forcePathStyle: true }),
  region: values.region ?? process.env['AWS_REGION'] ?? process.env['AWS_DEFAULT_REGION'] ?? 'us-east-1',
  // Stores that are not AWS refuse the newer checksums.
  requestChecksumCalculation: 'WHEN_REQUIRED',
});
const shape = {
  ...usualShape,
  bucket: bucket ?? '',
  streams: numberOf('streams', 20),
  days: numberOf('days', 7),
  filesPerDay: numberOf('minutes', 60),
  skew: numberOf('skew', 0),
  seed: numberOf('seed', 1),
  foreign: numberOf('foreign', 0),
  firstDay: values['first-day'] ?? usualShape.firstDay,
  fileBytes: 55,
} as const;

try {
  const written = await fillBucket(client, shape, {
    concurrency: numberOf('concurrency', 32),
    intoNonEmpty: values['into-non-empty'],
    onProgress: (done, of) => {
      process.stderr.write(`${String(done)} of ${String(of)} objects\n`);
    },
  });
  process.stdout.write(`${String(written)} objects written to s3://${shape.bucket}/\n`);
} catch (error) {
  if (!(error instanceof NotEmpty)) throw error;
  fail(
    `s3://${shape.bucket}/ holds ${error.key} and maybe more; nothing was written (--into-non-empty writes all the same)`,
  );
} finally {
  client.destroy();
}
