import type { AuditProgress } from '../audit/audit.ts';
import { displayText } from '../findings/display.ts';
import { humanNumber } from '../findings/units.ts';
import { shorten } from '../report/width.ts';
import type { Stream } from './streams.ts';

/** One line that overwrites itself and is gone at the end. */
export interface Progress {
  tell(bucket: string, progress: AuditProgress): void;
  clear(): void;
}

export const noProgress: Progress = { tell: () => undefined, clear: () => undefined };

/** A person reads no faster, and a terminal over a slow line writes no faster. */
const pauseMs = 100;

/** Before so long nobody can say how long it will take. */
const rateAfterMs = 2_000;

/** @param clock milliseconds, monotonic */
export function showProgress(stream: Stream, clock: () => number = () => performance.now()): Progress {
  let last = -Infinity;
  let shown = false;
  let phase = { name: '', began: 0 };
  return {
    tell(bucket, progress) {
      const now = clock();
      const name = `${bucket} ${progress.phase}`;
      if (phase.name !== name) phase = { name, began: now };
      if (now - last < pauseMs) return;
      last = now;
      shown = true;
      const line = displayText(`${bucket}: ${wordsOf(progress, now - phase.began)}`);
      stream.write(`\r${shorten(line, Math.max(1, (stream.columns ?? 80) - 1))}\u001b[K`);
    },
    clear() {
      if (shown) stream.write('\r\u001b[K');
      shown = false;
    },
  };
}

/** `looking into streams 12/40, 1,204,000 of 2,300,000 objects, 210,000/s, 5 s left` */
function wordsOf({ phase, done, total, objects, share }: AuditProgress, elapsedMs: number): string {
  const words = [total > 0 ? `${phase} ${String(done)}/${String(total)}` : phase];
  if (objects !== undefined) {
    const expected =
      objects.expected !== null && objects.expected > objects.done ? ` of ${humanNumber(objects.expected)}` : '';
    words.push(`${humanNumber(objects.done)}${expected} objects`);
    if (elapsedMs >= rateAfterMs) words.push(`${humanNumber(Math.round((objects.done / elapsedMs) * 1_000))}/s`);
  }
  if (share !== undefined && share > 0 && share < 1 && elapsedMs >= rateAfterMs) {
    words.push(`${timeLeft((elapsedMs * (1 - share)) / share)} left`);
  }
  return words.join(', ');
}

function timeLeft(ms: number): string {
  const seconds = Math.max(1, Math.round(ms / 1_000));
  if (seconds < 90) return `${String(seconds)} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 90 ? `${String(minutes)} min` : `${String(Math.round(minutes / 60))} h`;
}
