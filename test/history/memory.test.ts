import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { nothingEarlier } from '../../src/audit/earlier.ts';
import { emptyMemory, packMemory, unpackMemory, type Memory } from '../../src/history/memory.ts';
import { backups, entry, outcome, run, start } from './fixtures.ts';

const memory: Memory = {
  ...run(null, outcome(start, [backups], { entries: [entry('a/', 'stream'), entry('backups/', 'foreign')] })).memory,
  known: {
    markers: {
      'a/.stream/.stream.json': {
        etag: '"1"',
        reading: {
          state: 'usable',
          version: 'v6',
          newer: false,
          metadata: {
            createdAt: '2026-01-01T00:00:00.000Z',
            owner: 'admin/admin',
            lifetime: { events: 1, ingestion: 2, storage: 3 },
            stored: 3,
            retention: 30,
            snapshot: {
              manifests: { 'a/date=*/manifest.json': ['2026-11-01..2026-11-20'] },
              oldest: '2026-11-01',
              repeated: [],
            },
          },
        },
      },
    },
    collapsed: { objects: true, prefixes: false },
    rewritten: {
      'b/.stream/.stream.json': {
        before: { createdAt: null, owner: null, lifetime: null },
        since: start.toISOString(),
      },
    },
    deployment: { id: '01', replaced: { before: '00', since: start.toISOString() } },
    levels: {
      'a/': {
        at: start.toISOString(),
        markers: 'vJf_6f7NoFCS',
        days: ['2026-11-01..2026-11-20'],
        others: ['date=2026/'],
      },
    },
  },
};
const level = { at: start.toISOString(), markers: '', days: [], others: [] };
const usable = { state: 'usable', version: null, newer: false, metadata: null };
const packed = (value: unknown) => gzipSync(JSON.stringify(value));
const codeOf = (bytes: Uint8Array) => {
  const read = unpackMemory(bytes, 'logs-prod');
  return read.state === 'unknown' ? read.failure.code : read.state;
};

describe('the stored memory', () => {
  it('comes back as it was', () => {
    expect(unpackMemory(packMemory(memory), 'logs-prod')).toEqual({ state: 'present', value: memory });
  });

  it('packs more than 2 MiB of findings', () => {
    const [one] = Object.values(memory.findings);
    const findings = Object.fromEntries(
      Array.from({ length: 20_000 }, (_, index) => [
        index.toString(16).padStart(16, '0'),
        { ...one!, subject: `p${String(index)}/` },
      ]),
    );
    const large = { ...memory, findings };
    expect(JSON.stringify(large).length).toBeGreaterThan(4 * 1024 * 1024);
    expect(unpackMemory(packMemory(large), 'logs-prod')).toEqual({ state: 'present', value: large });
  });

  it('is unknown when it is torn, never empty', () => {
    const bytes = packMemory(memory);
    for (const length of [0, 1, 10, bytes.length - 1]) expect(codeOf(bytes.subarray(0, length))).toBe('TornState');
    expect(codeOf(Buffer.from('{}'))).toBe('TornState');
    expect(codeOf(gzipSync('{"schemaVersion":1,'))).toBe('TornState');
    expect(unpackMemory(bytes.subarray(0, 10), 'logs-prod')).toMatchObject({
      failure: { message: expect.stringContaining('torn') as unknown },
    });
  });

  it('is unknown when another program wrote it', () => {
    for (const value of [
      null,
      7,
      'x',
      [],
      {},
      { schemaVersion: 1 },
      { schemaVersion: 2 },
      { schemaVersion: '2' },
      { ...memory, findings: [] },
      { ...memory, lastFull: 'soon' },
    ]) {
      expect(codeOf(packed(value))).toBe('ForeignState');
    }
  });

  it.each<[string, unknown]>([
    ['lastAudit', 7],
    ['lastAudit', { startedAt: 'soon', completeness: 'full' }],
    ['lastAudit', { startedAt: start.toISOString(), completeness: 'half' }],
    ['lastFull', 'soon'],
    ['failure', { since: null, toldAt: null, over: null }],
    ['failure', { since: start.toISOString(), toldAt: 'soon', over: null }],
    ['failure', { since: start.toISOString(), toldAt: null, over: 7 }],
    ['findings', { x: {} }],
    ['verdicts', { 'a/': 7 }],
    ['known', { ...nothingEarlier, collapsed: { objects: true } }],
    ['known', { ...nothingEarlier, collapsed: { prefixes: true, objects: 'no' } }],
    ['known', { ...nothingEarlier, markers: { a: { etag: '"1"' } } }],
    ['known', { ...nothingEarlier, markers: { a: { etag: 1, reading: usable } } }],
    ['known', { ...nothingEarlier, markers: { a: { etag: '"1"', reading: { ...usable, state: 'unusable' } } } }],
    ['known', { ...nothingEarlier, markers: { a: { etag: '"1"', reading: { ...usable, version: 6 } } } }],
    ['known', { ...nothingEarlier, markers: { a: { etag: '"1"', reading: { ...usable, metadata: {} } } } }],
    ['known', { ...nothingEarlier, rewritten: { a: { before: {}, since: start.toISOString() } } }],
    ['known', { ...nothingEarlier, deployment: { id: 7, replaced: null } }],
    ['known', { ...nothingEarlier, levels: { 'a/': { ...level, at: 'yesterday' } } }],
    ['known', { ...nothingEarlier, levels: { 'a/': { ...level, days: ['2026-11-20..'] } } }],
    ['known', { ...nothingEarlier, levels: { 'a/': { ...level, days: ['2026-13-45'] } } }],
    ['known', { ...nothingEarlier, levels: { 'a/': { ...level, others: 1 } } }],
    ['promise', 'strong'],
    ['bucket', null],
  ])('is unknown when its %s is %j, and says so', (field, value) => {
    expect(unpackMemory(packed({ ...memory, [field]: value }), 'logs-prod')).toEqual({
      state: 'unknown',
      failure: {
        operation: 'GetObject',
        code: 'ForeignState',
        status: null,
        message: `the state is not of this program: ${field} is not as it should be`,
      },
    });
  });

  it.each<[string, unknown]>([
    ['kind', null],
    ['subject', 7],
    ['severity', 'grave'],
    ['firstSeen', 'soon'],
    ['lastSeen', null],
    ['timesSeen', 'often'],
    ['evidence', {}],
    ['evidence', { objects: '7', bytes: null }],
    ['again', null],
    ['reported', 'soon'],
    ['told', {}],
    ['told', { at: 'soon', severity: 'error' }],
    ['told', { at: start.toISOString(), severity: 'grave' }],
    ['resolved', { at: start.toISOString() }],
    ['resolved', { at: 'soon', owed: true }],
  ])('is unknown when the %s of a finding is %j', (field, value) => {
    const [id, one] = Object.entries(memory.findings)[0]!;
    expect(codeOf(packed({ ...memory, findings: { [id]: { ...one, [field]: value } } }))).toBe('ForeignState');
  });

  it('names no place when it is no object at all', () => {
    expect(unpackMemory(packed([]), 'logs-prod')).toMatchObject({
      failure: { message: 'the state is not of this program' },
    });
  });

  it('is empty for a bucket that was never audited', () => {
    expect(emptyMemory('logs-prod')).toMatchObject({
      schemaVersion: 2,
      lastAudit: null,
      findings: {},
      known: nothingEarlier,
      promise: null,
    });
    expect(unpackMemory(packMemory(emptyMemory('logs-prod')), 'logs-prod').state).toBe('present');
  });

  it('is unknown when it is that of another bucket', () => {
    expect(unpackMemory(packMemory(emptyMemory('logs-dev')), 'logs-prod')).toMatchObject({
      state: 'unknown',
      failure: { code: 'ForeignState', message: 'the state is that of the bucket logs-dev, not of logs-prod' },
    });
    const long = unpackMemory(packMemory(emptyMemory('x'.repeat(10_000))), 'logs-prod');
    expect(long.state === 'unknown' && long.failure.message.length).toBe(300);
  });

  it('is unknown when a newer version wrote it', () => {
    expect(unpackMemory(packed({ schemaVersion: 3 }), 'logs-prod')).toMatchObject({
      state: 'unknown',
      failure: { code: 'NewerState', message: expect.stringMatching(/schemaVersion 3/) as unknown },
    });
  });

  it('of the first version is taken over with all that was told; markers are read anew', () => {
    const { known, ...rest } = memory;
    const first = {
      ...rest,
      schemaVersion: 1,
      collapsed: known.collapsed,
      markers: { 'a/.stream/.stream.json': { etag: '"1"', reading: { state: 'usable', version: 'v6', newer: false } } },
    };
    expect(unpackMemory(packed(first), 'logs-prod')).toEqual({
      state: 'present',
      value: { ...memory, known: { ...nothingEarlier, collapsed: known.collapsed } },
    });
  });

  it('without the levels of streams, as it was at first, is whole: they are looked at anew', () => {
    const { markers, collapsed, rewritten, deployment } = memory.known;
    const known = { markers, collapsed, rewritten, deployment };
    expect(unpackMemory(packed({ ...memory, known }), 'logs-prod')).toEqual({
      state: 'present',
      value: { ...memory, known: { ...known, levels: {} } },
    });
  });

  it('keeps kinds and verdicts of a newer release, so that going back loses no news', () => {
    const [id, one] = Object.entries(memory.findings)[0]!;
    const newer = {
      ...memory,
      findings: { [id]: { ...one, kind: 'manifest-of-tomorrow' } },
      verdicts: { 'a/': 'novel' },
      more: 1,
    };
    expect(unpackMemory(packed(newer), 'logs-prod')).toMatchObject({
      state: 'present',
      value: { findings: { [id]: { kind: 'manifest-of-tomorrow' } }, verdicts: { 'a/': 'novel' } },
    });
  });
});
