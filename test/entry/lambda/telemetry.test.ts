import { alienTotal, listPrice } from '../../../src/findings/costs.ts';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { Metrics } from '@aws-lambda-powertools/metrics';
import { emitFigures, figuresOf, type Measured } from '../../../src/entry/telemetry.ts';
import type { Entry, Report } from '../../../src/findings/report.ts';

const entry = (name: string, verdict: Entry['verdict'], bytes: number | null): Entry => ({
  name,
  verdict,
  likelyWriter: null,
  objects: null,
  bytes,
  sizeComplete: true,
  newest: null,
  metadataVersion: null,
});

const report = (more: Partial<Report> = {}): Report => ({
  schemaVersion: 1,
  tool: { name: 'bucket-hygiene', version: '0.0.0' },
  bucket: { name: 'logs-prod', region: null, endpoint: null, environment: null },
  mode: 'audit',
  startedAt: '2026-11-24T06:00:00.000Z',
  finishedAt: '2026-11-24T06:00:02.000Z',
  completeness: 'full',
  deployment: { id: null, metadataVersion: null, multiTenant: false },
  entries: [
    entry('a/', 'foreign', 100),
    entry('b.txt', 'foreign', 11),
    entry('c/', 'orphaned', 1_000),
    entry('d/', 'stream', null),
  ],
  findings: [],
  summary: { error: 1, warning: 2, note: 3, entries: 4, objects: 0, bytes: 0, alien: alienTotal([], listPrice) },
  requests: { list: 13, get: 11, head: 1, other: 2 },
  streams: [],
  skipped: [],
  ...more,
});

const measured = (more: Partial<Measured> = {}): Measured => ({
  name: 'logs-prod',
  report: report(),
  durationMs: 1_800,
  alertFailed: false,
  ...more,
});

const figures = (of: Measured) => Object.fromEntries(figuresOf(of).map(([name, , value]) => [name, value]));

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe('the figures of a bucket', () => {
  it('tell what a full audit found and what it cost', () => {
    expect(figures(measured())).toEqual({
      AuditCompleted: 1,
      AlertsFailed: 0,
      DurationMs: 1_800,
      Requests: 27,
      FindingsError: 1,
      FindingsWarning: 2,
      FindingsNote: 3,
      ForeignBytes: 111,
      OrphanedBytes: 1_000,
    });
  });

  it('do not call a partial audit completed', () => {
    expect(figures(measured({ report: report({ completeness: 'partial' }) }))).toMatchObject({
      AuditCompleted: 0,
      ForeignBytes: 111,
    });
  });

  it('say nothing about a bucket that could not be looked at', () => {
    const failed = figures(measured({ report: report({ completeness: 'failed', entries: [] }), alertFailed: true }));
    expect(failed).toEqual({ AuditCompleted: 0, AlertsFailed: 1, DurationMs: 1_800, Requests: 27 });
    expect(figures(measured({ report: null }))).toEqual({
      AuditCompleted: 0,
      AlertsFailed: 0,
      DurationMs: 1_800,
      Requests: 0,
    });
  });

  it('go out as one document for each bucket, which is its dimension', () => {
    vi.stubEnv('POWERTOOLS_DEV', 'true');
    vi.stubEnv('POWERTOOLS_METRICS_DISABLED', 'false');
    const lines: string[] = [];
    vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
    const metrics = new Metrics({ namespace: 'BucketHygiene', serviceName: 'bucket-hygiene' });
    emitFigures(metrics, measured({ name: 'logs-dev' }));
    emitFigures(metrics, measured({ name: 'logs-prod', report: null }));
    const documents = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(documents).toHaveLength(2);
    expect(documents[0]).toMatchObject({
      bucket: 'logs-dev',
      service: 'bucket-hygiene',
      AuditCompleted: 1,
      OrphanedBytes: 1_000,
    });
    expect(documents[1]).toMatchObject({ bucket: 'logs-prod', AuditCompleted: 0 });
    expect(documents[1]).not.toHaveProperty('ForeignBytes');
    expect(JSON.stringify(documents[0])).toContain('"Namespace":"BucketHygiene"');
    expect(JSON.stringify(documents[0])).toContain('"Dimensions":[["service","bucket"]]');
  });
});
