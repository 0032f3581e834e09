import { describe, expect, it } from 'vitest';
import { readMarker } from '../../src/parseable/marker.ts';

const stats = { events: 0, ingestion: 0, storage: 0 };
const complete = {
  version: 'v7',
  'objectstore-format': 'v7',
  'created-at': '2026-07-22T05:00:00.1+00:00',
  owner: { id: 'admin', group: 'admin' },
  permissions: [{ id: 'admin', group: 'admin', access: ['all'] }],
  stats: { lifetime_stats: stats, current_stats: stats, deleted_stats: stats },
  snapshot: { version: 'v2', manifest_list: [] },
};
const read = (value: unknown) =>
  readMarker(Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)), 'versioned');
const without = (field: string) => Object.fromEntries(Object.entries(complete).filter(([name]) => name !== field));

describe('a stream marker', () => {
  it.each(['v1', 'v2', 'v3', 'v4', 'v5', 'v6', 'v7'])(
    'is usable in version %s with the fields its server requires',
    (version) => {
      expect(read({ ...complete, version })).toMatchObject({ state: 'usable', version, newer: false });
    },
  );
  it('of version v1 needs no stats, which its first sync adds', () => {
    expect(read({ ...without('stats'), version: 'v1' })).toMatchObject({ state: 'usable' });
  });
  it.each(['objectstore-format', 'created-at', 'owner', 'permissions', 'stats'])(
    'without %s is unusable and says so',
    (field) => {
      expect(read(without(field))).toEqual({ state: 'unusable', why: `its field ${field} is missing` });
    },
  );
  it('without a version is unusable', () => {
    expect(read(without('version'))).toEqual({ state: 'unusable', why: 'its field version is missing' });
  });
  it.each([
    ['owner', 'admin', 'an object'],
    ['owner', null, 'an object'],
    ['owner', [], 'an object'],
    ['permissions', {}, 'an array'],
    ['created-at', 7, 'a string'],
  ])('with %s = %j is unusable: it is not %s', (field, value, what) => {
    expect(read({ ...complete, [field]: value })).toEqual({
      state: 'unusable',
      why: `its field ${field} is not ${what}`,
    });
  });
  it('of an unknown version is newer, whatever else it holds', () => {
    expect(read({ version: 'v8' })).toEqual({ state: 'usable', version: 'v8', newer: true, metadata: null });
  });
  it.each([
    ['', 'it has 0 bytes'],
    ['{"version":', 'it is not JSON'],
    ['[]', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
  ])('with the body %j is unusable', (body, why) => {
    expect(read(body)).toEqual({ state: 'unusable', why });
  });
  it('never repeats a value of its body in the reason', () => {
    const reading = read({ ...complete, stats: 'PLANTED-secret' });
    expect(JSON.stringify(reading)).not.toContain('PLANTED');
  });
});

describe('a marker of the oldest servers', () => {
  const readAs = (body: string, form: 'bare' | 'format') => readMarker(Buffer.from(body), form);

  it.each(['', '{"fields":[]}', 'anything'])(
    'that says nothing but that it is there is usable with the body %j',
    (body) => {
      expect(readAs(body, 'bare')).toEqual({ state: 'usable', version: null, newer: false, metadata: null });
    },
  );
  it('of 0.0.4 to 0.0.8 names a format, and no more is asked of it', () => {
    expect(readAs('{"objectstore-format":"v1"}', 'format')).toEqual({
      state: 'usable',
      version: 'v1',
      newer: false,
      metadata: null,
    });
  });
  it.each(['{}', '{"objectstore-format":1}', '{"version":"v1"}'])('that names none, as %s, is unusable', (body) => {
    expect(readAs(body, 'format')).toEqual({ state: 'unusable', why: 'its field objectstore-format is missing' });
  });
});
