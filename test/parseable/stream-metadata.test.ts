import { describe, expect, it } from 'vitest';
import { readStreamMetadata } from '../../src/parseable/stream-metadata.ts';

const tasks = (...durations: string[]) =>
  durations.map((duration) => ({ description: '', action: 'delete', duration }));
const counters = (events: unknown) => ({ events, ingestion: 2, storage: 3 });

describe('how long a stream keeps its data', () => {
  it.each<[string, unknown, number | null]>([
    ['one task', tasks('90d'), 90],
    ['the strictest of several tasks', tasks('90d', '7d', '30d'), 7],
    ['no tasks', [], null],
    ['nothing', undefined, null],
    ['a duration in another unit', tasks('7h'), null],
    ['a duration of no days', tasks('0d'), null],
    ['another action', [{ action: 'archive', duration: '7d' }], null],
    ['another form', { delete: '7d' }, null],
    ['entries of another form', [null, 7, 'x'], null],
  ])('by %s', (_, retention, days) => {
    expect(readStreamMetadata({ retention }, 'v7').retention).toBe(days);
  });
});

describe('the lifetime counters of a stream', () => {
  it.each<[string, unknown, unknown]>([
    ['as servers since 1.2.0 write them', { lifetime_stats: counters(1) }, { events: 1, ingestion: 2, storage: 3 }],
    ['of older servers, which shrink, are none', counters(1), null],
    ['below zero, written as a number near 2^64, are none', { lifetime_stats: counters(1.8446744073709552e19) }, null],
    ['that are negative are none', { lifetime_stats: counters(-1) }, null],
    ['that are text are none', { lifetime_stats: counters('1') }, null],
    ['that are missing are none', undefined, null],
  ])('%s', (_, stats, lifetime) => {
    expect(readStreamMetadata({ stats }, 'v7').lifetime).toEqual(lifetime);
  });
});

describe('who made a stream, and when', () => {
  it('is told by owner and created-at, whatever the zone', () => {
    const file = { 'created-at': '2023-01-12T10:04:11.221+05:30', owner: { id: 'admin', group: 'ops' } };
    expect(readStreamMetadata(file, 'v1')).toMatchObject({ createdAt: '2023-01-12T04:34:11.221Z', owner: 'admin/ops' });
  });
  it('is unknown where the file does not say', () => {
    expect(readStreamMetadata({ 'created-at': 'long ago', owner: {} }, 'v1')).toMatchObject({
      createdAt: null,
      owner: null,
    });
    expect(readStreamMetadata({ owner: { id: 'admin' } }, 'v1')).toMatchObject({ owner: 'admin/' });
  });
});

describe('the snapshot of a stream', () => {
  const empty = { manifests: {}, oldest: null, repeated: [] };
  it.each([
    ['v1', undefined, null],
    ['v2', null, null],
    ['v3', undefined, null],
    ['v3', { manifest_list: [] }, empty],
    ['v4', undefined, empty],
    ['v7', { manifest_list: [] }, empty],
    ['v7', { manifest_list: 'x' }, 'unreadable'],
  ])('in version %s with %j is %j', (version, snapshot, expected) => {
    expect(readStreamMetadata({ snapshot }, version).snapshot).toEqual(expected);
  });
});

describe('the bytes that a stream believes to store', () => {
  const storedOf = (stats: unknown) => readStreamMetadata({ stats }, 'v7').stored;
  it('are those of the current counters since 1.2.0', () => {
    const counters = (storage: number) => ({ events: 1, ingestion: 2, storage });
    expect(storedOf({ lifetime_stats: counters(9), current_stats: counters(5), deleted_stats: counters(4) })).toBe(5);
  });
  it('are the only counter there is before', () => {
    expect(storedOf({ events: 1, ingestion: 2, storage: 7 })).toBe(7);
  });
  it.each([[undefined], [{}], [{ current_stats: {} }], [{ current_stats: { storage: 2 ** 64 - 5 } }]])(
    'are not known from %j',
    (stats) => {
      expect(storedOf(stats)).toBeNull();
    },
  );
});
