const dayMs = 24 * 3_600_000;

/** Recorded buckets are judged when their newest object is ten days old; on moto everything was written just now. */
export const usuallyAhead = 10 * dayMs;

/**
 * Puts the clock of a process ahead by `globalThis.ahead` milliseconds: moto does not let anybody choose when an object
 * was written.
 */
const movedClock = `const Real = Date;
globalThis.Date = class extends Real {
  constructor(...given) { if (given.length === 0) super(Date.now()); else super(...given); }
  static now() { return Real.now() + globalThis.ahead; }
};`;

/** An option of Node that does so. */
export const clockAhead = (ms: number): string =>
  `--import=data:text/javascript,${encodeURIComponent(`globalThis.ahead = ${String(ms)};\n${movedClock}`)}`;
