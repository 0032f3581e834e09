import { createHash } from 'node:crypto';
import { emptyMemory, packMemory, unpackMemory, type Memory } from '../../src/history/memory.ts';
import type { Condition, Shelf, Stored } from '../../src/history/shelf.ts';
import type { StateFault } from './schedule.ts';

/** One access to the place of the state. */
export interface Access {
  on: StateFault['on'];
  fault: StateFault['what'] | null;
  answer: string;
}

const named = (name: string) => Object.assign(new Error(`the simulation wants ${name}`), { name });

/** What deep audits remember is worth nothing more than time: nobody relies on it. */
const isDepth = (path: string): boolean => path.endsWith('depth.json.gz');

/** A place for the state in memory that keeps conditions as S3 does, and fails as it is told to. */
export class StatePlace {
  readonly #kept = new Map<string, Stored>();
  readonly #bucket: string;
  #faults: readonly StateFault[] = [];
  #versions = 0;
  /** All accesses of this run. */
  accesses: Access[] = [];

  constructor(bucket: string) {
    this.#bucket = bucket;
  }

  begin(faults: readonly StateFault[]): void {
    this.#faults = faults;
    this.accesses = [];
  }

  /** What the state is now, whatever the reads answer; null while there is none. */
  memory(): Memory | null {
    const stored = [...this.#kept].find(([path]) => path.endsWith('state.json.gz'))?.[1];
    const read = stored === undefined ? null : unpackMemory(stored.bytes, this.#bucket);
    return read?.state === 'present' ? read.value : null;
  }

  readonly shelf: Shelf = {
    url: (path) => `s3://ops-state/${path}`,
    read: async (path) => {
      if (isDepth(path)) {
        const value = this.#kept.get(path);
        return value === undefined ? { state: 'absent' } : { state: 'present', value };
      }
      const fault = this.#faultOf('read');
      const stored = this.#kept.get(path);
      this.#note('read', fault, stored === undefined ? 'absent' : 'present');
      if (fault === 'refused') {
        const failure = { operation: 'GetObject', code: 'AccessDenied', status: 403, message: 'Access Denied' };
        return { state: 'unknown', failure };
      }
      if (stored === undefined) return { state: 'absent' };
      const { bytes } = stored;
      return {
        state: 'present',
        value: fault === 'torn' ? { ...stored, bytes: bytes.subarray(0, bytes.length / 2) } : stored,
      };
    },
    write: async (path, bytes, _type, condition) => {
      if (isDepth(path)) {
        this.#kept.set(path, { bytes, etag: '"depth"' });
        return 'written';
      }
      const on = path.endsWith('.gz') ? 'write' : 'report';
      const fault = this.#faultOf(on);
      const answer = this.#write(path, bytes, condition, fault);
      this.#note(on, fault, answer);
      if (answer === 'thrown') throw named(fault === 'answer lost' ? 'TimeoutError' : 'AccessDenied');
      return answer;
    },
  };

  #write(path: string, bytes: Buffer, condition: Condition | null, fault: StateFault['what'] | null) {
    if (fault === 'refused') return 'thrown';
    if (condition !== null && fault === 'unsupported') return 'unsupported';
    if (condition !== null && fault === 'falsely refused') return 'refused';
    if (condition !== null && fault === 'conflict') this.#another(path);
    const stored = this.#kept.get(path);
    if (condition !== null && ('absent' in condition ? stored !== undefined : stored?.etag !== condition.etag))
      return 'refused';
    this.#keep(path, bytes);
    return fault === 'answer lost' ? 'thrown' : 'written';
  }

  /** Another run was faster; it saw what was known already. */
  #another(path: string): void {
    this.#keep(path, this.#kept.get(path)?.bytes ?? packMemory(emptyMemory(this.#bucket)));
  }

  #keep(path: string, bytes: Buffer): void {
    const version = createHash('md5').update(bytes).update(String(this.#versions++)).digest('hex');
    this.#kept.set(path, { bytes, etag: `"${version}"` });
  }

  #faultOf(on: StateFault['on']): StateFault['what'] | null {
    const nth = this.accesses.filter((access) => access.on === on).length + 1;
    return this.#faults.find((fault) => fault.on === on && fault.nth === nth)?.what ?? null;
  }

  #note(on: Access['on'], fault: Access['fault'], answer: string): void {
    this.accesses.push({ on, fault, answer });
  }
}
