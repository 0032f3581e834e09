import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { folderShelf } from '../../src/history/folder-shelf.ts';
import { emptyMemory } from '../../src/history/memory.ts';
import { openMemoryStore } from '../../src/history/store.ts';

let folder: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'state-of-hygiene-'));
});

afterEach(() => rm(folder, { recursive: true }));

describe('the state in a folder', () => {
  it('is made with the folder, and read again', async () => {
    const store = openMemoryStore(join(folder, 'not', 'yet'), defaultConnection);
    const loaded = await store.load('logs-prod');
    expect(loaded).toEqual({ state: 'absent' });
    await store.save('logs-prod', loaded, () => emptyMemory('logs-prod'));
    expect(await store.load('logs-prod')).toMatchObject({ state: 'present', value: { bucket: 'logs-prod' } });
    expect(store.promise).toBe('conditional');
    expect(await readdir(join(folder, 'not', 'yet', 'logs-prod'))).toEqual(['state.json.gz']);
  });

  it('loses nothing to writers at the same time', async () => {
    const writers = Array.from({ length: 5 }, (_, index) => index);
    await Promise.all(
      writers.map(async (index) => {
        const store = openMemoryStore(folder, defaultConnection);
        await store.save('logs-prod', await store.load('logs-prod'), (stored) => ({
          ...(stored ?? emptyMemory('logs-prod')),
          verdicts: { ...stored?.verdicts, [`${String(index)}/`]: 'stream' },
        }));
      }),
    );
    const loaded = await openMemoryStore(folder, defaultConnection).load('logs-prod');
    expect(loaded.state === 'present' ? Object.keys(loaded.value.verdicts).toSorted() : loaded).toEqual(
      writers.map((index) => `${String(index)}/`),
    );
  });

  it('is unknown, not absent, when it is no file', async () => {
    await mkdir(join(folder, 'logs-prod', 'state.json.gz'), { recursive: true });
    expect(await openMemoryStore(folder, defaultConnection).load('logs-prod')).toMatchObject({
      state: 'unknown',
      failure: { code: 'EISDIR' },
    });
  });

  it('is written although a program died with the lock in its hands', async () => {
    const lock = join(folder, 'x.lock');
    await writeFile(lock, '');
    const long = new Date(Date.now() - 60_000);
    await utimes(lock, long, long);
    expect(await folderShelf(folder).write('x', Buffer.from('1'), '', { absent: true })).toBe('written');
    expect(await readdir(folder)).toEqual(['x']);
  });

  it('keeps reports beside it', async () => {
    const store = openMemoryStore(folder, defaultConnection);
    const url = await store.putReport('logs-prod', '2026-11-24T06:00:11.000Z', 'json', '{}');
    expect(url).toBe(join(folder, 'logs-prod', '2026-11-24T06-00-11Z.json'));
  });
});
