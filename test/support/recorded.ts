import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { BucketContents, Settings, StoredObject } from '../s3/server.ts';

const folder = join(import.meta.dirname, '../fixtures/recorded');

interface RecordedBucket {
  bucket: string;
  producer: string;
  what: string;
  objects: {
    key: string;
    size: number;
    lastModified: string;
    etag: string;
    body?: string;
    base64?: string;
  }[];
  uploads?: { key: string; initiated: string; uploadId?: string }[];
}

interface Expected {
  /** The bucket's section of the configuration, without its name. */
  config: Record<string, unknown>;
  ageDays: number;
  /** The verdict of every row. */
  entries: Record<string, string>;
  /** Kind and subject of each finding. */
  findings: [string, string][];
  deep: [string, string][];
  free: string[];
  pending?: [string, string][];
  settings?: Settings;
}

export interface Recorded {
  /** The bucket's name. */
  bucket: string;
  what: string;
  contents: BucketContents;
  expected: Expected;
}

/** The names of all recorded cases. */
export const recordedCases: readonly string[] = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

const read = (name: string, file: string): unknown => JSON.parse(readFileSync(join(folder, name, file), 'utf8'));

const contentOf = ({ body, base64 }: { body?: string; base64?: string }): { body: Buffer } | Record<string, never> => {
  if (body !== undefined) return { body: Buffer.from(body, 'utf8') };
  return base64 === undefined ? {} : { body: Buffer.from(base64, 'base64') };
};

/** Loads a case. All its times are moved together, so that the newest object is as old at `now` as the case wants it. */
export function loadRecorded(name: string, now = new Date()): Recorded {
  const recorded = read(name, 'bucket.json') as RecordedBucket;
  const expected = read(name, 'expected.json') as Expected;
  const newest = Math.max(...recorded.objects.map(({ lastModified }) => Date.parse(lastModified)));
  const shift = now.getTime() - expected.ageDays * 24 * 3_600_000 - newest;
  const moved = (time: string) => new Date(Date.parse(time) + shift);
  return {
    bucket: recorded.bucket,
    what: recorded.what,
    contents: {
      objects: recorded.objects.map((object): StoredObject => ({
        key: object.key,
        size: object.size,
        lastModified: moved(object.lastModified),
        etag: object.etag,
        ...contentOf(object),
      })),
      uploads: (recorded.uploads ?? []).map(({ key, initiated, uploadId }, index) => ({
        key,
        uploadId: uploadId ?? `upload-${String(index)}`,
        initiated: moved(initiated),
      })),
      settings: expected.settings ?? {},
    },
    expected,
  };
}
