// Lists a bucket with the SDK as it comes: `node bench/clients/stock.ts URL BUCKET`.
import { paginateListObjectsV2, S3Client } from '@aws-sdk/client-s3';

const [endpoint = '', bucket = ''] = process.argv.slice(2);
const client = new S3Client({ endpoint, forcePathStyle: true });
let objects = 0;
let bytes = 0;
for await (const page of paginateListObjectsV2({ client }, { Bucket: bucket })) {
  for (const { Size = 0 } of page.Contents ?? []) {
    objects++;
    bytes += Size;
  }
}
client.destroy();
process.stdout.write(JSON.stringify({ objects, bytes }));
