import { describe, expect, it } from 'vitest';
import { showProgress } from '../../src/entry/progress.ts';
import { write } from '../../src/entry/streams.ts';
import { wantsColour, wantsProgress, widthOf } from '../../src/entry/terminal.ts';

const stream = (isTTY: boolean, columns?: number) => {
  const written: string[] = [];
  return {
    isTTY,
    ...(columns === undefined ? {} : { columns }),
    written,
    write: (text: string) => written.push(text),
  };
};

describe('colour', () => {
  it('is for terminals', () => {
    expect(wantsColour(stream(true), {}, false)).toBe(true);
    expect(wantsColour(stream(false), {}, false)).toBe(false);
    expect(wantsColour(stream(true), { TERM: 'dumb' }, false)).toBe(false);
  });

  it('is refused by NO_COLOR, forced by FORCE_COLOR, and decided by --no-color', () => {
    expect(wantsColour(stream(true), { NO_COLOR: '1' }, false)).toBe(false);
    expect(wantsColour(stream(true), { NO_COLOR: '' }, false)).toBe(true);
    expect(wantsColour(stream(false), { FORCE_COLOR: '1' }, false)).toBe(true);
    expect(wantsColour(stream(true), { FORCE_COLOR: '0' }, false)).toBe(false);
    expect(wantsColour(stream(true), { FORCE_COLOR: '1' }, true)).toBe(false);
  });
});

describe('the width', () => {
  it('is that of the terminal, else of COLUMNS, else 80', () => {
    expect(widthOf(stream(true, 132), { COLUMNS: '100' })).toBe(132);
    expect(widthOf(stream(false), { COLUMNS: '100' })).toBe(100);
    expect(widthOf(stream(false), { COLUMNS: 'many' })).toBe(80);
    expect(widthOf(stream(true, 0), {})).toBe(80);
    expect(widthOf(stream(true, 10), {})).toBe(40);
  });
});

describe('progress', () => {
  it('is for a person at a terminal', () => {
    expect(wantsProgress(stream(true), {}, false)).toBe(true);
    expect(wantsProgress(stream(false), {}, false)).toBe(false);
    expect(wantsProgress(stream(true), { CI: 'true' }, false)).toBe(false);
    expect(wantsProgress(stream(true), {}, true)).toBe(false);
  });

  it('overwrites its one line, ten times a second at most, and leaves nothing behind', () => {
    const terminal = stream(true, 30);
    let now = 0;
    const progress = showProgress(terminal, () => now);
    progress.tell('logs', { done: 1, total: 200, phase: 'looking' });
    now = 50;
    progress.tell('logs', { done: 2, total: 200, phase: 'looking' });
    now = 120;
    progress.tell('logs', { done: 3, total: 200, phase: 'looking at prefixes of the bucket' });
    progress.clear();
    progress.clear();
    expect(terminal.written).toEqual([
      '\rlogs: looking 1/200\u001b[K',
      '\rlogs: looking …e bucket 3/200\u001b[K',
      '\r\u001b[K',
    ]);
  });

  it('of a deep audit tells streams, objects, the rate and the time that is left, once it can be told', () => {
    const terminal = stream(true, 120);
    let now = 0;
    const progress = showProgress(terminal, () => now);
    const at = { phase: 'looking into streams', done: 1, total: 4, share: 0.25 };
    progress.tell('logs', { ...at, objects: { done: 100_000, expected: null } });
    now = 4_000;
    progress.tell('logs', { ...at, objects: { done: 1_000_000, expected: 4_000_000 } });
    now = 400_000;
    progress.tell('logs', { ...at, done: 4, share: 1, objects: { done: 4_000_000, expected: 3_900_000 } });
    expect(terminal.written.map((line) => line.replace('\r', '').replace('\u001b[K', ''))).toEqual([
      'logs: looking into streams 1/4, 100,000 objects',
      'logs: looking into streams 1/4, 1,000,000 of 4,000,000 objects, 250,000/s, 12 s left',
      'logs: looking into streams 4/4, 4,000,000 objects, 10,000/s',
    ]);
  });
});

describe('writing', () => {
  const failing = (code: string) => ({
    write: (_: string, done?: (error?: Error) => void) => done?.(Object.assign(new Error(code), { code })),
  });

  it('does not mind a reader that has gone away', async () => {
    await expect(write(failing('EPIPE'), 'report')).resolves.toBeUndefined();
  });

  it('minds a full disk', async () => {
    await expect(write(failing('ENOSPC'), 'report')).rejects.toThrow('ENOSPC');
  });
});
