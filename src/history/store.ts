import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { KnownDepth } from '../audit/deep/known.ts';
import type { Connection } from '../bucket/connection.ts';
import type { Failure } from '../bucket/failure.ts';
import { bucketShelf } from './bucket-shelf.ts';
import { packDepth, unpackDepth } from './depth-memory.ts';
import { folderShelf } from './folder-shelf.ts';
import { emptyMemory, packMemory, unpackMemory, type Memory, type StorePromise } from './memory.ts';
import type { Condition, Shelf } from './shelf.ts';

/** What the store answered. Only absence is an empty state; while it is unknown nothing may be told or saved. */
export type Loaded =
  { state: 'present'; value: Memory; etag: string } | { state: 'absent' } | { state: 'unknown'; failure: Failure };

/** What deep audits know, null where nothing of use is stored, and whether what is stored may be replaced: not when it could not be read, or is of a newer release. */
export interface LoadedDepth {
  known: KnownDepth | null;
  replaceable: boolean;
}

/**
 * What an audit may know of earlier ones. A place without a state is an empty memory, from which sightings are counted on;
 * null is no memory at all: none was asked for, or it could not be read.
 */
export function memoryOf(bucket: string, loaded: Loaded | null): Memory | null {
  if (loaded?.state === 'present') return loaded.value;
  return loaded?.state === 'absent' ? emptyMemory(bucket) : null;
}

/** Where the memories and reports of all buckets are kept. */
export interface MemoryStore {
  load(bucket: string): Promise<Loaded>;
  /**
   * Saves what `next` makes of the stored memory. When another run wrote in between, its memory is read and `next` asked
   * again, so that neither run is lost.
   * @param loaded what `load` answered for this bucket.
   * @throws what the store answers; StateConflict when others write all the time.
   */
  save(bucket: string, loaded: Loaded, next: (stored: Memory | null) => Memory): Promise<void>;
  /** What deep audits of a bucket know. Where nothing of use is stored, the next one looks at everything. */
  loadDepth(bucket: string): Promise<LoadedDepth>;
  /** Keeps it, over whatever is there: of two runs at the same time the later one wins, and the other's looks are repeated. */
  saveDepth(bucket: string, known: KnownDepth): Promise<void>;
  /**
   * Keeps a report, and never in the place of another one.
   * @param format the file's extension.
   * @param runId makes the name unique among runs of the same second, also where the store cannot.
   * @returns its address.
   */
  putReport(bucket: string, startedAt: string, format: string, body: string, runId?: string): Promise<string>;
}

/** The store answered, but no state came of it that could be saved. */
class StateConflict extends Error {
  override name = 'StateConflict';
}

/** The state became unreadable while it was saved. */
class StateUnreadable extends Error {
  constructor({ code, message }: Failure) {
    super(message);
    this.name = code;
  }
}

const saveAttempts = 6;

/**
 * Opens the place of the state. No request is sent yet.
 * @param stateUrl `s3://bucket/prefix/`, or a folder of this machine.
 * @returns the store, and what was found out about its conditional writes: null until a state was read or written. A store
 *   that ignores or refuses them is served all the same; then of two runs at the same time the later one wins, and the
 *   other's news may be told once more.
 */
export function openMemoryStore(
  stateUrl: string,
  connection: Connection,
): MemoryStore & { readonly promise: StorePromise | null } {
  return storeOn(shelfOf(stateUrl, connection));
}

function shelfOf(stateUrl: string, connection: Connection): Shelf {
  const [, bucket, key = ''] = /^s3:\/\/([^/]+)\/?([^]*)$/.exec(stateUrl) ?? [];
  if (bucket === undefined) return folderShelf(stateUrl);
  return bucketShelf(bucket, key === '' || key.endsWith('/') ? key : `${key}/`, connection);
}

/** The store on any shelf; `openMemoryStore` chooses one. */
export function storeOn(shelf: Shelf): MemoryStore & { readonly promise: StorePromise | null } {
  let promise: StorePromise | null = null;

  async function load(bucket: string): Promise<Loaded> {
    const read = await shelf.read(statePath(bucket));
    if (read.state !== 'present') return read;
    const memory = unpackMemory(read.value.bytes, bucket);
    if (memory.state !== 'present') return memory;
    promise = memory.value.promise ?? promise;
    return { ...memory, etag: read.value.etag };
  }

  const write = (bucket: string, memory: Memory, condition: Condition | null) =>
    shelf.write(statePath(bucket), packMemory(memory), 'application/gzip', condition);

  /** Without a condition. The state remembers that the store is weak, so that the next run does not ask for more. */
  async function writeWeakly(bucket: string, memory: Memory): Promise<void> {
    promise = 'weak';
    await write(bucket, { ...memory, promise }, null);
  }

  /**
   * Finds out whether the store heeds conditions: the first state is written as if it were absent once more. Only a store
   * that ignores the condition takes it, and so holds the state that calls it weak.
   */
  async function probe(bucket: string, memory: Memory): Promise<void> {
    try {
      const answer = await write(bucket, { ...memory, promise: 'weak' }, { absent: true });
      promise = answer === 'written' ? 'weak' : 'conditional';
    } catch {
      // The state is saved; what the store can be relied on for remains to be seen.
    }
  }

  async function save(bucket: string, loaded: Loaded, next: (stored: Memory | null) => Memory): Promise<void> {
    let basis = loaded;
    for (let attempt = 1; attempt <= saveAttempts; attempt++) {
      if (basis.state === 'unknown') throw new StateUnreadable(basis.failure);
      const memory: Memory = { ...next(basis.state === 'present' ? basis.value : null), promise: 'conditional' };
      const etag = basis.state === 'present' ? basis.etag : null;
      if (promise === 'weak' || etag === '') {
        await writeWeakly(bucket, memory);
        return;
      }
      const answer = await write(bucket, memory, etag === null ? { absent: true } : { etag });
      if (answer === 'written') {
        if (etag === null && promise === null) await probe(bucket, memory);
        else promise = 'conditional';
        return;
      }
      const now = await load(bucket);
      if (now.state === 'unknown') throw new StateUnreadable(now.failure);
      // Written all the same: only the store's answer was lost, and the repetition refused.
      if (now.state === 'present' && isDeepStrictEqual(now.value, memory)) return;
      // Refused although the version is the right one: the store cannot do it.
      const unchanged = now.state === 'present' ? now.etag === etag : etag === null;
      if (answer === 'unsupported' || (unchanged && attempt > 1)) {
        await writeWeakly(bucket, next(now.state === 'present' ? now.value : null));
        return;
      }
      basis = now;
    }
    throw new StateConflict(`other runs wrote the state ${String(saveAttempts)} times while this one tried to`);
  }

  async function loadDepth(bucket: string): Promise<LoadedDepth> {
    const read = await shelf.read(depthPath(bucket));
    if (read.state !== 'present') return { known: null, replaceable: read.state === 'absent' };
    const known = unpackDepth(read.value.bytes, bucket);
    return typeof known === 'string' ? { known: null, replaceable: known !== 'newer' } : { known, replaceable: true };
  }

  async function saveDepth(bucket: string, known: KnownDepth): Promise<void> {
    await shelf.write(depthPath(bucket), packDepth(known, bucket), 'application/gzip', null);
  }

  async function putReport(
    bucket: string,
    startedAt: string,
    format: string,
    body: string,
    runId?: string,
  ): Promise<string> {
    const bytes = Buffer.from(body);
    const type = contentTypes[format] ?? 'application/octet-stream';
    const stamp = startedAt.replace(/\.\d+Z$/, 'Z').replaceAll(':', '-');
    const pathOf = (suffix: string) => `${bucket}/${stamp}${suffix}.${format}`;
    const suffix = runId === undefined ? hashOf(bytes) : runId.slice(-6);
    const usual = runId === undefined && promise !== 'weak' ? pathOf('') : pathOf(`-${suffix}`);
    let path = usual;
    let answer = await shelf.write(path, bytes, type, { absent: true });
    if (answer === 'refused') {
      path = pathOf(usual === pathOf('') ? `-${suffix}` : `-${suffix}-${hashOf(bytes)}`);
      answer = await shelf.write(path, bytes, type, { absent: true });
    }
    // Refused twice: there is already a report with this very content.
    if (answer === 'unsupported') await shelf.write(path, bytes, type, null);
    return shelf.url(path);
  }

  return {
    load,
    save,
    loadDepth,
    saveDepth,
    putReport,
    get promise() {
      return promise;
    },
  };
}

const statePath = (bucket: string): string => `${bucket}/state.json.gz`;

/** What deep audits know is worth reading for them alone. */
const depthPath = (bucket: string): string => `${bucket}/depth.json.gz`;

const hashOf = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex').slice(0, 8);

/** By the extension of a report. */
export const contentTypes: Partial<Record<string, string>> = {
  json: 'application/json',
  txt: 'text/plain; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  html: 'text/html; charset=utf-8',
  sarif: 'application/sarif+json',
  xml: 'application/xml',
  prom: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
};
