/** The account that owns every bucket that names no other. */
export const defaultOwner = '123456789012';

export interface StoredObject {
  key: string;
  size: number;
  lastModified: Date;
  /** Without quotes. */
  etag: string;
  /** Without it the content is `size` zero bytes. */
  body?: Buffer;
}

export interface StoredUpload {
  key: string;
  uploadId: string;
  initiated: Date;
  /** Bytes of each part; none unless told. */
  parts?: readonly number[];
}

/** The bucket's own configuration as S3 answers it: the XML documents. What is left out is not set. */
export interface Settings {
  lifecycle?: string;
  versioning?: string;
  encryption?: string;
  objectLock?: string;
}

/** What a bucket is filled with. */
export interface BucketContents {
  objects: readonly StoredObject[];
  uploads?: readonly StoredUpload[];
  settings?: Settings;
  region?: string;
  owner?: string;
}

interface Row<T> {
  bytes: Buffer;
  value: T;
}

const rowOf = <T extends { key: string }>(value: T): Row<T> => ({ bytes: Buffer.from(value.key, 'utf8'), value });

const sorted = <T extends { key: string }>(values: readonly T[]): Row<T>[] =>
  values.map(rowOf).sort((a, b) => Buffer.compare(a.bytes, b.bytes));

/** Where `bytes` stands, or would stand, in rows ordered by their bytes. */
function placeOf(rows: readonly Row<unknown>[], bytes: Buffer): number {
  let low = 0;
  let high = rows.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (Buffer.compare(rows[middle]?.bytes ?? bytes, bytes) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** A bucket in memory, its keys in the order of their UTF-8 bytes at any time. May change between two requests. */
export class StoredBucket {
  readonly region: string;
  readonly owner: string;
  settings: Settings;
  uploads: readonly StoredUpload[];
  #rows: Row<StoredObject>[];

  constructor(contents: BucketContents) {
    this.region = contents.region ?? 'us-east-1';
    this.owner = contents.owner ?? defaultOwner;
    this.settings = contents.settings ?? {};
    this.uploads = [...(contents.uploads ?? [])]
      .map(rowOf)
      .sort(
        (a, b) =>
          Buffer.compare(a.bytes, b.bytes) ||
          a.value.initiated.getTime() - b.value.initiated.getTime() ||
          (a.value.uploadId < b.value.uploadId ? -1 : 1),
      )
      .map(({ value }) => value);
    this.#rows = sorted(contents.objects);
  }

  /** Empties the bucket and fills it anew. */
  replace(objects: readonly StoredObject[]): void {
    this.#rows = sorted(objects);
  }

  get size(): number {
    return this.#rows.length;
  }

  /** The object at that place of the order. */
  at(index: number): StoredObject | undefined {
    return this.#rows[index]?.value;
  }

  /** The first place whose key is not below `bytes`. */
  place(bytes: Buffer): number {
    return placeOf(this.#rows, bytes);
  }

  get(key: string): StoredObject | undefined {
    const found = this.#rows[this.place(Buffer.from(key, 'utf8'))];
    return found?.value.key === key ? found.value : undefined;
  }

  put(object: StoredObject): void {
    const row = rowOf(object);
    const index = this.place(row.bytes);
    this.#rows.splice(index, this.#rows[index]?.value.key === object.key ? 1 : 0, row);
  }

  remove(key: string): void {
    const index = this.place(Buffer.from(key, 'utf8'));
    if (this.#rows[index]?.value.key === key) this.#rows.splice(index, 1);
  }
}
