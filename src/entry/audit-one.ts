import type { Peer } from '../audit/checks/suspect.ts';
import { nothingKnown } from '../audit/deep/known.ts';
import { nothingEarlier } from '../audit/earlier.ts';
import { failureOf, type Failure } from '../bucket/failure.ts';
import type { StoragePrice } from '../findings/costs.ts';
import { displayText } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';
import { assembleReport } from '../history/assemble.ts';
import { markKnown, type BaselineEntry } from '../history/baseline.ts';
import { judge } from '../history/judge.ts';
import { remember } from '../history/remember.ts';
import { memoryOf, openMemoryStore } from '../history/store.ts';
import { keepHeapSmall } from './heap.ts';
import type { Stop } from './interrupt.ts';
import { lookByHand } from './look-by-hand.ts';
import type { AuditOptions } from './options.ts';
import type { Progress } from './progress.ts';
import type { Target } from './targets.ts';

/** What became of one bucket. */
interface Audited {
  /** Null when the program was interrupted and the audit did not end in time. */
  report: Report | null;
  /** Why the state could not be read or written, in words; null when all went well. */
  trouble: string | null;
}

const wording = ({ code, message }: Failure): string =>
  displayText(message === '' || message === code ? code : `${code}: ${message}`);

/** What all audits of a run have in common. */
interface Common {
  /** Findings of baselines, of any bucket. */
  known: readonly BaselineEntry[];
  peers: readonly Peer[];
  price: StoragePrice;
}

/** Audits one bucket, against what is remembered of it when there is a state. */
export async function auditOne(
  target: Target,
  options: AuditOptions,
  { known, peers, price }: Common,
  stop: Stop,
  progress: Progress,
): Promise<Audited> {
  const { stateConnection } = target;
  const { name } = target.bucket;
  const startedAt = new Date();
  const memories = options.state === null ? null : openMemoryStore(options.state, stateConnection);
  const loaded = memories === null ? null : await stop.before(memories.load(name));
  const memory = memoryOf(name, loaded);
  const deep = options.deep || target.bucket.deep;
  if (deep) keepHeapSmall();
  const depth = memories === null || !deep ? null : await stop.before(memories.loadDepth(name));
  const about = {
    startedAt,
    earlier: memory?.known ?? nothingEarlier,
    peers,
    price,
    slots: options.concurrency,
    ...(deep ? { mode: 'deep' as const, knownDepth: depth?.known ?? nothingKnown } : {}),
  };
  const outcome = await lookByHand(target, options, { stop, progress }, about);
  if (outcome === null) return { report: null, trouble: `${name}: interrupted before anything could be told` };
  const judged = judge(memory, outcome, startedAt);
  const report = assembleReport(outcome, markKnown(judged, known));
  if (memories === null || loaded === null) return { report, trouble: null };
  if (loaded.state === 'unknown') {
    const why = wording(loaded.failure);
    return {
      report,
      trouble: `${name}: the state cannot be read, so this audit stands alone and is not saved (${why})`,
    };
  }
  try {
    const saving = memories.save(name, loaded, (stored) =>
      // As judged: a baseline is an agreement of who runs this audit, and the state is for others too.
      remember(stored, outcome, assembleReport(outcome, judged), { now: startedAt, told: false }),
    );
    await stop.before(saving);
    if (outcome.knownDepth !== null && depth?.replaceable === true) {
      await stop.before(memories.saveDepth(name, outcome.knownDepth));
    }
    return { report, trouble: null };
  } catch (error) {
    return { report, trouble: `${name}: the state cannot be written (${wording(failureOf('PutObject', error))})` };
  }
}
