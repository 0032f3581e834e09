import { setImmediate as turn } from 'node:timers/promises';
import type { Alert } from '../../src/alerts/mail.ts';
import { audit } from '../../src/audit/audit.ts';
import { nothingKnown, type KnownDepth } from '../../src/audit/deep/known.ts';
import { nothingEarlier } from '../../src/audit/earlier.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { openBucket } from '../../src/bucket/bucket.ts';
import { defaultConnection } from '../../src/bucket/connection.ts';
import { bucketDefaults, type BucketConfig } from '../../src/config/config.ts';
import { watchBucket } from '../../src/entry/watch.ts';
import type { Report } from '../../src/findings/report.ts';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import type { Memory } from '../../src/history/memory.ts';
import { newsOf } from '../../src/history/news.ts';
import { remember } from '../../src/history/remember.ts';
import { memoryOf, storeOn, type MemoryStore } from '../../src/history/store.ts';
import { exitCode } from '../../src/report/exit.ts';
import { renderJson } from '../../src/report/json.ts';
import { renderText } from '../../src/report/text.ts';
import { startS3, StoredBucket, type Fault, type S3, type StoredObject } from '../s3/server.ts';
import type { RunPlan, Schedule } from './schedule.ts';
import { scheduleOf } from './schedule.ts';
import { StatePlace } from './state-place.ts';
import type { Moment, RunTrace, Sent, Trace } from './trace.ts';
import { undisturbedAudit } from './undisturbed.ts';
import { faultFor, fateOf } from './weather.ts';
import { beginning, bucketOf, firstLevel, namesOf, objectsOf, stepsOf, take } from './world.ts';

const bucketName = 'simulated';
/** A run that takes longer than this hangs; none waits for anything but the requests that stall. */
const limitMs = 120_000;

interface Stage {
  schedule: Schedule;
  config: BucketConfig;
  s3: S3;
  bucket: StoredBucket;
  place: StatePlace;
}

/** What the product made of one run, before anybody compares it with the truth. */
interface Product {
  outcome: Outcome;
  memory: Memory | null;
  report: Report;
  sent: Sent[];
  troubles: string[];
  texts: string[];
}

/** Plays the schedule of a seed. The same seed gives the same trace, whatever the machine is busy with. */
export async function play(seed: number): Promise<Trace> {
  const schedule = scheduleOf(seed);
  const bucket = bucketOf(schedule);
  const s3 = await startS3({ buckets: { [bucketName]: bucket }, pageSize: schedule.pageSize, keepListings: true });
  const { serverVersion, multiTenant } = schedule;
  const allow = schedule.allow.map((prefix) => ({ prefix, reason: null, owner: null, expires: null }));
  const config = { ...bucketDefaults(bucketName), serverVersion, multiTenant, allow };
  const stage: Stage = { schedule, config, s3, bucket, place: new StatePlace(bucketName) };
  const runs: RunTrace[] = [];
  let at = beginning;
  try {
    for (const plan of schedule.runs) {
      at = new Date(at.getTime() + plan.afterMs);
      const run = await playRun(stage, plan, at);
      runs.push(run);
      if (!run.ended) break;
    }
  } finally {
    await s3.close();
  }
  return { schedule, runs };
}

async function playRun(stage: Stage, plan: RunPlan, at: Date): Promise<RunTrace> {
  const { schedule, s3, bucket, place } = stage;
  const storesNow = new Date(at.getTime() + schedule.skewMs);
  for (const change of plan.changes) {
    if (change.at === null) for (const step of stepsOf(change, bucket, storesNow)) take(bucket, step);
  }
  const names = namesOf(bucket);
  const snapshots: StoredObject[][] = [objectsOf(bucket)];
  const faults: (Fault | null)[] = [];
  const stop = new AbortController();
  // The steps of a change are taken one by one, each before one more request.
  const waiting: ReturnType<typeof stepsOf>[] = [];
  const touched = new Map<string, Set<unknown>>();
  s3.requests.length = 0;
  place.begin(plan.state);
  s3.fail((request) => {
    const index = faults.length;
    if (index === plan.stopAt) stop.abort();
    for (const change of plan.changes) {
      if (change.at === index) waiting.push(stepsOf(change, bucket, storesNow));
    }
    for (const steps of waiting) {
      const step = steps.shift();
      if (step === undefined) continue;
      const name = firstLevel('put' in step ? step.put.key : step.remove);
      touched.set(name, (touched.get(name) ?? new Set()).add(steps));
      take(bucket, step);
      snapshots.push(objectsOf(bucket));
    }
    const fault = faultFor(plan.disturbances, names, request);
    faults.push(fault);
    return fault;
  });

  const unhandled: string[] = [];
  const hear = (reason: unknown) => void unhandled.push(String(reason));
  process.on('unhandledRejection', hear);
  let product: Product | null = null;
  let crash: string | null = null;
  let ended = true;
  let timer: NodeJS.Timeout | undefined;
  try {
    const deadline = new Promise<'late'>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'late');
    });
    const done = await Promise.race([produce(stage, plan, at, stop.signal), deadline]);
    if (done === 'late') ended = false;
    else product = done;
  } catch (error) {
    crash = error instanceof Error ? (error.stack ?? error.message) : String(error);
  } finally {
    clearTimeout(timer);
  }
  await turn();
  process.off('unhandledRejection', hear);

  const asked = s3.requests.map((request, index) => {
    const fault = faults[index] ?? null;
    const { target, attempt, operation, status } = request;
    return { target, attempt, operation, status, fault, fate: fateOf(request, fault, bucket) };
  });
  const memory = product?.memory ?? null;
  const moments: Moment[] = [];
  for (const objects of snapshots) moments.push(await momentOf(stage, objects, at, memory));
  return {
    plan,
    at,
    // What is sent at once arrives in any order.
    asked:
      schedule.concurrency === 1 ? asked : asked.toSorted((a, b) => order(a.target, b.target) || a.attempt - b.attempt),
    moments,
    contested: [...touched].filter(([, by]) => by.size > 1).map(([name]) => name),
    report: product?.report ?? null,
    exit: product === null ? null : exitCode([product.report], 'warning'),
    sent: product?.sent ?? [],
    troubles: product?.troubles ?? [],
    accesses: place.accesses,
    memory: place.memory(),
    texts: product?.texts ?? [],
    crash,
    unhandled,
    ended,
    writes: s3.writes.length,
  };
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

async function momentOf(
  { config, schedule: { pageSize, deep } }: Stage,
  objects: readonly StoredObject[],
  at: Date,
  memory: Memory | null,
): Promise<Moment> {
  const earlier = memory?.known ?? nothingEarlier;
  const stored = new StoredBucket({ objects });
  const outcome = await undisturbedAudit(config, stored, pageSize, at, earlier, deep ? 'deep' : 'audit');
  return {
    candidates: outcome.candidates,
    findings: judge(memory, outcome, at),
    verdicts: Object.fromEntries(outcome.entries.map(({ name, verdict }) => [name, verdict])),
    requests: outcome.requests.list + outcome.requests.get + 2,
  };
}

async function produce(stage: Stage, plan: RunPlan, at: Date, signal: AbortSignal): Promise<Product> {
  const { schedule, config, s3, place } = stage;
  const { concurrency, sends, requestTimeoutMs, withState, mode, deep } = schedule;
  const store = openBucket(
    bucketName,
    { ...defaultConnection, endpoint: s3.url },
    {
      retryDelayMs: 0,
      concurrency,
      attempts: sends,
      signal,
      ...(requestTimeoutMs === null ? {} : { requestTimeoutMs }),
    },
  );
  // A fresh one for each run, as after a cold start.
  const memories = storeOn(place.shelf);
  const look = async (memory: Memory | null, knownDepth: KnownDepth) => {
    const earlier = memory?.known ?? nothingEarlier;
    const how = deep ? { mode: 'deep' as const, knownDepth, slots: concurrency } : {};
    return settled(await audit({ bucket: config, store, startedAt: at, earlier, ...how }), s3.url);
  };
  try {
    if (mode === 'watch') return await watching(stage, plan, at, memories, look);
    return await byHand(at, withState ? memories : null, look);
  } finally {
    store.close();
  }
}

/** The outcome without what no seed decides: how long it took, and the port of the server. */
const settled = (outcome: Outcome, url: string): Outcome => ({
  ...(JSON.parse(JSON.stringify(outcome).replaceAll(url, 'http://s3')) as Outcome),
  finishedAt: outcome.startedAt,
});

type Look = (memory: Memory | null, knownDepth: KnownDepth) => Promise<Outcome>;

/** What a person and a program read; for a person only once in a while, for it takes the longest. */
const printed = (report: Report, at: Date): string[] => [
  ...(report.completeness === 'full' ? [] : [renderText([report], { width: 80, colour: false, now: at })]),
  renderJson([report], { array: false }),
];

/** The pieces of `bucket-hygiene audit`, as the command line puts them together. */
async function byHand(at: Date, memories: MemoryStore | null, look: Look): Promise<Product> {
  const loaded = memories === null ? null : await memories.load(bucketName);
  const memory = memoryOf(bucketName, loaded);
  const depth = (await memories?.loadDepth(bucketName)) ?? null;
  const outcome = await look(memory, depth?.known ?? nothingKnown);
  const report = assembleReport(outcome, judge(memory, outcome, at));
  const troubles: string[] = [];
  if (loaded?.state === 'unknown') troubles.push(`the state cannot be read (${loaded.failure.code})`);
  else if (memories !== null && loaded !== null) {
    try {
      await memories.save(bucketName, loaded, (stored) => remember(stored, outcome, report, { now: at, told: false }));
      if (outcome.knownDepth !== null) await memories.saveDepth(bucketName, outcome.knownDepth);
    } catch (error) {
      troubles.push(`the state cannot be written (${error instanceof Error ? error.name : String(error)})`);
    }
  }
  return { outcome, memory, report, sent: [], troubles, texts: [...printed(report, at), ...troubles] };
}

/** The Lambda's watch over one bucket. */
async function watching(
  { schedule, config }: Stage,
  plan: RunPlan,
  at: Date,
  memories: MemoryStore,
  look: Look,
): Promise<Product> {
  const alerts = { topicArn: null, minSeverity: schedule.minSeverity, remindAfterHours: 168 };
  const sent: Sent[] = [];
  const texts: string[] = [];
  let memory: Memory | null = null;
  const seen: { outcome: Outcome | null } = { outcome: null };
  const publish = async (alert: Alert) => {
    const { outcome } = seen;
    const news =
      outcome === null
        ? null
        : newsOf(memory, outcome, assembleReport(outcome, judge(memory, outcome, at)), alerts, at);
    texts.push(alert.subject, alert.message);
    sent.push({
      status: alert.attributes.status,
      news,
      delivered: plan.publish !== 'fails',
      answered: plan.publish === null,
    });
    if (plan.publish !== null)
      throw Object.assign(new Error('the simulation wants it'), { name: 'InternalErrorException' });
  };
  const { report, troubles } = await watchBucket(
    { bucket: config, alerts, runId: '01KB0000000000000000000000', deep: schedule.deep, notify: plan.notify },
    {
      now: () => at,
      publish,
      memories: {
        ...memories,
        load: async (name) => {
          const loaded = await memories.load(name);
          memory = memoryOf(name, loaded);
          return loaded;
        },
      },
      audit: async (question) => {
        seen.outcome = await look(memory, question.mode === 'deep' ? question.knownDepth : nothingKnown);
        return seen.outcome;
      },
    },
  );
  const { outcome } = seen;
  if (outcome === null) throw new Error('the watch ended without an audit');
  return { outcome, memory, report, sent, troubles, texts: [...printed(report, at), ...texts, ...troubles] };
}
