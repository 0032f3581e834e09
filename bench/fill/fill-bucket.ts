import { ListObjectsV2Command, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { madeBucket } from '../s3/bucket.ts';
import type { Shape } from '../s3/shape.ts';

/** The bucket holds something, and was not written to. */
export class NotEmpty extends Error {
  override name = 'NotEmpty';
  readonly key: string;

  constructor(key: string) {
    super(`the bucket holds ${key}`);
    this.key = key;
  }
}

export interface FillOptions {
  /** Objects under way at one time. */
  concurrency: number;
  /** Write also where something is already. */
  intoNonEmpty: boolean;
  /** Told now and then how many objects are written. */
  onProgress?: (done: number, of: number) => void;
}

const tellEvery = 1_000;

/**
 * Writes the bucket of a shape. Data first, then manifests, then the streams' metadata, as a server does: whoever looks
 * meanwhile sees a server that is behind, not one that lost something.
 * @returns how many objects were written
 * @throws NotEmpty, and what the store answers
 */
export async function fillBucket(client: S3Client, shape: Shape, options: FillOptions): Promise<number> {
  const { concurrency, intoNonEmpty, onProgress } = options;
  const bucket = madeBucket(shape);
  if (!intoNonEmpty) {
    const { Contents: [found] = [] } = await client.send(
      new ListObjectsV2Command({ Bucket: shape.bucket, MaxKeys: 1 }),
    );
    if (found !== undefined) throw new NotEmpty(found.Key ?? '');
  }
  let written = 0;
  const write = async (index: number): Promise<void> => {
    const { key, size } = bucket.object(index);
    const body = bucket.body(index) ?? Buffer.alloc(size);
    await client.send(new PutObjectCommand({ Bucket: shape.bucket, Key: key, Body: body }));
    written++;
    if (written % tellEvery === 0) onProgress?.(written, bucket.size);
  };
  for (const turn of turns) {
    const waiting = indexesOf(bucket.size, (index) => turn(bucket.key(index)));
    // All workers take from the one iterator.
    const worker = async (): Promise<void> => {
      for (const index of waiting) await write(index);
    };
    await Promise.all(Array.from({ length: Math.max(1, concurrency) }, worker));
  }
  return written;
}

const isManifest = (key: string): boolean => key.endsWith('manifest.json');
const isMetadata = (key: string): boolean => key.includes('/.stream/') || key.startsWith('.parseable/');

const turns: readonly ((key: string) => boolean)[] = [
  (key) => !isManifest(key) && !isMetadata(key),
  isManifest,
  isMetadata,
];

function* indexesOf(size: number, belongs: (index: number) => boolean): Generator<number, void> {
  for (let index = 0; index < size; index++) if (belongs(index)) yield index;
}
