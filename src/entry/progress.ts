import { displayText } from '../findings/display.ts';
import { shorten } from '../report/width.ts';
import type { Stream } from './streams.ts';

/** One line that overwrites itself and is gone at the end. */
export interface Progress {
  tell(bucket: string, progress: { done: number; total: number; phase: string }): void;
  clear(): void;
}

export const noProgress: Progress = { tell: () => undefined, clear: () => undefined };

/** A person reads no faster, and a terminal over a slow line writes no faster. */
const pauseMs = 100;

/** @param clock milliseconds, monotonic */
export function showProgress(stream: Stream, clock: () => number = () => performance.now()): Progress {
  let last = -Infinity;
  let shown = false;
  return {
    tell(bucket, { done, total, phase }) {
      const now = clock();
      if (now - last < pauseMs) return;
      last = now;
      shown = true;
      const counted = total > 0 ? ` ${String(done)}/${String(total)}` : '';
      const line = displayText(`${bucket}: ${phase}${counted}`);
      stream.write(`\r\u001b[K${shorten(line, Math.max(1, (stream.columns ?? 80) - 1))}`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}
