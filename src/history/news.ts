import type { Outcome } from '../audit/outcome.ts';
import type { Failure } from '../bucket/failure.ts';
import { severities, type Severity } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { recordOf, standing } from './episode.ts';
import type { Memory, Remembered } from './memory.ts';
import { seenBy, sees } from './sees.ts';
import { isDue, tidingOf, type AlertSettings, type Tiding } from './tiding.ts';

export type NewsStatus = 'failed' | 'new' | 'ongoing' | 'resolved';

/** A finding that is there, and what alerts told of it before. */
export interface Told {
  finding: Finding;
  told: Remembered['told'];
}

/** What there is to tell of one bucket after one audit: one alert, at most. */
export interface News {
  /** The first of failed, new, ongoing, resolved that applies. */
  status: NewsStatus;
  /** The highest of all that is told; error when the audit failed. */
  severity: Severity;
  failed: { failure: Failure; since: string; lastFull: string | null; reminder: boolean } | null;
  /** Gravest first, in all lists of findings. */
  fresh: Told[];
  worse: Told[];
  reminders: Told[];
  resolved: Remembered[];
  /** A failure that was told is over: how long nobody watched. */
  recovered: { since: string; until: string } | null;
  /** Not news, but there: told earlier, or too light to be told. */
  others: Told[];
  /** How many findings, told earlier, this audit could not see: it was not a full one, or was refused a read. */
  unseen: number;
}

/**
 * Finds what is to be told: what is new, got worse, is due for a reminder, was resolved (known only from a full audit), and
 * that an audit failed or works again.
 *
 * @param memory null at the first audit. What alerts told is remembered there, so that nothing is told twice or lost.
 * @returns null when there is nothing to tell: a clean first run is silent.
 */
export function newsOf(
  memory: Memory | null,
  outcome: Outcome,
  report: Report,
  settings: AlertSettings,
  now: Date,
): News | null {
  const ids = new Set(report.findings.map(({ id }) => id));
  const absent = Object.entries(memory?.findings ?? {})
    .filter(([id, record]) => !ids.has(id) && record.told !== null && standing(record) !== null)
    .map(([, record]) => record);
  if (outcome.failure !== null) return newsOfFailure(memory, outcome, outcome.failure, settings, now, absent.length);

  const present = report.findings
    .filter(({ status }) => status !== 'pending' && status !== 'known')
    .map((finding) => ({ finding, told: standing(recordOf(memory, finding.id))?.told ?? null }));
  const tell = (wanted: Tiding | null) =>
    present
      .filter(({ finding, told }) => tidingOf(finding, told, settings, now) === wanted)
      .toSorted((a, b) => grave(b.finding.severity) - grave(a.finding.severity) || aside(a) - aside(b));
  const full = outcome.completeness === 'full';
  const seen = seenBy(outcome);
  const gone = absent.filter((record) => sees(seen, record));
  const news = {
    failed: null,
    fresh: tell('new'),
    worse: tell('worse'),
    reminders: tell('reminder'),
    resolved: gone.toSorted((a, b) => grave(severityTold(b)) - grave(severityTold(a))),
    recovered: full ? recoveryOf(memory, outcome) : null,
    others: tell(null),
    unseen: absent.length - gone.length,
  };
  const status = statusOf(news);
  return status === null ? null : { ...news, status, severity: highest(news) };
}

function newsOfFailure(
  memory: Memory | null,
  outcome: Outcome,
  failure: Failure,
  settings: AlertSettings,
  now: Date,
  unseen: number,
): News | null {
  const before = memory?.failure ?? null;
  const toldAt = before?.toldAt ?? null;
  if (toldAt !== null && !isDue(toldAt, settings, now)) return null;
  return {
    status: 'failed',
    severity: 'error',
    failed: {
      failure,
      since: before?.over === null ? before.since : outcome.startedAt,
      lastFull: memory?.lastFull ?? null,
      reminder: toldAt !== null,
    },
    fresh: [],
    worse: [],
    reminders: [],
    resolved: [],
    recovered: null,
    others: [],
    unseen,
  };
}

function recoveryOf(memory: Memory | null, outcome: Outcome): News['recovered'] {
  const failure = memory?.failure ?? null;
  if (typeof failure?.toldAt !== 'string') return null;
  return { since: failure.since, until: failure.over ?? outcome.startedAt };
}

const grave = (severity: Severity): number => severities.indexOf(severity);

/** What was not seen comes after what was, among findings that are equally grave. */
const aside = ({ finding }: Told): number => (finding.kind === 'scan-incomplete' ? 1 : 0);

const severityTold = ({ told, severity }: Remembered): Severity => told?.severity ?? severity;

type Parts = Omit<News, 'status' | 'severity'>;

function statusOf({ fresh, worse, reminders, resolved, recovered }: Parts): NewsStatus | null {
  if (fresh.length > 0) return 'new';
  if (worse.length > 0 || reminders.length > 0) return 'ongoing';
  return resolved.length > 0 || recovered !== null ? 'resolved' : null;
}

function highest({ fresh, worse, reminders, resolved, recovered }: Parts): Severity {
  const all = [
    ...[...fresh, ...worse, ...reminders].map(({ finding }) => finding.severity),
    ...resolved.map(severityTold),
    ...(recovered === null ? [] : (['error'] as const)),
  ];
  return all.toSorted((a, b) => grave(b) - grave(a))[0] ?? 'note';
}
