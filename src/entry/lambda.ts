import type { Logger } from '@aws-lambda-powertools/logger';
import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import type { Context } from 'aws-lambda';
import pLimit from 'p-limit';
import { publishAlert } from '../alerts/publish.ts';
import { audit } from '../audit/audit.ts';
import type { Peer } from '../audit/checks/suspect.ts';
import { openBucket } from '../bucket/bucket.ts';
import { defaultConnection, type Connection } from '../bucket/connection.ts';
import type { BucketConfig } from '../config/config.ts';
import type { Completeness, Report } from '../findings/report.ts';
import { openMemoryStore, type MemoryStore } from '../history/store.ts';
import type { FormatName } from '../report/formats.ts';
import { summaryLine } from '../report/summary.ts';
import { chooseBuckets, readEvent } from './event.ts';
import { keepHeapSmall } from './heap.ts';
import { findPeers } from './peers.ts';
import { newRunId } from './run-id.ts';
import { loadSettings, type Settings } from './settings.ts';
import { emitFigures, openTelemetry, type Telemetry } from './telemetry.ts';
import { auditSignal, type TimeLimit } from './time.ts';
import { watchBucket, type Watched } from './watch.ts';

/** What an invocation answers. */
export interface RunResult {
  runId: string;
  buckets: { name: string; completeness: Completeness; summary: Report['summary']; reportUrl: string | null }[];
}

/** Some bucket of a run failed, or its alert or state did; all the others were done before this is thrown. */
export class RunFailed extends Error {
  override name = 'RunFailed';
}

/** Buckets looked at at a time: one slow store does not hold up the rest, and a small Lambda's memory holds them. */
const lanes = 3;

const connectionOf = ({ endpoint, region, roleArn, expectedOwner }: BucketConfig): Connection => ({
  ...defaultConnection,
  endpoint,
  region,
  roleArn,
  expectedOwner,
});

interface Run {
  id: string;
  settings: Settings;
  /** Null: as each bucket is configured. */
  deep: boolean | null;
  notify: boolean;
  format: FormatName;
  memories: MemoryStore;
  peers: readonly Peer[];
  now: () => Date;
  telemetry: Telemetry;
}

type Done = { name: string } & ({ watched: Watched } | { thrown: unknown });

/** Watches over one bucket and tells log and metrics how it went. Never throws: the other buckets must have their turn. */
async function watchOne(bucket: BucketConfig, run: Run, timeForAudit: () => AbortSignal | undefined): Promise<Done> {
  const { name } = bucket;
  const began = performance.now();
  const deep = run.deep ?? bucket.deep;
  if (deep) keepHeapSmall();
  const done: Done = await watchBucket(
    {
      bucket,
      alerts: run.settings.alerts,
      runId: run.id,
      deep,
      notify: run.notify,
      format: run.format,
    },
    {
      now: run.now,
      memories: run.memories,
      publish: (alert) => publishAlert(alert, run.settings.topicArn, defaultConnection),
      audit: async (question) => {
        // Only now, when the state is loaded: a slow store of the state must not eat the audit's time.
        const signal = timeForAudit();
        const opened = openBucket(name, connectionOf(bucket), signal === undefined ? {} : { signal });
        try {
          return await audit({
            ...question,
            bucket,
            store: opened,
            peers: run.peers,
            price: run.settings.storagePrice,
          });
        } finally {
          opened.close();
        }
      },
    },
  ).then(
    (watched) => ({ name, watched }),
    (thrown: unknown) => ({ name, thrown }),
  );
  const durationMs = Math.round(performance.now() - began);
  logBucket(run.telemetry.logger, done, durationMs);
  const report = 'watched' in done ? done.watched.report : null;
  emitFigures(run.telemetry.metrics, {
    name,
    report,
    durationMs,
    alertFailed: 'watched' in done && done.watched.alertFailed,
  });
  return done;
}

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown));

function troublesOf(done: Done): string[] {
  return 'watched' in done ? done.watched.troubles : [`the audit broke off (${messageOf(done.thrown)})`];
}

/** One line for each bucket. It carries counts and addresses, never a key or a body. */
function logBucket(logger: Logger, done: Done, durationMs: number): void {
  const troubles = troublesOf(done);
  if (!('watched' in done)) {
    logger.error(`${done.name}: ${troubles.join('; ')}`, { bucket: done.name, durationMs, troubles });
    return;
  }
  const { report, reportUrl } = done.watched;
  const facts = {
    bucket: done.name,
    completeness: report.completeness,
    summary: report.summary,
    requests: report.requests,
    durationMs,
    reportUrl,
    ...(troubles.length === 0 ? {} : { troubles }),
  };
  if (troubles.length > 0) logger.error(summaryLine(report), facts);
  else if (report.completeness === 'full') logger.info(summaryLine(report), facts);
  else logger.warn(summaryLine(report), facts);
}

async function runAll(event: unknown, limit: TimeLimit, now: () => Date, telemetry: Telemetry): Promise<RunResult> {
  const request = readEvent(event);
  const settings = await loadSettings(process.env, import.meta.dirname);
  const buckets = chooseBuckets(settings.buckets, request.buckets);
  const id = newRunId(now());
  telemetry.logger.appendKeys({ runId: id });
  const memories = openMemoryStore(settings.stateUrl, defaultConnection);
  const members = settings.buckets.map((bucket) => ({ name: bucket.name, connection: connectionOf(bucket) }));
  const peers = await findPeers(members, memories);
  const { deep, notify, format } = request;
  const run: Run = { id, settings, deep, notify, format, memories, peers, now, telemetry };
  const lane = pLimit(lanes);
  let left = buckets.length;
  const all = await Promise.all(
    buckets.map((bucket) =>
      lane(() => {
        const waiting = left--;
        return watchOne(bucket, run, () => auditSignal(limit, waiting, lanes));
      }),
    ),
  );
  const failed = all.filter((done) => troublesOf(done).length > 0);
  if (failed.length > 0) {
    const told = failed.map((done) => `${done.name}: ${troublesOf(done).join('; ')}`);
    throw new RunFailed(
      `${String(failed.length)} of ${String(all.length)} buckets went wrong in run ${id}. ${told.join('. ')}`,
    );
  }
  return {
    runId: id,
    buckets: all.flatMap((done) => {
      if (!('watched' in done)) return [];
      const { report, reportUrl } = done.watched;
      return [{ name: done.name, completeness: report.completeness, summary: report.summary, reportUrl }];
    }),
  };
}

/** What calls the Lambda: AWS, or somebody by hand, who may leave the context out. */
export type Handler = (event: unknown, context?: TimeLimit | null) => Promise<RunResult>;

/**
 * Makes the Lambda's handler: the scheduled run and the manual one.
 * @param options.now the clock by which ages, graces and reminders are judged; the demo sets it ahead
 */
export function makeHandler({ now = () => new Date() }: { now?: () => Date } = {}): Handler {
  const telemetry = openTelemetry();
  const run = middy((event: unknown, context: Context) => runAll(event, context, now, telemetry), {
    // The audits are ended in good order long before; middy's own early end would cut off alert and state.
    timeoutEarlyInMillis: 0,
  }).use(injectLambdaContext(telemetry.logger, { resetKeys: true }));
  return (event, context) => run(event, (context ?? {}) as Context);
}

/** The handler that AWS Lambda calls. */
export const handler = makeHandler();
