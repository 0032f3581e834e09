import type { Read } from '../bucket/failure.ts';

/** What is stored under a path, with the tag by which its version is known. */
export interface Stored {
  bytes: Buffer;
  /** As received; empty when the store gives none. */
  etag: string;
}

/** On which condition something is written: nothing is there yet, or still that version. */
export type Condition = { absent: true } | { etag: string };

/** `refused`: the condition did not hold. `unsupported`: the store knows no such condition. */
export type Written = 'written' | 'refused' | 'unsupported';

/** A place that keeps bytes under paths: a prefix in a bucket, or a folder. */
export interface Shelf {
  read(path: string): Promise<Read<Stored>>;
  /** @throws what the store answers, when it is neither of the answers above. */
  write(path: string, bytes: Buffer, contentType: string, condition: Condition | null): Promise<Written>;
  /** The address of a path, for people. */
  url(path: string): string;
}
