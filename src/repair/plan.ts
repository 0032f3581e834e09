import { createHash } from 'node:crypto';
import type { Bucket } from '../bucket/bucket.ts';
import type { Tails } from '../bucket/tail.ts';
import type { Report } from '../findings/report.ts';
import { dayOf } from '../parseable/days.ts';
import { gatherMaterial } from './gather.ts';
import type { Note } from './material.ts';
import { Notes } from './notes.ts';
import { planStream, type Write } from './stream-plan.ts';
import { wantedOf, type Wanted } from './wanted.ts';

/** An object to be put into the bucket, and the file that holds it until then. */
export interface PlannedWrite extends Write {
  /** `0001`: by it the files of a plan are named, never by a key. */
  number: string;
  /** Of the body, hex. */
  sha256: string;
}

/** What is planned for one stream. */
export interface StreamPlan {
  prefix: string;
  answers: Wanted['answers'];
  writes: PlannedWrite[];
  notes: Note[];
  /** Why nothing can be planned, in words without a key; null where something can. */
  why: string | null;
  /** A failed read left something out. */
  unread: boolean;
}

/** What would put the metadata of a bucket right. */
export interface Plan {
  bucket: string;
  /** Null for AWS. */
  endpoint: string | null;
  /** RFC 3339. */
  madeAt: string;
  /** When the audit began that it rests on; RFC 3339. */
  auditedAt: string;
  streams: StreamPlan[];
}

/** What a plan is made of. */
export interface PlanOptions {
  bucket: Bucket;
  tails: Tails;
  /** A deep one, of this bucket. */
  report: Pick<Report, 'bucket' | 'startedAt' | 'findings'>;
  now: Date;
}

/** Keys that the AWS CLI would take for something else: no argument holds NUL or bytes that are no text, and it reads files and URLs. */
const unaddressable = (prefix: string): boolean =>
  prefix.includes('\0') || !prefix.isWellFormed() || /^(?:fileb?|https?):\/\//i.test(prefix);

/** Plans for every stream of a report that has a finding which metadata can mend; null where none has. Reads, and writes nothing. */
export async function makePlan({ bucket, tails, report, now }: PlanOptions): Promise<Plan | null> {
  const wanted = wantedOf(report);
  if (wanted.length === 0) return null;
  let count = 0;
  const numbered = (write: Write): PlannedWrite => ({
    ...write,
    number: String(++count).padStart(4, '0'),
    sha256: createHash('sha256').update(write.body).digest('hex'),
  });
  const streams: StreamPlan[] = [];
  for (const one of wanted) {
    const { prefix, answers } = one;
    const notes = new Notes();
    const material = unaddressable(prefix)
      ? { why: 'no command of the AWS CLI can take its keys for what they are', unread: false }
      : await gatherMaterial(bucket, tails, one, notes);
    if ('why' in material) {
      streams.push({ prefix, answers, writes: [], notes: [], ...material });
      continue;
    }
    const writes = planStream(material, dayOf(now), notes).map(numbered);
    if (one.more) notes.add('more');
    const why = writes.length > 0 ? null : 'nothing is left to be changed';
    streams.push({ prefix, answers, writes, notes: notes.list(), why, unread: notes.has('unreadManifest') });
  }
  return {
    bucket: report.bucket.name,
    endpoint: report.bucket.endpoint,
    madeAt: now.toISOString(),
    auditedAt: report.startedAt,
    streams,
  };
}
