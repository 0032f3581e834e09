import { listPrice } from '../../src/findings/costs.ts';
import { nothingEarlier } from '../../src/audit/earlier.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import type { Failure } from '../../src/bucket/failure.ts';
import { kinds, type Kind } from '../../src/findings/kinds.ts';
import type { Candidate, Entry, Finding, Grace, Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import type { Memory } from '../../src/history/memory.ts';
import { newsOf, type News } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import type { AlertSettings } from '../../src/history/tiding.ts';

export const hour = 3_600_000;
export const start = new Date('2026-11-24T06:00:11.000Z');
export const after = (hours: number): Date => new Date(start.getTime() + hours * hour);
export const usual: AlertSettings = { minSeverity: 'warning', remindAfterHours: 168 };

export const denied: Failure = {
  operation: 'ListObjectsV2',
  code: 'AccessDenied',
  status: 403,
  message: 'Access Denied',
};

export function candidate(kind: Kind, subject: string, more: Partial<Candidate> = {}): Candidate {
  return {
    kind,
    subject,
    severity: kinds[kind].severity,
    title: `${kinds[kind].title}: ${subject}`,
    message: `${subject} is here.`,
    why: 'It matters.',
    remedy: 'Look at it.',
    evidence: { objects: 7, bytes: 1_100 },
    grace: null,
    ...more,
  };
}

export const grace = (more: Partial<Grace> = {}): Grace => ({
  hours: 24,
  newest: start.toISOString(),
  oldest: start.toISOString(),
  shrinking: false,
  ...more,
});

/** A stream's data without its metadata, its objects written at those times. */
export const orphan = (newest: Date, oldest: Date = newest, shrinking = false): Candidate =>
  candidate('orphaned-stream-data', 'wide/', {
    grace: grace({ newest: newest.toISOString(), oldest: oldest.toISOString(), shrinking }),
  });

export const backups = candidate('foreign-prefix', 'backups/');

export const entry = (name: string, verdict: Entry['verdict'], more: Partial<Entry> = {}): Entry => ({
  name,
  verdict,
  likelyWriter: null,
  objects: null,
  bytes: null,
  sizeComplete: true,
  newest: null,
  metadataVersion: null,
  ...more,
});

/** What an audit at a time saw. */
export const outcome = (at: Date, candidates: Candidate[] = [], more: Partial<Outcome> = {}): Outcome => ({
  bucket: { name: 'logs-prod', region: 'eu-west-1', endpoint: null, environment: 'prod' },
  mode: 'audit',
  startedAt: at.toISOString(),
  finishedAt: new Date(at.getTime() + 1_800).toISOString(),
  completeness: 'full',
  deployment: { id: null, metadataVersion: null, multiTenant: false },
  entries: [],
  candidates,
  streams: [],
  depth: null,
  knownDepth: null,
  requests: { list: 17, get: 12, head: 2, other: 0 },
  skipped: [],
  known: nothingEarlier,
  price: listPrice,
  preflight: null,
  failure: null,
  ...more,
});

export const failed = (at: Date, failure: Failure = denied): Outcome =>
  outcome(at, [candidate('scan-incomplete', '/', { evidence: {} })], { completeness: 'failed', failure });

export interface Run {
  report: Report;
  finding: Finding | undefined;
  news: News | null;
  memory: Memory;
}

/** One run of the monitor: judge, tell, remember. `told` false: the alert could not be published. */
export function run(memory: Memory | null, seen: Outcome, told = true, settings: AlertSettings = usual): Run {
  const now = new Date(seen.startedAt);
  const report = assembleReport(seen, judge(memory, seen, now));
  const news = newsOf(memory, seen, report, settings, now);
  return {
    report,
    finding: report.findings[0],
    news,
    memory: remember(memory, seen, report, { now, told: told && news !== null, settings }),
  };
}

/** Runs one after the other; answers the last. */
export function runs(...all: Outcome[]): Run {
  let memory: Memory | null = null;
  let last: Run | null = null;
  for (const seen of all) {
    last = run(memory, seen);
    memory = last.memory;
  }
  return last!;
}
