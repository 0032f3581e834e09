import type { Candidate, Finding, Report, Verdict } from '../../src/findings/report.ts';
import type { Memory } from '../../src/history/memory.ts';
import type { News } from '../../src/history/news.ts';
import type { Fault } from '../s3/server.ts';
import type { RunPlan, Schedule } from './schedule.ts';
import type { Access } from './state-place.ts';

/** A request to the watched bucket, and what became of it. */
export interface Asked {
  target: string;
  attempt: number;
  operation: string;
  status: number | null;
  fault: Fault | null;
  /** `lost`: this answer cannot be used. `unsure`: there was nothing in it to lose. */
  fate: 'fine' | 'lost' | 'unsure';
}

/** What an undisturbed audit of one moment says. */
export interface Moment {
  candidates: Candidate[];
  /** The same, judged by the memory that the disturbed run had. */
  findings: Finding[];
  verdicts: Record<string, Verdict>;
  requests: number;
}

/** An alert that the product wanted to send. */
export interface Sent {
  status: string;
  news: News | null;
  /** Whether it reached anybody, and whether the product knows. */
  delivered: boolean;
  answered: boolean;
}

/** All that was seen of one run. */
export interface RunTrace {
  plan: RunPlan;
  at: Date;
  asked: Asked[];
  /** Every moment of the bucket while the run went on, the first one at its beginning. */
  moments: Moment[];
  /**
   * First-level names that two changes or more touched while the run went on. A look is no snapshot: of these it may see a
   * mixture that was there at no moment.
   */
  contested: string[];
  /** Null when the run crashed or did not end. */
  report: Report | null;
  exit: number | null;
  sent: Sent[];
  troubles: string[];
  accesses: Access[];
  /** The state after the run. */
  memory: Memory | null;
  /** Everything that somebody may read. */
  texts: string[];
  crash: string | null;
  unhandled: string[];
  ended: boolean;
  /** Requests that would have changed the watched bucket. */
  writes: number;
}

export interface Trace {
  schedule: Schedule;
  runs: RunTrace[];
}

/** A finding by what it is about. */
export const nameOf = ({ kind, subject }: { kind: string; subject: string }): string => `${kind} ${subject}`;
