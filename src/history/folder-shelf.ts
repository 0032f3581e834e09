import { createHash, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { failureOf } from '../bucket/failure.ts';
import type { Shelf, Stored } from './shelf.ts';

/** A lock that old belongs to a program that died: writing takes milliseconds. */
const staleLockMs = 30_000;
const lockWaitMs = 20;

/** A shelf in a folder of this machine. A version is known by its content; writers exclude each other by a lock file. */
export function folderShelf(folder: string): Shelf {
  const place = (path: string) => resolve(folder, ...path.split('/'));
  return {
    read: async (path) => {
      try {
        const stored = await readStored(place(path));
        return stored === null ? { state: 'absent' } : { state: 'present', value: stored };
      } catch (error) {
        return { state: 'unknown', failure: failureOf('readFile', error) };
      }
    },
    write: async (path, bytes, _contentType, condition) => {
      const file = place(path);
      await mkdir(dirname(file), { recursive: true });
      return locked(file, async () => {
        if (condition !== null) {
          const stored = await readStored(file);
          const holds = 'absent' in condition ? stored === null : stored?.etag === condition.etag;
          if (!holds) return 'refused';
        }
        await replace(file, bytes);
        return 'written';
      });
    },
    url: (path) => join(folder, ...path.split('/')),
  };
}

const codeOf = (error: unknown): unknown => (error as NodeJS.ErrnoException).code;

async function readStored(file: string): Promise<Stored | null> {
  try {
    const bytes = await readFile(file);
    return { bytes, etag: createHash('sha256').update(bytes).digest('hex') };
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return null;
    throw error;
  }
}

/** Readers see the old file or the new one, never half of it. */
async function replace(file: string, bytes: Buffer): Promise<void> {
  const beside = `${file}.${randomUUID()}.tmp`;
  try {
    const handle = await open(beside, 'wx');
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(beside, file);
  } catch (error) {
    await rm(beside, { force: true });
    throw error;
  }
}

async function locked<T>(file: string, work: () => Promise<T>): Promise<T> {
  const lock = `${file}.lock`;
  while (!(await take(lock))) await pause(lockWaitMs);
  try {
    return await work();
  } finally {
    await rm(lock, { force: true });
  }
}

async function take(lock: string): Promise<boolean> {
  try {
    await (await open(lock, 'wx')).close();
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
  }
  try {
    const { mtimeMs } = await stat(lock);
    if (Date.now() - mtimeMs > staleLockMs) await rm(lock, { force: true });
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
  return false;
}
