import { listPrice } from '../../../src/findings/costs.ts';
import { nothingEarlier } from '../../../src/audit/earlier.ts';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../src/audit/outcome.ts';
import { bucketDefaults } from '../../../src/config/config.ts';
import { watchBucket, type Ports, type Watch } from '../../../src/entry/watch.ts';
import type { Memory } from '../../../src/history/memory.ts';

const now = new Date('2026-11-24T06:00:00.000Z');

const outcome = (more: Partial<Outcome> = {}): Outcome => ({
  bucket: { name: 'logs-prod', region: 'eu-west-1', endpoint: null, environment: 'prod' },
  mode: 'audit',
  startedAt: now.toISOString(),
  finishedAt: now.toISOString(),
  completeness: 'full',
  deployment: { id: null, metadataVersion: null, multiTenant: false },
  entries: [],
  candidates: [
    {
      kind: 'foreign-prefix',
      severity: 'warning',
      subject: 'backups/',
      title: 'foreign prefix',
      message: 'Not of Parseable.',
      why: 'It costs.',
      remedy: 'Move it.',
      evidence: { objects: 7, bytes: 1_100 },
      grace: null,
    },
  ],
  streams: [],
  depth: null,
  knownDepth: null,
  requests: { list: 1, get: 0, head: 0, other: 0 },
  skipped: [],
  known: nothingEarlier,
  price: listPrice,
  preflight: null,
  failure: null,
  ...more,
});

const watch = (more: Partial<Watch> = {}): Watch => ({
  bucket: bucketDefaults('logs-prod'),
  alerts: { topicArn: null, minSeverity: 'warning', remindAfterHours: 168 },
  runId: '01KB0000000000000000000000',
  deep: false,
  notify: true,
  ...more,
});

const denied = () => Promise.reject(Object.assign(new Error('not allowed'), { name: 'AccessDenied' }));

/** Everything around a watch, with a state in memory, and a list of what was done in which order. */
function surroundings(more: Partial<Ports> & { stored?: Memory | null; seen?: Outcome } = {}) {
  const done: string[] = [];
  const state: { stored: Memory | null } = { stored: more.stored ?? null };
  const ports: Ports = {
    now: () => {
      done.push('clock');
      return now;
    },
    audit: () => {
      done.push('audit');
      return Promise.resolve(more.seen ?? outcome());
    },
    publish: () => {
      done.push('publish');
      return Promise.resolve();
    },
    ...more,
    memories: {
      load: () => {
        done.push('load');
        return Promise.resolve(
          state.stored === null ? { state: 'absent' } : { state: 'present', value: state.stored, etag: '"1"' },
        );
      },
      putReport: () => {
        done.push('report');
        return Promise.resolve('s3://ops-state/report.json');
      },
      save: (_bucket, _loaded, next) => {
        done.push('save');
        state.stored = next(state.stored);
        return Promise.resolve();
      },
      loadDepth: () => {
        done.push('load depth');
        return Promise.resolve({ known: null, replaceable: true });
      },
      saveDepth: () => {
        done.push('save depth');
        return Promise.resolve();
      },
      ...more.memories,
    },
  };
  return { ports, done, state };
}

describe('the watch over one bucket', () => {
  it('reads the clock first and saves the state last, after the alert is out', async () => {
    const { ports, done } = surroundings();
    const watched = await watchBucket(watch(), ports);
    expect(done).toEqual(['clock', 'load', 'audit', 'report', 'publish', 'save']);
    expect(watched).toMatchObject({ alertFailed: false, troubles: [], reportUrl: 's3://ops-state/report.json' });
  });

  it('is silent when nothing is new', async () => {
    const { ports, state } = surroundings();
    await watchBucket(watch(), ports);
    const again = surroundings({ stored: state.stored });
    await watchBucket(watch(), again.ports);
    expect(again.done).not.toContain('publish');
    expect(again.done).toContain('save');
  });

  it('saves news as untold when it cannot be published, and says so', async () => {
    const { ports, state } = surroundings({ publish: denied });
    const watched = await watchBucket(watch(), ports);
    expect(watched.alertFailed).toBe(true);
    expect(watched.troubles).toEqual([
      'the alert could not be published (AccessDenied: not allowed), the next run tells it',
    ]);
    const next = surroundings({ stored: state.stored });
    await watchBucket(watch(), next.ports);
    expect(next.done).toContain('publish');
  });

  it('leaves news untold when it is not to notify', async () => {
    const quiet = surroundings();
    await watchBucket(watch({ notify: false }), quiet.ports);
    expect(quiet.done).toEqual(['clock', 'load', 'audit', 'report', 'save']);
    const next = surroundings({ stored: quiet.state.stored });
    await watchBucket(watch(), next.ports);
    expect(next.done).toContain('publish');
  });

  it('stores the report as JSON, and beside it in the format that was wanted, which is then the one that is named', async () => {
    const { ports } = surroundings();
    const stored: [string, string][] = [];
    const putReport = (_bucket: string, _at: string, extension: string, body: string) => {
      stored.push([extension, body]);
      return Promise.resolve(`s3://ops-state/report.${extension}`);
    };
    const memories = { ...ports.memories, putReport };
    const watched = await watchBucket(watch({ format: 'markdown' }), { ...ports, memories });
    expect(stored.map(([extension]) => extension)).toEqual(['json', 'md']);
    expect(JSON.parse(stored[0]![1])).toMatchObject({ bucket: { name: 'logs-prod' } });
    expect(stored[1]![1]).toMatch(/^## /);
    expect(watched).toMatchObject({ reportUrl: 's3://ops-state/report.md', troubles: [] });
  });

  it('names the JSON when the wanted format cannot be stored, and says so', async () => {
    const { ports } = surroundings();
    const putReport = (_bucket: string, _at: string, extension: string) =>
      extension === 'json' ? Promise.resolve('s3://ops-state/report.json') : denied();
    const memories = { ...ports.memories, putReport };
    const watched = await watchBucket(watch({ format: 'sarif' }), { ...ports, memories });
    expect(watched.reportUrl).toBe('s3://ops-state/report.json');
    expect(watched.troubles).toEqual(['the report could not be stored as sarif (AccessDenied: not allowed)']);
  });

  it('still alerts when the report cannot be stored', async () => {
    const { ports, done } = surroundings();
    const watched = await watchBucket(watch(), { ...ports, memories: { ...ports.memories, putReport: denied } });
    expect(done).toEqual(['clock', 'load', 'audit', 'publish', 'save']);
    expect(watched.reportUrl).toBeNull();
    expect(watched.troubles).toEqual(['the report could not be stored (AccessDenied: not allowed)']);
  });

  it('neither alerts nor saves anything while the state cannot be read', async () => {
    const { ports, done } = surroundings();
    const failure = { operation: 'GetObject', code: 'AccessDenied', status: 403, message: 'not allowed' };
    const load = () => Promise.resolve({ state: 'unknown' as const, failure });
    const watched = await watchBucket(watch(), { ...ports, memories: { ...ports.memories, load } });
    expect(done).toEqual(['clock', 'audit']);
    expect(watched.report.findings.map(({ subject }) => subject)).toEqual(['backups/']);
    expect(watched.troubles.join()).toMatch(
      /state could not be read \(AccessDenied: not allowed\), so nothing was alerted or saved/,
    );
  });

  it('says that news may be repeated when the state cannot be written after the alert', async () => {
    const { ports } = surroundings();
    const watched = await watchBucket(watch(), { ...ports, memories: { ...ports.memories, save: denied } });
    expect(watched.alertFailed).toBe(false);
    expect(watched.troubles.join()).toMatch(
      /state could not be written \(AccessDenied: not allowed\), the next run may tell the same news again/,
    );
  });

  it('calls a failed audit trouble, a partial one not', async () => {
    const failure = { operation: 'ListObjectsV2', code: 'NoSuchBucket', status: 404, message: 'no such bucket' };
    const failed = await watchBucket(
      watch(),
      surroundings({ seen: outcome({ completeness: 'failed', failure, candidates: [] }) }).ports,
    );
    expect(failed.troubles).toEqual(['the audit failed (ListObjectsV2: NoSuchBucket, no such bucket)']);
    const partial = await watchBucket(watch(), surroundings({ seen: outcome({ completeness: 'partial' }) }).ports);
    expect(partial.troubles).toEqual([]);
  });
});
