import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { listenForStop, type Stop } from '../../src/entry/interrupt.ts';

let source: EventEmitter;
let told: string[];
let stop: Stop;

const listen = (maxDurationMs: number | null = null) => {
  stop = listenForStop({
    source,
    maxDurationMs,
    onInterrupt: () => told.push('interrupted'),
    onSecond: () => told.push('quit'),
    patienceMs: 2_000,
    clock: () => Date.now(),
  });
};

beforeEach(() => {
  vi.useFakeTimers();
  source = new EventEmitter();
  told = [];
});

afterEach(() => {
  stop.dispose();
  vi.useRealTimers();
});

const never = new Promise<string>(() => undefined);

describe('an interrupt', () => {
  it('stops the audits in good order', () => {
    listen();
    expect(stop.reason()).toBeNull();
    source.emit('SIGINT');
    expect(stop.signal.aborted).toBe(true);
    expect(stop.reason()).toBe('interrupted');
    expect(told).toEqual(['interrupted']);
  });

  it('waits for the answers under way, but not for ever', async () => {
    listen();
    const waiting = stop.before(never);
    source.emit('SIGTERM');
    await vi.advanceTimersByTimeAsync(2_000);
    expect(await waiting).toBeNull();
    expect(await stop.before(Promise.resolve('seen'))).toBe('seen');
  });

  it('quits at once when it comes a second time', () => {
    listen();
    source.emit('SIGINT');
    vi.advanceTimersByTime(500);
    source.emit('SIGINT');
    expect(told).toEqual(['interrupted', 'quit']);
  });

  it('that arrives from the terminal and from the parent process is one', () => {
    listen();
    source.emit('SIGINT');
    vi.advanceTimersByTime(20);
    source.emit('SIGINT');
    expect(told).toEqual(['interrupted']);
  });

  it('is not listened for any more when the audits are done', () => {
    listen();
    stop.dispose();
    expect(source.listenerCount('SIGINT') + source.listenerCount('SIGTERM')).toBe(0);
  });
});

describe('the end of the time', () => {
  it('stops the audits, which is no interrupt', () => {
    listen(90_000);
    vi.advanceTimersByTime(89_999);
    expect(stop.signal.aborted).toBe(false);
    vi.advanceTimersByTime(1);
    expect(stop.signal.aborted).toBe(true);
    expect(stop.reason()).toBe('time is over');
    expect(told).toEqual([]);
  });
});
