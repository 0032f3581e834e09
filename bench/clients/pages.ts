// Lists a bucket page by page with what the audit lists with: `node bench/clients/pages.ts URL BUCKET`.
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';

const [endpoint = '', name = ''] = process.argv.slice(2);
const bucket = openBucket(name, { ...defaultConnection, endpoint });
let objects = 0;
let bytes = 0;
for await (const answer of bucket.pages({ prefix: '' })) {
  if (answer.state === 'unknown') throw new Error(answer.failure.code);
  for (const { size } of answer.value.objects) {
    objects++;
    bytes += size;
  }
}
bucket.close();
process.stdout.write(JSON.stringify({ objects, bytes }));
