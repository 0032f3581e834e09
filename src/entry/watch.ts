import { composeAlert, type Alert } from '../alerts/mail.ts';
import { nothingKnown, type KnownDepth } from '../audit/deep/known.ts';
import { nothingEarlier, type Earlier } from '../audit/earlier.ts';
import type { Outcome } from '../audit/outcome.ts';
import { failureOf } from '../bucket/failure.ts';
import type { BucketConfig, Config } from '../config/config.ts';
import type { Report } from '../findings/report.ts';
import { assembleReport } from '../history/assemble.ts';
import { judge } from '../history/judge.ts';
import { newsOf } from '../history/news.ts';
import { remember } from '../history/remember.ts';
import { memoryOf, type MemoryStore } from '../history/store.ts';
import { formats, render, type FormatName, type Manner } from '../report/formats.ts';

/** What the watch over one bucket reaches outside itself; all of it is passed in. */
export interface Ports {
  /** Read once, before the first request. */
  now: () => Date;
  audit: (question: AuditQuestion) => Promise<Outcome>;
  memories: MemoryStore;
  publish: (alert: Alert) => Promise<void>;
}

/** What an audit is asked, and what it may know. */
export type AuditQuestion = { startedAt: Date; earlier: Earlier } & (
  { mode: 'audit' } | { mode: 'deep'; knownDepth: KnownDepth }
);

/** How the watch over one bucket is meant. */
export interface Watch {
  bucket: BucketConfig;
  alerts: Config['alerts'];
  runId: string;
  /** Look into the streams as well. */
  deep: boolean;
  /** False publishes nothing and leaves the news untold for the next run. */
  notify: boolean;
  /** Of the report that is named as the whole one, JSON when unset; JSON is stored in any case. */
  format?: FormatName;
}

/** What became of one bucket in one run. */
export interface Watched {
  report: Report;
  /** Where it lies in the format that was wanted, else as JSON; null when it could not be, or was not to be, stored. */
  reportUrl: string | null;
  alertFailed: boolean;
  /** Why the whole run has to be called failed, in words for the log; empty when all went well. A partial audit is no trouble. */
  troubles: string[];
}

const wording = (operation: string, thrown: unknown): string => {
  const { code, message } = failureOf(operation, thrown);
  return message === '' || message === code ? code : `${code}: ${message}`;
};

/** How a stored report is laid out: for no terminal, and without the pages of the kinds, which the bundle does not hold. */
const mannerOf = ({ serverVersion }: BucketConfig, now: Date): Manner => ({
  array: false,
  width: 80,
  colour: false,
  now,
  serverVersion,
  failOn: 'warning',
  pages: new Map(),
});

/**
 * Watches over one bucket: remembers, audits, judges, stores the report, tells the news, remembers anew, in this order.
 * The state is saved after the alert is out: a crash between the two repeats an alert rather than swallowing it.
 */
export async function watchBucket(
  { bucket, alerts, runId, deep, notify, format = 'json' }: Watch,
  ports: Ports,
): Promise<Watched> {
  const troubles: string[] = [];
  const startedAt = ports.now();
  const loaded = await ports.memories.load(bucket.name);
  const memory = memoryOf(bucket.name, loaded);
  const depth = deep ? await ports.memories.loadDepth(bucket.name) : null;
  const outcome = await ports.audit({
    startedAt,
    earlier: memory?.known ?? nothingEarlier,
    ...(depth === null ? { mode: 'audit' } : { mode: 'deep', knownDepth: depth.known ?? nothingKnown }),
  });
  const report = assembleReport(outcome, judge(memory, outcome, startedAt));
  if (outcome.failure !== null) {
    const { operation, code, message } = outcome.failure;
    troubles.push(`the audit failed (${operation}: ${code}${message === '' ? '' : `, ${message}`})`);
  }

  // Without the memory nobody knows what is news and what was told: nothing is alerted, and nothing overwritten.
  if (loaded.state === 'unknown') {
    const { code, message } = loaded.failure;
    troubles.push(
      `the state could not be read (${code}${message === '' ? '' : `: ${message}`}), so nothing was alerted or saved`,
    );
    return { report, reportUrl: null, alertFailed: false, troubles };
  }

  let reportUrl: string | null = null;
  for (const wanted of new Set<FormatName>(['json', format])) {
    try {
      const document = await render(wanted, [report], mannerOf(bucket, startedAt));
      reportUrl = await ports.memories.putReport(
        bucket.name,
        startedAt.toISOString(),
        formats[wanted].extension,
        document,
      );
    } catch (error) {
      const as = wanted === 'json' ? '' : ` as ${wanted}`;
      troubles.push(`the report could not be stored${as} (${wording('PutObject', error)})`);
    }
  }

  const news = notify ? newsOf(memory, outcome, report, alerts, startedAt) : null;
  let told = false;
  if (news !== null) {
    try {
      await ports.publish(composeAlert(news, report, { bucket, reportUrl, runId, now: startedAt }));
      told = true;
    } catch (error) {
      troubles.push(`the alert could not be published (${wording('Publish', error)}), the next run tells it`);
    }
  }

  try {
    await ports.memories.save(bucket.name, loaded, (stored) =>
      remember(stored, outcome, report, { now: startedAt, told, settings: alerts }),
    );
  } catch (error) {
    const again = told ? ', the next run may tell the same news again' : '';
    troubles.push(`the state could not be written (${wording('PutObject', error)})${again}`);
  }
  if (outcome.knownDepth !== null && depth?.replaceable === true) {
    try {
      await ports.memories.saveDepth(bucket.name, outcome.knownDepth);
    } catch (error) {
      troubles.push(
        `what was seen inside the streams could not be kept (${wording('PutObject', error)}), the next run begins anew`,
      );
    }
  }
  return { report, reportUrl, alertFailed: news !== null && !told, troubles };
}
