/** Why the audits were told to stop. */
type StopReason = 'interrupted' | 'time is over';

/** One signal that ends all audits in good order, whoever asks for it. */
export interface Stop {
  readonly signal: AbortSignal;
  reason(): StopReason | null;
  /** What the work yields, or null when an interrupted program must wait for it no longer; what still comes of it is nobody's. */
  before<T>(work: Promise<T>): Promise<T | null>;
  /** Takes the handlers and timers away again. */
  dispose(): void;
}

/** Where signals come from: the process, or a test. */
export interface SignalSource {
  on(signal: 'SIGINT' | 'SIGTERM', handler: () => void): unknown;
  off(signal: 'SIGINT' | 'SIGTERM', handler: () => void): unknown;
}

interface StopOptions {
  source: SignalSource;
  maxDurationMs: number | null;
  /** Called at the first signal, to tell the person. */
  onInterrupt: () => void;
  /** Called at the second one: end at once. */
  onSecond: () => void;
  /** How long an interrupted audit may take to come to an end. */
  patienceMs?: number;
  /** Milliseconds, monotonic. */
  clock?: () => number;
}

/** What is seen must be on the screen within 3 s of the interrupt. */
const usualPatienceMs = 2_000;

/** One key press reaches this process twice under npx: from the terminal, and forwarded by its parent. */
const samePressMs = 200;

/** Listens for SIGINT and SIGTERM, and for the end of the time that the audits may take. */
export function listenForStop(options: StopOptions): Stop {
  const { source, maxDurationMs, onInterrupt, onSecond, patienceMs = usualPatienceMs } = options;
  const clock = options.clock ?? (() => performance.now());
  const controller = new AbortController();
  const patience = Promise.withResolvers<null>();
  const timers: NodeJS.Timeout[] = [];
  let reason: StopReason | null = null;
  let firstAt: number | null = null;

  const interrupt = () => {
    if (firstAt !== null) {
      if (clock() - firstAt >= samePressMs) onSecond();
      return;
    }
    firstAt = clock();
    reason = 'interrupted';
    onInterrupt();
    controller.abort();
    timers.push(
      setTimeout(() => {
        patience.resolve(null);
      }, patienceMs),
    );
  };
  source.on('SIGINT', interrupt);
  source.on('SIGTERM', interrupt);
  if (maxDurationMs !== null) {
    const end = () => {
      reason ??= 'time is over';
      controller.abort();
    };
    timers.push(setTimeout(end, maxDurationMs).unref());
  }

  return {
    signal: controller.signal,
    reason: () => reason,
    before<T>(work: Promise<T>) {
      work.catch(() => undefined);
      return Promise.race([work, patience.promise]);
    },
    dispose() {
      source.off('SIGINT', interrupt);
      source.off('SIGTERM', interrupt);
      for (const timer of timers) clearTimeout(timer);
    },
  };
}
