import type { Outcome } from '../audit/outcome.ts';
import type { Candidate, Finding, Grace, Status } from '../findings/report.ts';
import { hour, isBack, isWithinADay, recordOf, standing } from './episode.ts';
import { fingerprint } from './fingerprint.ts';
import type { Memory, Remembered } from './memory.ts';

/** Something busy cannot hide behind its own activity for longer than this. */
const longestPendingMs = 48 * hour;

/**
 * Judges what an audit suspects by what earlier audits saw: pending, new or ongoing, and since when.
 *
 * @param memory null when there is none: then each audit stands alone, and what is past its grace is new.
 * @param now the clock of the audit; ages are LastModified against it.
 */
export function judge(memory: Memory | null, outcome: Outcome, now: Date): Finding[] {
  const judgeOne = outcome.failure === null ? judgeSeen : judgeUnseen;
  return outcome.candidates.map((candidate) => judgeOne(candidate, { memory, outcome, now }));
}

interface Case {
  memory: Memory | null;
  outcome: Outcome;
  now: Date;
}

function judgeSeen(candidate: Candidate, { memory, outcome, now }: Case): Finding {
  const id = fingerprint(outcome.bucket.name, candidate.kind, candidate.subject);
  const record = recordOf(memory, id);
  const open = standing(record);
  const status = statusOf(candidate, { memory, outcome, now }, open);
  const again =
    isBack(record, now) ||
    (open?.again === true && open.told === null && (open.reported === null || isWithinADay(open.reported, now)));
  return findingOf(candidate, id, status, open?.firstSeen ?? outcome.startedAt, again);
}

/** An audit that failed saw nothing: what it tells is that failure alone, which goes on for as long as the failures do. */
function judgeUnseen(candidate: Candidate, { memory, outcome }: Case): Finding {
  const id = fingerprint(outcome.bucket.name, candidate.kind, candidate.subject);
  const lasting = memory?.failure?.over === null ? memory.failure : null;
  return findingOf(candidate, id, lasting === null ? 'new' : 'ongoing', lasting?.since ?? outcome.startedAt, false);
}

function statusOf({ grace, subject }: Candidate, { memory, outcome, now }: Case, open: Remembered | null): Status {
  // What was once reported never hides as pending again.
  if (open !== null && (open.reported !== null || open.told !== null)) return 'ongoing';
  if (grace === null) return 'new';
  const pending =
    memory === null
      ? isPendingAlone(grace, now)
      : isPendingRemembered(grace, hasLostMarker(subject, memory, outcome), open?.firstSeen, now);
  return pending ? 'pending' : 'new';
}

/** Without memory there is no second audit to wait for: a prefix that is seen shrinking is left to whoever deletes it. */
const isPendingAlone = (grace: Grace, now: Date): boolean =>
  grace.shrinking || (isYoung(grace, now) && (grace.oldest === null || ageOf(grace.oldest, now) < longestPendingMs));

/** It was a stream at the last audit, and is none now: a second audit has to see that. */
const hasLostMarker = (subject: string, { verdicts }: Memory, { entries }: Outcome): boolean =>
  Object.hasOwn(verdicts, subject) &&
  verdicts[subject] === 'stream' &&
  !entries.some(({ name, verdict }) => name === subject && verdict === 'stream');

function isPendingRemembered(grace: Grace, lostMarker: boolean, firstSeen: string | undefined, now: Date): boolean {
  if (firstSeen !== undefined && ageOf(firstSeen, now) >= longestPendingMs) return false;
  return grace.shrinking || lostMarker || isYoung(grace, now);
}

/** An age that is not known counts as young: what is inferred from absence is pending first. */
const isYoung = ({ newest, hours }: Grace, now: Date): boolean => newest === null || ageOf(newest, now) < hours * hour;

const ageOf = (at: string, now: Date): number => now.getTime() - Date.parse(at);

function findingOf(candidate: Candidate, id: string, status: Status, firstSeen: string, again: boolean): Finding {
  const { kind, severity, subject, title, message, why, remedy, evidence } = candidate;
  return {
    id,
    kind,
    severity,
    status,
    subject,
    title,
    message,
    why,
    remedy,
    evidence: again ? { ...evidence, again } : evidence,
    firstSeen,
  };
}
