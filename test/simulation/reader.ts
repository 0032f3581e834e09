import { atLeast, type Severity } from '../../src/findings/kinds.ts';
import type { Candidate } from '../../src/findings/report.ts';
import { sees, type Seen } from '../../src/history/sees.ts';
import { nameOf, type Moment, type RunTrace, type Sent, type Trace } from './trace.ts';

const hour = 3_600_000;
const remindAfterMs = 168 * hour;
/** A schedule is never exact: a reminder may come so much early. */
const toleranceMs = hour;

/** What the reader of the alerts believes of one finding. `sure`: the product knows that he was told. */
interface Belief {
  severity: Severity;
  at: number;
  sure: boolean;
}

/**
 * Follows the alerts that got out, as a person does, and complains where one says what he knows already or cannot
 * understand. What the product could not remember, because its state was not saved, it may say again.
 */
class Reader {
  readonly open = new Map<string, Belief>();
  /** Told as gone, which the product may have forgotten. */
  readonly perhapsGone = new Set<string>();
  failing: { at: number; sure: boolean } | null = null;
  readonly complaints: string[] = [];

  read({ news }: Sent, at: number, sure: boolean): void {
    if (news === null) {
      this.complaints.push('an alert without news');
      return;
    }
    for (const { finding } of news.fresh) {
      const name = nameOf(finding);
      const before = this.open.get(name);
      if (before?.sure === true) this.complaints.push(`${name} is told as new once more`);
      this.#believe(name, { severity: finding.severity, at, sure });
    }
    for (const { finding } of news.worse) {
      const name = nameOf(finding);
      const before = this.open.get(name);
      if (before === undefined && !this.perhapsGone.has(name))
        this.complaints.push(`${name} got worse and was never told`);
      if (before?.sure === true && atLeast(before.severity, finding.severity))
        this.complaints.push(`${name} did not get worse`);
      this.#believe(name, { severity: finding.severity, at, sure });
    }
    for (const { finding } of news.reminders) {
      const name = nameOf(finding);
      const before = this.open.get(name);
      if (before === undefined && !this.perhapsGone.has(name))
        this.complaints.push(`${name} is brought to mind and was never told`);
      if (before?.sure === true && at - before.at < remindAfterMs - toleranceMs)
        this.complaints.push(`${name} is brought to mind too early`);
      this.#believe(name, { severity: before?.severity ?? finding.severity, at, sure });
    }
    for (const one of news.resolved) {
      const name = nameOf(one);
      if (!this.open.delete(name) && !this.perhapsGone.has(name))
        this.complaints.push(`${name} is gone and was never told`);
      if (sure) this.perhapsGone.delete(name);
      else this.perhapsGone.add(name);
    }
    this.#readFailure(news, at, sure);
  }

  #readFailure({ failed, recovered }: NonNullable<Sent['news']>, at: number, sure: boolean): void {
    if (failed !== null) {
      if (this.failing?.sure === true && !failed.reminder) this.complaints.push('the failure is told as new once more');
      this.failing = { at, sure };
    }
    if (recovered !== null) {
      if (this.failing === null) this.complaints.push('what was never told to have failed is told to work again');
      this.failing = sure ? null : { at, sure };
    }
  }

  #believe(name: string, belief: Belief): void {
    this.open.set(name, belief);
    this.perhapsGone.delete(name);
  }
}

const loaded = ({ accesses: [first] }: RunTrace): boolean =>
  first?.on === 'read' && first.fault !== 'refused' && !(first.fault === 'torn' && first.answer === 'present');

/** True when the state surely holds what this run did. */
const saved = ({ accesses }: RunTrace): boolean => {
  const writes = accesses.filter(({ on }) => on === 'write');
  return writes.some(({ answer }) => answer === 'written') && !writes.some(({ answer }) => answer === 'thrown');
};

/** Lets the reader follow all runs; `after` sees him at the end of each. */
function follow({ runs }: Trace, after: (reader: Reader, run: RunTrace, index: number) => void): Reader {
  const reader = new Reader();
  runs.forEach((run, index) => {
    for (const sent of run.sent) {
      if (sent.delivered) reader.read(sent, run.at.getTime(), sent.answered && saved(run));
    }
    after(reader, run, index);
  });
  return reader;
}

/** Every alert tells something that its reader does not know, unless the product could not remember that he does. */
export const tellsNothingTwice = (trace: Trace): string[] => {
  const told: string[] = [];
  follow(trace, (reader, _, index) => {
    told.push(...reader.complaints.splice(0).map((wrong) => `run ${String(index + 1)}: ${wrong}`));
  });
  const sent = trace.runs.flatMap((run, index) =>
    run.sent.length > 1 ? [`run ${String(index + 1)}: ${String(run.sent.length)} alerts`] : [],
  );
  return [...told, ...sent];
};

/** Past its grace by the rule, whatever the memory says: old at its first sighting, not being deleted, never a stream before. */
function isCertain({ grace, subject }: Candidate, run: RunTrace, { runs }: Trace): boolean {
  if (grace === null) return true;
  if (grace.shrinking || grace.newest === null) return false;
  const isStream = run.moments.every(({ verdicts }) => verdicts[subject] === 'stream');
  const wasStream =
    !isStream && runs.some(({ moments }) => moments.some(({ verdicts }) => verdicts[subject] === 'stream'));
  return !wasStream && run.at.getTime() - Date.parse(grace.newest) >= grace.hours * hour;
}

/** True where something else stands in the place of a finding, so that nobody can tell its end (test/history/sees.test.ts). */
function isHidden(name: string, { candidates, verdicts }: Moment): boolean {
  const space = name.indexOf(' ');
  const entries = Object.entries(verdicts).map(([row, verdict]) => ({ name: row, verdict }));
  const seen: Seen = { mode: 'audit', completeness: 'full', skipped: [], entries, findings: candidates };
  return !sees(seen, { kind: name.slice(0, space), subject: name.slice(space + 1) });
}

/** After a run in which nothing went wrong the reader knows everything that is there, and nothing that is gone. */
export const losesNoAlert = (trace: Trace): string[] => {
  const lost: string[] = [];
  const { minSeverity } = trace.schedule;
  follow(trace, (reader, run, index) => {
    const { report, plan, moments } = run;
    const say = (wrong: string) => lost.push(`run ${String(index + 1)}: ${wrong}`);
    if (trace.schedule.mode !== 'watch' || report === null || !loaded(run) || !plan.notify || plan.publish !== null)
      return;
    if (report.completeness === 'failed' && reader.failing === null) say('that it failed was never told');
    const [moment, ...more] = moments;
    const stale = run.asked.some(({ fault }) => fault?.kind === 'stale-page');
    if (report.completeness !== 'full' || moment === undefined || more.length > 0 || stale) return;
    if (reader.failing?.sure === true) say('that it works again was never told');
    for (const candidate of moment.candidates) {
      if (!atLeast(candidate.severity, minSeverity) || !isCertain(candidate, run, trace)) continue;
      const name = nameOf(candidate);
      const belief = reader.open.get(name);
      if (belief === undefined && !reader.perhapsGone.has(name)) say(`${name} was never told`);
      if (belief?.sure === true && !atLeast(belief.severity, candidate.severity))
        say(`${name} got worse, and nobody was told`);
    }
    const there = new Set(moment.candidates.map(nameOf));
    for (const [name, { sure }] of reader.open) {
      if (sure && !there.has(name) && !isHidden(name, moment)) say(`the end of ${name} was never told`);
    }
  });
  return lost;
};
