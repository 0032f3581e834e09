import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { emptyMemory, packMemory, unpackMemory, type Memory } from '../../src/history/memory.ts';
import type { Condition, Shelf, Written } from '../../src/history/shelf.ts';
import { storeOn } from '../../src/history/store.ts';

const path = 'logs-prod/state.json.gz';
const denied = { operation: 'GetObject', code: 'AccessDenied', status: 403, message: 'no' };

/** How a store treats conditions. */
type Manner = 'heeds' | 'ignores' | 'refuses-if-match' | 'knows-none' | 'loses-the-answer';

/** A shelf in memory, and all that was written with which condition. */
function shelf(manner: Manner = 'heeds') {
  const kept = new Map<string, Buffer>();
  const asked: (Condition | null)[] = [];
  let before: (() => void) | null = null;
  const etagOf = (bytes: Buffer) => `"${createHash('md5').update(bytes).digest('hex')}"`;
  const holds = (at: string, condition: Condition | null): boolean => {
    const bytes = kept.get(at);
    if (condition === null || manner === 'ignores') return true;
    if ('absent' in condition) return bytes === undefined;
    return manner !== 'refuses-if-match' && bytes !== undefined && etagOf(bytes) === condition.etag;
  };
  const self: Shelf = {
    read: async (at) => {
      const bytes = kept.get(at);
      return bytes === undefined ? { state: 'absent' } : { state: 'present', value: { bytes, etag: etagOf(bytes) } };
    },
    write: async (at, bytes, _type, condition): Promise<Written> => {
      asked.push(condition);
      before?.();
      if (condition !== null && manner === 'knows-none') return 'unsupported';
      if (!holds(at, condition)) return 'refused';
      kept.set(at, bytes);
      if (manner !== 'loses-the-answer') return 'written';
      // The client repeats the request, and the store refuses the repetition.
      return 'refused';
    },
    url: (at) => `shelf:${at}`,
  };
  return {
    self,
    kept,
    asked,
    /** Done just before the next write, once: another run was faster. */
    meanwhile: (work: () => void) => {
      before = () => {
        before = null;
        work();
      };
    },
    stored: () => {
      const read = unpackMemory(kept.get(path)!, 'logs-prod');
      return read.state === 'present' ? read.value : null;
    },
  };
}

const seen =
  (at: string) =>
  (memory: Memory | null): Memory => ({
    ...(memory ?? emptyMemory('logs-prod')),
    lastFull: at,
    verdicts: { ...memory?.verdicts, [at]: 'stream' },
  });
const [first, second, third] = [
  '2026-11-24T06:00:00.000Z',
  '2026-11-25T06:00:00.000Z',
  '2026-11-26T06:00:00.000Z',
] as const;

async function save(one: ReturnType<typeof shelf>, at: string) {
  const store = storeOn(one.self);
  await store.save('logs-prod', await store.load('logs-prod'), seen(at));
  return store.promise;
}

describe('saving the state', () => {
  it('writes on the condition that nothing, or the version that was read, is there', async () => {
    const one = shelf();
    expect(await save(one, first)).toBe('conditional');
    expect(one.stored()).toMatchObject({ lastFull: first, promise: 'conditional' });
    const etag = `"${createHash('md5').update(one.kept.get(path)!).digest('hex')}"`;
    expect(await save(one, second)).toBe('conditional');
    // The second question finds out whether the store heeds conditions at all.
    expect(one.asked).toEqual([{ absent: true }, { absent: true }, { etag }]);
  });

  it('takes in what another run wrote in between', async () => {
    const one = shelf();
    await save(one, first);
    one.meanwhile(() => one.kept.set(path, packMemory(seen(second)(one.stored()))));
    await save(one, third);
    expect(Object.keys(one.stored()!.verdicts)).toEqual([first, second, third]);
  });

  it('takes in what another run wrote where nothing was', async () => {
    const one = shelf();
    one.meanwhile(() => one.kept.set(path, packMemory(seen(first)(null))));
    await save(one, second);
    expect(Object.keys(one.stored()!.verdicts)).toEqual([first, second]);
  });

  it('starts anew when the state was removed in between', async () => {
    const one = shelf();
    await save(one, first);
    one.meanwhile(() => one.kept.delete(path));
    await save(one, second);
    expect(Object.keys(one.stored()!.verdicts)).toEqual([second]);
  });

  it('does not count a write twice whose answer was lost', async () => {
    const one = shelf();
    await save(one, first);
    const lossy = shelf('loses-the-answer');
    lossy.kept.set(path, one.kept.get(path)!);
    let asked = 0;
    const store = storeOn(lossy.self);
    await store.save('logs-prod', await store.load('logs-prod'), (memory) => {
      asked++;
      return seen(second)(memory);
    });
    expect(asked).toBe(1);
    expect(Object.keys(lossy.stored()!.verdicts)).toEqual([first, second]);
  });

  it('gives up when others write all the time', async () => {
    const one = shelf();
    await save(one, first);
    let turn = 0;
    const overtake = () => {
      one.kept.set(path, packMemory(seen(String(turn++))({ ...emptyMemory('logs-prod'), lastFull: first })));
      one.kept.set(path, packMemory({ ...emptyMemory('logs-prod'), verdicts: { [String(turn)]: 'stream' } }));
      one.meanwhile(overtake);
    };
    one.meanwhile(overtake);
    await expect(save(one, second)).rejects.toMatchObject({ name: 'StateConflict' });
  });

  it('never writes over a state that became unreadable', async () => {
    const one = shelf();
    await save(one, first);
    one.meanwhile(() => one.kept.set(path, Buffer.from('torn')));
    await expect(save(one, second)).rejects.toMatchObject({ name: 'TornState' });
    expect(one.kept.get(path)?.toString()).toBe('torn');
  });

  it('never writes when the state could not be read', async () => {
    const one = shelf();
    await expect(
      storeOn(one.self).save('logs-prod', { state: 'unknown', failure: denied }, seen(first)),
    ).rejects.toMatchObject({ name: 'AccessDenied' });
    expect(one.asked).toEqual([]);
  });

  it('passes on what the store answers when it cannot write', async () => {
    const one = shelf();
    const failing: Shelf = {
      ...one.self,
      write: () => Promise.reject(Object.assign(new Error('x'), { name: 'SlowDown' })),
    };
    await expect(storeOn(failing).save('logs-prod', { state: 'absent' }, seen(first))).rejects.toMatchObject({
      name: 'SlowDown',
    });
  });
});

describe('a store of a weaker promise', () => {
  it('that ignores conditions is noticed at the first state, and remembered', async () => {
    const one = shelf('ignores');
    expect(await save(one, first)).toBe('weak');
    expect(one.stored()?.promise).toBe('weak');
    expect(await save(one, second)).toBe('weak');
    expect(one.asked.at(-1)).toBeNull();
    expect(one.stored()).toMatchObject({ promise: 'weak', lastFull: second });
  });

  it('that refuses the very version it gave is served without conditions', async () => {
    const one = shelf('refuses-if-match');
    expect(await save(one, first)).toBe('conditional');
    expect(await save(one, second)).toBe('weak');
    expect(one.stored()).toMatchObject({ promise: 'weak', lastFull: second });
    const asked = one.asked.length;
    await save(one, third);
    expect(one.asked.slice(asked)).toEqual([null]);
    expect(Object.keys(one.stored()!.verdicts)).toEqual([first, second, third]);
  });

  it('that knows no conditions is served without', async () => {
    const one = shelf('knows-none');
    expect(await save(one, first)).toBe('weak');
    expect(one.stored()).toMatchObject({ promise: 'weak', lastFull: first });
  });
});

describe('keeping a report', () => {
  const at = '2026-11-24T06:00:11.123Z';

  it('names it by bucket and time', async () => {
    const one = shelf();
    expect(await storeOn(one.self).putReport('logs-prod', at, 'json', '{}')).toBe(
      'shelf:logs-prod/2026-11-24T06-00-11Z.json',
    );
  });

  it('never writes over the report of another run of the same second', async () => {
    const one = shelf();
    const urls = await Promise.all(
      ['{"a":1}', '{"a":2}', '{"a":3}'].map((body) => storeOn(one.self).putReport('logs-prod', at, 'json', body)),
    );
    expect(new Set(urls).size).toBe(3);
    expect([...one.kept.values()].map(String).toSorted()).toEqual(['{"a":1}', '{"a":2}', '{"a":3}']);
  });

  it('keeps the names apart itself where the store is known to ignore conditions', async () => {
    const one = shelf('ignores');
    await save(one, first);
    const store = storeOn(one.self);
    await store.load('logs-prod');
    const urls = [
      await store.putReport('logs-prod', at, 'json', '{"a":1}'),
      await store.putReport('logs-prod', at, 'json', '{"a":2}'),
      await store.putReport('logs-prod', at, 'json', '{}', '01KB0000000000000000ABCDEF'),
    ];
    expect(new Set(urls).size).toBe(3);
    expect(urls[2]).toBe('shelf:logs-prod/2026-11-24T06-00-11Z-ABCDEF.json');
  });

  it('works where the store knows no conditions', async () => {
    const one = shelf('knows-none');
    await storeOn(one.self).putReport('logs-prod', at, 'json', '{}');
    expect([...one.kept.keys()]).toEqual(['logs-prod/2026-11-24T06-00-11Z.json']);
  });
});
