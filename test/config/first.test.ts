import { describe, expect, it } from 'vitest';
import { firstConfig } from '../../src/config/first.ts';
import { parseConfig } from '../../src/config/load.ts';
import type { Report } from '../../src/findings/report.ts';
import { entry, now, report } from '../report/situations.ts';

const schema = './bucket-hygiene.schema.json';
const bucket: Report['bucket'] = { name: 'logs', region: 'us-east-1', endpoint: null, environment: null };

type Section = { suggestedAllow: { prefix: string; reason: string }[] } & Record<string, unknown>;

/** The section of the only bucket, as it was written. */
const sectionOf = (entries: Report['entries'], more: Partial<Report['bucket']> = {}): Section => {
  const text = firstConfig(report(entries, [], { bucket: { ...bucket, ...more } }), { schema, now });
  parseConfig(text, 'first.json');
  return (JSON.parse(text) as { buckets: [Section] }).buckets[0];
};

const figures = { objects: 7, bytes: 1_100_000, newest: '2026-11-24T04:00:00.000Z' };

describe('a first configuration', () => {
  it('is the name alone for a healthy bucket with the usual region and endpoint', () => {
    expect(sectionOf([entry('api/', 'stream'), entry('.parseable/', 'deployment')])).toEqual({
      name: 'logs',
      allow: [],
      suggestedAllow: [],
    });
  });

  it('names region and endpoint where they are not the usual ones', () => {
    expect(sectionOf([], { region: 'eu-west-1', endpoint: 'https://minio.internal:9000' })).toMatchObject({
      region: 'eu-west-1',
      endpoint: 'https://minio.internal:9000',
    });
    expect(sectionOf([], { region: null })).not.toHaveProperty('region');
  });

  it('suggests foreign rows and empty markers, and nothing that is, or was, of Parseable', () => {
    const entries = [
      entry('acme/x.txt', 'foreign', figures),
      entry('backups/', 'foreign', figures),
      entry('test/', 'marker', { objects: 1, bytes: 0, newest: '2020-01-01T00:00:00.000Z' }),
      ...(
        ['orphaned', 'leftover', 'corrupt', 'unmigrated', 'unrecognised', 'unknown', 'allowed', 'tenant'] as const
      ).map((verdict) => entry(`${verdict}/`, verdict, figures)),
    ];
    expect(sectionOf(entries).suggestedAllow.map(({ prefix }) => prefix)).toEqual(['acme/x.txt', 'backups/', 'test/']);
  });

  it('tells size, age and the likely writer of a suggestion, and when it was seen', () => {
    const rows = [
      entry('backups/', 'foreign', { ...figures, likelyWriter: 'restic' }),
      entry('big/', 'foreign', { ...figures, sizeComplete: false }),
      entry('unsized/', 'foreign'),
    ];
    expect(sectionOf(rows).suggestedAllow.map(({ reason }) => reason)).toEqual([
      '7 objects, 1.1 MB, newest 2 hours ago, by its keys probably restic; seen on 2026-11-24',
      'at least 7 objects, 1.1 MB, newest 2 hours ago; seen on 2026-11-24',
      'of unknown size; seen on 2026-11-24',
    ]);
  });

  it('does not suggest the row that stands for more than a thousand, but an object of that name', () => {
    expect(sectionOf([entry('*', 'foreign', { ...figures, objects: 1_500 })]).suggestedAllow).toEqual([]);
    expect(sectionOf([entry('*', 'foreign', { ...figures, objects: 1 })]).suggestedAllow).toHaveLength(1);
  });

  it('keeps every key exactly, and lets none command a terminal', () => {
    const keys = ['evil\u202egnp.exe', 'line\nfeed\u001b[31m/', 'q"uote\\/', '__proto__', ' /', '🦊/'];
    const entries = keys.map((key) => entry(key, 'foreign', figures));
    expect(sectionOf(entries).suggestedAllow.map(({ prefix }) => prefix)).toEqual(keys);
    const text = firstConfig(report(entries, [], { bucket }), { schema, now });
    expect(text.replaceAll('\n', '')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
  });
});
