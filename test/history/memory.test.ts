import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { emptyMemory, packMemory, unpackMemory, type Memory } from '../../src/history/memory.ts';
import { backups, entry, outcome, run, start } from './fixtures.ts';

const memory: Memory = {
  ...run(null, outcome(start, [backups], { entries: [entry('a/', 'stream'), entry('backups/', 'foreign')] })).memory,
  markers: { 'a/.stream/.stream.json': { etag: '"1"', reading: { state: 'usable', version: 'v6', newer: false } } },
};
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
  });

  it('is unknown when another program wrote it', () => {
    for (const value of [
      null,
      7,
      'x',
      [],
      {},
      { schemaVersion: 1 },
      { ...memory, findings: [] },
      { ...memory, lastFull: 'soon' },
    ]) {
      expect(codeOf(packed(value))).toBe('ForeignState');
    }
  });

  it('is unknown when it is that of another bucket', () => {
    expect(unpackMemory(packMemory(emptyMemory('logs-dev')), 'logs-prod')).toMatchObject({
      state: 'unknown',
      failure: { message: 'the state is that of the bucket logs-dev, not of logs-prod' },
    });
  });

  it('is unknown when a newer version wrote it', () => {
    expect(unpackMemory(packed({ schemaVersion: 2 }), 'logs-prod')).toMatchObject({
      state: 'unknown',
      failure: { code: 'NewerState', message: expect.stringMatching(/schemaVersion 2/) as unknown },
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
