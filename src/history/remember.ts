import type { Outcome } from '../audit/outcome.ts';
import type { Finding, Report } from '../findings/report.ts';
import { isBack, isWithinADay, recordOf, standing } from './episode.ts';
import { emptyMemory, type Memory, type Remembered, type RememberedFailure } from './memory.ts';
import { seenBy, sees, type Seen } from './sees.ts';
import { tidingOf, type AlertSettings } from './tiding.ts';

const usualSettings: AlertSettings = { minSeverity: 'warning', remindAfterHours: 168 };

interface Telling {
  /** The clock of the audit. */
  now: Date;
  /** True when an alert with the news of this audit got out; false leaves them for the next run. */
  told: boolean;
  /** By these it was decided what the alert told. */
  settings?: AlertSettings;
}

interface Case extends Required<Telling> {
  outcome: Outcome;
  /** When the audit began, as the memory writes times. */
  at: string;
  full: boolean;
  seen: Seen;
}

/**
 * The memory after an audit. A partial audit forgets nothing that it did not see, a failed one nothing at all.
 *
 * @param memory what is stored now. Another run may have written it since this audit began; what that run saw first or told
 *   is kept. Doing it twice with the same audit changes no more than how often a finding was seen.
 */
export function remember(memory: Memory | null, outcome: Outcome, report: Report, telling: Telling): Memory {
  const before = memory ?? emptyMemory(outcome.bucket.name);
  const one: Case = {
    settings: usualSettings,
    ...telling,
    outcome,
    at: outcome.startedAt,
    full: outcome.completeness === 'full',
    seen: seenBy(outcome),
  };
  const last = before.lastAudit;
  if (last !== null && last.startedAt > outcome.startedAt) return rememberBelated(before, report, one);
  const { startedAt, completeness } = outcome;
  const after = { ...before, lastAudit: { startedAt, completeness }, failure: failureAfter(before.failure, one) };
  if (outcome.failure !== null) return { ...after, findings: unseenAfter(before.findings, new Set(), one) };
  return {
    ...after,
    lastFull: one.full ? startedAt : before.lastFull,
    findings: findingsAfter(before, report, one),
    verdicts: verdictsAfter(before, one),
    known: one.full
      ? outcome.known
      : {
          ...outcome.known,
          markers: { ...before.known.markers, ...outcome.known.markers },
          rewritten: { ...before.known.rewritten, ...outcome.known.rewritten },
        },
  };
}

function findingsAfter(before: Memory, report: Report, one: Case): Memory['findings'] {
  const seen = report.findings.map((finding): [string, Remembered] => [
    finding.id,
    sighted(recordOf(before, finding.id), finding, one),
  ]);
  const ids = new Set(seen.map(([id]) => id));
  return { ...unseenAfter(before.findings, ids, one), ...Object.fromEntries(seen) };
}

function sighted(record: Remembered | null, finding: Finding, one: Case): Remembered {
  const open = standing(record);
  const { kind, subject, severity, status, evidence } = finding;
  // Another run told meanwhile that it is gone, which this audit did not know: the next one tells that it is back.
  const overtaken = record !== null && open === null && status === 'ongoing';
  const reported = status === 'pending' || overtaken ? null : one.at;
  return {
    kind,
    subject,
    severity,
    firstSeen: firstSeenOf(record, open, finding, one),
    lastSeen: one.at,
    timesSeen: (open?.timesSeen ?? 0) + 1,
    evidence: { objects: evidence.objects ?? null, bytes: evidence.bytes ?? null },
    again: open?.again ?? isBack(record, one.now),
    reported: open?.reported ?? reported,
    told: overtaken ? null : toldAfter(open?.told ?? null, finding, one),
    resolved: null,
  };
}

function firstSeenOf(record: Remembered | null, open: Remembered | null, { firstSeen }: Finding, { at }: Case): string {
  if (open !== null) return open.firstSeen < firstSeen ? open.firstSeen : firstSeen;
  return record === null ? firstSeen : at;
}

function toldAfter(told: Remembered['told'], finding: Finding, one: Case): Remembered['told'] {
  if (!one.told) return told;
  switch (tidingOf(finding, told, one.settings, one.now)) {
    case null:
      return told;
    case 'new':
    case 'worse':
      return { at: one.at, severity: finding.severity };
    case 'reminder':
      // The gravest that was told stays: what falls and rises again is no news.
      return { at: one.at, severity: told?.severity ?? finding.severity };
  }
}

function unseenAfter(findings: Memory['findings'], seen: ReadonlySet<string>, one: Case): Memory['findings'] {
  const kept = Object.entries(findings).flatMap(([id, record]): [string, Remembered][] => {
    if (seen.has(id)) return [];
    const after = unseen(record, one);
    return after === null ? [] : [[id, after]];
  });
  return Object.fromEntries(kept);
}

/** What is kept of a finding that this audit did not see; null when there is nothing left to remember. */
function unseen(record: Remembered, one: Case): Remembered | null {
  const { told, at, now } = one;
  const seen = sees(one.seen, record);
  if (record.resolved !== null) {
    const owed = record.resolved.owed && !(seen && told);
    return owed || isWithinADay(record.resolved.at, now) ? { ...record, resolved: { ...record.resolved, owed } } : null;
  }
  if (!seen) return record.reported === null && standsWhole(record, one) ? null : record;
  if (record.reported === null) return null;
  return { ...record, resolved: { at, owed: record.told !== null && !told } };
}

/** A stream that stands whole again ends what was only pending of its making or its end, in a partial audit too. */
const standsWhole = ({ kind, subject }: Remembered, { outcome }: Case): boolean =>
  (kind === 'orphaned-stream-data' || kind === 'stream-leftover') &&
  outcome.entries.some(({ name, verdict }) => name === subject && verdict === 'stream');

function failureAfter(before: RememberedFailure | null, one: Case): RememberedFailure | null {
  const { outcome, at, full, told } = one;
  if (outcome.failure !== null) {
    const lasting = before?.over === null ? before : null;
    return { since: lasting?.since ?? at, toldAt: told ? at : (before?.toldAt ?? null), over: null };
  }
  if (!full || before === null) return before;
  return before.toldAt === null || told ? null : { ...before, over: before.over ?? at };
}

/** The rows of a full audit, for each the last verdict that was known. */
function verdictsAfter(before: Memory, { outcome, full }: Case): Memory['verdicts'] {
  const rows = outcome.entries.flatMap(({ name, verdict }): [string, string][] => {
    if (verdict !== 'unknown') return [[name, verdict]];
    const known = Object.hasOwn(before.verdicts, name) ? before.verdicts[name] : undefined;
    return known === undefined ? [] : [[name, known]];
  });
  return { ...(full ? {} : before.verdicts), ...Object.fromEntries(rows) };
}

/**
 * What an audit adds to a memory that a later audit has already written: what it told, no more. Its view of the bucket is
 * the older one.
 */
function rememberBelated(stored: Memory, report: Report, one: Case): Memory {
  if (!one.told) return stored;
  if (one.outcome.failure !== null) {
    const { failure } = stored;
    const toldAt = failure !== null && failure.toldAt !== null && failure.toldAt > one.at ? failure.toldAt : one.at;
    return { ...stored, failure: { since: one.at, over: null, ...failure, toldAt } };
  }
  const findings = { ...stored.findings };
  for (const finding of report.findings) {
    const record = recordOf(stored, finding.id);
    if (record === null) {
      // Told as new, and gone before the later audit looked: kept as standing, so that the next one tells it is gone.
      if (finding.status === 'new') findings[finding.id] = sighted(null, finding, one);
    } else if (standing(record) !== null) {
      findings[finding.id] = { ...record, told: toldAfter(record.told, finding, one) };
    } else {
      // Settled for good before this alert told it: its reader waits for the end of it.
      const told = toldAfter(null, finding, one);
      if (told !== null) findings[finding.id] = { ...record, told, resolved: owed(record) };
    }
  }
  if (one.full) {
    const seen = new Set(report.findings.map(({ id }) => id));
    for (const [id, record] of Object.entries(stored.findings)) {
      if (!seen.has(id) && sees(one.seen, record)) findings[id] = goneTold(record, one);
    }
  }
  return { ...stored, findings };
}

const owed = ({ resolved }: Remembered): Remembered['resolved'] =>
  resolved === null ? null : { ...resolved, owed: true };

/** What becomes of a finding of which a belated alert told that it is gone. */
function goneTold(record: Remembered, { at }: Case): Remembered {
  if (record.resolved !== null) return { ...record, resolved: { ...record.resolved, owed: false } };
  // The later audit saw it: it is back, and the next alert tells so.
  if (record.told !== null && record.told.at < at) return { ...record, told: null, again: true, reported: null };
  return record;
}
