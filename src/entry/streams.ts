/** A stream that text is written to: a terminal, a pipe, or a test's ear. */
export interface Stream {
  write(text: string, done?: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

export interface Streams {
  /** The result, and nothing else. */
  stdout: Stream;
  /** Everything a person is told besides. */
  stderr: Stream;
}

/** What a write answers when nobody reads any more: at first, and ever after. */
const nobodyReads = new Set(['EPIPE', 'ERR_STREAM_DESTROYED']);

/**
 * Writes and waits until the text is out: a process that ends earlier would cut it in a pipe.
 * A reader that has gone away (`| head`) is no error.
 */
export function write(stream: Stream, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(text, (error) => {
      if (error === undefined || error === null || nobodyReads.has((error as NodeJS.ErrnoException).code ?? ''))
        resolve();
      else reject(error);
    });
  });
}
