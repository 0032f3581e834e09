// Lists the days of a bucket's streams in parallel, as a deep audit does: `node bench/clients/walk.ts URL BUCKET SLOTS SHAPE`.
// The shape (JSON) tells which days there are; an audit knows them from the streams' metadata.
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { walk } from '../../src/bucket/walk.ts';
import { madeBucket } from '../s3/bucket.ts';
import type { Shape } from '../s3/shape.ts';

const [endpoint = '', name = '', slots = '64', shape = '{}'] = process.argv.slice(2);
const bucket = openBucket(name, { ...defaultConnection, endpoint }, { concurrency: Number(slots) });
const days = [...madeBucket(JSON.parse(shape) as Shape).days()];
const cells = days.map(({ prefix, day }) => ({ from: `${prefix}date=${day}/`, to: `${prefix}date=${day}0` }));
const weights = days.map(({ files }) => files);
let objects = 0;
let bytes = 0;
let whole = 0;
const begun = performance.now();
await walk(
  bucket,
  cells,
  { slots: Number(slots), weights },
  {
    onPage: (_, rows) => {
      for (const { size } of rows) {
        objects++;
        bytes += size;
      }
    },
    onCell: () => {
      whole++;
    },
    onAgain: () => {
      throw new Error('the store does not list as S3 does');
    },
    onFailure: (_, failure) => {
      process.stderr.write(`${failure.code}\n`);
    },
  },
);
const loopMs = performance.now() - begun;
if (whole !== cells.length) throw new Error('not every day was listed');
bucket.close();
process.stdout.write(JSON.stringify({ objects, bytes, loopMs }));
