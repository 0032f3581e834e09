import { listenForStop, type SignalSource, type Stop } from './interrupt.ts';
import type { RunOptions } from './options.ts';
import { noProgress, showProgress, type Progress } from './progress.ts';
import { write, type Streams } from './streams.ts';
import { wantsProgress } from './terminal.ts';

/** What a command that looks at buckets reaches outside itself. */
export interface Surroundings {
  env: NodeJS.ProcessEnv;
  streams: Streams;
  signals: SignalSource;
  /** Ends the program at once, at the second interrupt. */
  quit: (code: number) => void;
}

export const incompleteCode = 3;
export const unreachableCode = 4;
export const interruptedCode = 130;

/** What a person is told who interrupts a command that reports what it has seen until then. */
export const tellingSoFar = 'interrupted, telling what was seen so far (again to quit at once)';

/** What a look at a bucket by hand goes along with. */
export interface ByHand {
  stop: Stop;
  progress: Progress;
  /** A line for the person, on stderr. */
  say: (line: string) => Promise<void>;
}

/** Does the work with progress on the terminal, until it ends, its time is over or somebody interrupts it. */
export async function byHand<T>(
  { env, streams, signals, quit }: Surroundings,
  options: RunOptions,
  onInterrupt: string,
  work: (tools: ByHand) => Promise<T>,
): Promise<T> {
  const say = (line: string) => write(streams.stderr, `bucket-hygiene: ${line}\n`);
  const progress = wantsProgress(streams.stderr, env, options.quiet) ? showProgress(streams.stderr) : noProgress;
  const stop = listenForStop({
    source: signals,
    maxDurationMs: options.maxDurationMs,
    onInterrupt: () => {
      progress.clear();
      void say(onInterrupt);
    },
    onSecond: () => {
      quit(interruptedCode);
    },
  });
  try {
    return await work({ stop, progress, say });
  } finally {
    progress.clear();
    stop.dispose();
  }
}
