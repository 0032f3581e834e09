import { atLeast, type Severity } from '../../src/findings/kinds.ts';
import type { Finding } from '../../src/findings/report.ts';
import { losesNoAlert, tellsNothingTwice } from './reader.ts';
import { nameOf, type Moment, type RunTrace, type Trace } from './trace.ts';

/** What a failed read may add to the truth. */
const ofFailedReads: readonly string[] = ['scan-incomplete', 'stream-metadata-unreadable'];

/** Looks at all that was seen and names what is wrong with it; nothing where all is well. */
export type Invariant = (trace: Trace) => string[];

/** An invariant that each run has to keep by itself. */
const eachRun =
  (look: (run: RunTrace, trace: Trace, index: number) => string[]): Invariant =>
  (trace) =>
    trace.runs.flatMap((run, index) => look(run, trace, index).map((wrong) => `run ${String(index + 1)}: ${wrong}`));

const hasStale = ({ asked }: RunTrace): boolean => asked.some(({ fault }) => fault?.kind === 'stale-page');
const stopped = ({ plan, asked }: RunTrace): boolean => plan.stopAt !== null && asked.length > plan.stopAt;

/** Every moment that an answer of this run may be from: an answer out of date is from any moment before. */
function momentsOf(run: RunTrace, { runs }: Trace, index: number): Moment[] {
  return hasStale(run) ? runs.slice(0, index + 1).flatMap(({ moments }) => moments) : run.moments;
}

/** Findings that have to be true, each by itself. What is pending while the bucket changes is left for the next audit. */
const owedToTruth = ({ report, contested, moments }: RunTrace): Finding[] =>
  (report?.findings ?? []).filter(
    ({ kind, subject, status }) =>
      !ofFailedReads.includes(kind) &&
      !contested.some((name) => subject.startsWith(name)) &&
      !(status === 'pending' && moments.length > 1),
  );

/** What went wrong for good: the last that the run was answered to a question cannot be used. */
function lostForGood({ asked }: RunTrace): { lost: string[]; unsure: boolean } {
  const last = new Map(
    asked.toSorted((a, b) => a.attempt - b.attempt).map(({ target, fate }) => [target, fate] as const),
  );
  const lost = [...last].filter(([, fate]) => fate === 'lost').map(([target]) => target);
  return { lost, unsure: [...last.values()].includes('unsure') };
}

const inventsNothing = eachRun((run, trace, index) => {
  const moments = momentsOf(run, trace, index);
  const holds = new Set(moments.flatMap(({ candidates }) => candidates.map(nameOf)));
  return owedToTruth(run)
    .filter((finding) => !holds.has(nameOf(finding)))
    .map((finding) => `${nameOf(finding)} (${finding.status}) is true at no moment of the run`);
});

const hour = 3_600_000;

/** What is young, or pending when nothing goes wrong, is not told at its first sighting. */
const hurriesNothing = eachRun((run, trace, index) => {
  if (hasStale(run)) return [];
  const moments = momentsOf(run, trace, index);
  const told = owedToTruth(run).filter(({ status }) => status !== 'pending');
  return told.flatMap((finding) => {
    const name = nameOf(finding);
    const same = moments.flatMap(({ findings }) => findings.filter((one) => nameOf(one) === name));
    const candidates = moments.flatMap((moment) => moment.candidates.filter((one) => nameOf(one) === name));
    // By the rule itself, whatever the product's own memory makes of it.
    const young =
      finding.firstSeen === run.at.toISOString() &&
      candidates.every(({ grace }) => {
        const age = (at: string | null | undefined) => run.at.getTime() - Date.parse(at ?? run.at.toISOString());
        return grace !== null && age(grace.newest) < grace.hours * hour && age(grace.oldest) < 48 * hour;
      });
    return (same.length > 0 && same.every(({ status }) => status === 'pending')) || (candidates.length > 0 && young)
      ? [`${name} is ${finding.status}, and has to wait`]
      : [];
  });
});

const exaggeratesNothing = eachRun((run, trace, index) => {
  const gravest = new Map<string, Severity>();
  for (const { candidates } of momentsOf(run, trace, index)) {
    for (const candidate of candidates) {
      const before = gravest.get(nameOf(candidate));
      if (before === undefined || !atLeast(before, candidate.severity)) {
        gravest.set(nameOf(candidate), candidate.severity);
      }
    }
  }
  return owedToTruth(run).flatMap((finding) => {
    const most = gravest.get(nameOf(finding));
    return most === undefined || atLeast(most, finding.severity)
      ? []
      : [`${nameOf(finding)} is called ${finding.severity}, and is ${most}`];
  });
});

const guessesNoRow = eachRun((run, trace, index) => {
  const moments = momentsOf(run, trace, index);
  return (run.report?.entries ?? [])
    .filter(({ name }) => !run.contested.some((one) => name.startsWith(one)))
    .filter(({ verdict, name }) => verdict !== 'unknown' && !moments.some(({ verdicts }) => verdicts[name] === verdict))
    .map(({ name, verdict }) => `${name} is called ${verdict}, which it is at no moment of the run`);
});

/** Told as resolved, or remembered so: gone at some moment of this run, or before it where an answer was out of date. */
const resolvesOnlyWhatIsGone = eachRun((run, trace, index) => {
  const moments = momentsOf(run, trace, index);
  const remembered = Object.values(run.memory?.findings ?? {}).filter(
    ({ resolved }) => resolved?.at === run.at.toISOString(),
  );
  const told = run.sent.flatMap(({ news }) => news?.resolved ?? []);
  return [...new Set([...told, ...remembered].map(nameOf))].flatMap((name) => {
    if (run.report?.completeness !== 'full') return [`${name} is called resolved by an audit that is not full`];
    return moments.every(({ candidates }) => candidates.some((one) => nameOf(one) === name))
      ? [`${name} is called resolved, and stands`]
      : [];
  });
});

/** The prefix that a listing asked for, or the key of an object. */
function placeOf(target: string): string {
  const { pathname, searchParams } = new URL(target, 'http://s3');
  return searchParams.get('prefix') ?? decodeURIComponent(pathname.replace(/^\/[^/]*\//, ''));
}

const callsNothingFullThatIsNot = eachRun((run) => {
  if (run.report?.completeness !== 'full') return [];
  if (stopped(run)) return ['the audit was stopped and calls itself full'];
  // What was deleted meanwhile is no row any more, and needs no answer.
  const names = run.moments.map(({ verdicts }) => Object.keys(verdicts));
  const left = new Set(names.at(-1));
  const matters = (target: string) => {
    const [row] = names
      .flat()
      .filter((name) => placeOf(target).startsWith(name))
      .sort((one, other) => other.length - one.length);
    return row === undefined || left.has(row);
  };
  return lostForGood(run)
    .lost.filter(matters)
    .map((target) => `full, although ${target} never got an answer`);
});

const saysWhatItDidNotSee = eachRun(({ report }) =>
  report === null || report.completeness === 'full' || report.findings.some(({ kind }) => ofFailedReads.includes(kind))
    ? []
    : [`${report.completeness}, and no finding says what was not seen`],
);

/** Where everything healed, the audit is full and tells the truth: no less of it, and no more. */
const healsWhole = eachRun((run, { schedule }) => {
  // With so little patience a busy machine may time out what was not to stall.
  if (schedule.requestTimeoutMs !== null) return [];
  const { report, moments } = run;
  const { lost, unsure } = lostForGood(run);
  const [moment, ...more] = moments;
  if (report === null || lost.length > 0 || unsure || stopped(run) || hasStale(run)) return [];
  if (report.completeness !== 'full') return [`${report.completeness}, although every read was answered in the end`];
  if (moment === undefined || more.length > 0) return [];
  const worded = (findings: Moment['findings']) =>
    findings.map((finding) => `${nameOf(finding)} (${finding.severity}, ${finding.status})`);
  const [told, wanted] = [worded(report.findings), worded(moment.findings)];
  return [
    ...told.filter((one) => !wanted.includes(one)).map((one) => `tells ${one}, which is not so`),
    ...wanted.filter((one) => !told.includes(one)).map((one) => `does not tell ${one}`),
  ];
});

/** Failed is exactly an audit without one page of the root. */
const failsOnlyWithoutRoot = eachRun((run) => {
  if (run.report === null) return [];
  const root = run.asked
    .filter(({ target }) => /[?&]prefix=(&|$)/.test(target) || !/[?&]prefix=/.test(target))
    .filter(({ target, operation }) => operation === 'ListObjectsV2' && !target.includes('continuation-token='));
  const seen = root.some(({ fate }) => fate !== 'lost');
  const failed = run.report.completeness === 'failed';
  if (failed && seen && !stopped(run)) return ['failed, although the root was listed'];
  return !failed && !seen ? ['not failed, although no page of the root was read'] : [];
});

const exitCodeFits = eachRun(({ report, exit }) => {
  if (report === null) return [];
  const open = report.findings.some(({ status, severity }) => status !== 'pending' && severity !== 'note');
  const fits = { full: open ? 1 : 0, partial: 3, failed: 4 }[report.completeness];
  return exit === fits
    ? []
    : [`exit code ${String(exit)} for a ${report.completeness} audit, expected ${String(fits)}`];
});

/** While the state cannot be read nothing is alerted and nothing overwritten, and somebody hears of it. */
const keepsStillWithoutState = eachRun((run) => {
  const [first] = run.accesses;
  const unread =
    first?.on === 'read' && (first.fault === 'refused' || (first.fault === 'torn' && first.answer === 'present'));
  if (!unread) return [];
  return [
    ...(run.sent.length > 0 ? ['an alert although the state was not read'] : []),
    ...(run.accesses.length > 1 ? ['something was written although the state was not read'] : []),
    ...(run.troubles.length === 0 ? ['nobody hears that the state was not read'] : []),
  ];
});

/** A run whose audit, alert or state failed is called so; one without trouble is not. */
const troublesAreTold = eachRun((run, { schedule }) => {
  if (run.report === null) return [];
  const unsent = run.sent.some(({ answered }) => !answered);
  const thrown = run.accesses.some(({ answer, on }) => answer === 'thrown' && on === 'report');
  const failed = schedule.mode === 'watch' && run.report.completeness === 'failed';
  const faulty = run.accesses.some(({ fault }) => fault !== null);
  if ((unsent || thrown || failed) && run.troubles.length === 0) return ['something failed, and nobody hears of it'];
  return !unsent && !failed && !faulty && run.troubles.length > 0
    ? [`trouble without a cause: ${run.troubles.join('; ')}`]
    : [];
});

/** What a run saw and told is remembered, or somebody hears that it is not. */
const savesOrSaysSo = eachRun((run, { schedule }) => {
  if (run.report === null || !schedule.withState || run.troubles.length > 0) return [];
  const saved = run.memory?.lastAudit?.startedAt === run.at.toISOString();
  return saved ? [] : ['the state does not know of this run, and nobody hears of it'];
});

const showsNoStack = eachRun(({ texts, crash }) =>
  [...texts, ...(crash === null ? [] : [crash])]
    .filter((text) => /^\s+at .*:\d+:\d+/m.test(text))
    .map((text) => `a stack trace: ${text.slice(0, 2_000)}`),
);

const crashesNever = eachRun(({ crash, unhandled }) => [
  ...(crash === null ? [] : [`thrown: ${crash}`]),
  ...unhandled.map((reason) => `nobody handled: ${reason}`),
]);

const ends = eachRun(({ ended }) => (ended ? [] : ['it did not end within its time']));

/** Two looks, each at most three times where an answer arrives cut, each of these as often as the SDK sends. */
const asksWithinBounds = eachRun((run, { schedule }) => {
  const most = 2 * 3 * schedule.sends;
  const tooOften = run.asked.filter(({ attempt }) => attempt > most).map(({ target }) => target);
  const questions = new Set(run.asked.map(({ target }) => target)).size;
  const more = run.asked.filter(({ fault }) => fault?.kind === 'empty-page' || fault?.kind === 'short-page').length;
  const expected = 2 * Math.max(...run.moments.map(({ requests }) => requests)) + 20 * more + 100;
  return [
    ...[...new Set(tooOften)].map((target) => `${target} was asked more than ${String(most)} times`),
    ...(questions > expected ? [`${String(questions)} questions, expected at most ${String(expected)}`] : []),
  ];
});

const onlyReads = eachRun(({ writes }) => (writes === 0 ? [] : [`${String(writes)} requests would have written`]));

/** All that has to be true of any schedule, by name. */
export const invariants = {
  inventsNothing,
  hurriesNothing,
  exaggeratesNothing,
  guessesNoRow,
  resolvesOnlyWhatIsGone,
  callsNothingFullThatIsNot,
  saysWhatItDidNotSee,
  healsWhole,
  failsOnlyWithoutRoot,
  exitCodeFits,
  tellsNothingTwice,
  losesNoAlert,
  keepsStillWithoutState,
  troublesAreTold,
  savesOrSaysSo,
  showsNoStack,
  crashesNever,
  ends,
  asksWithinBounds,
  onlyReads,
} satisfies Record<string, Invariant>;

/** What is wrong with a trace, each with the name of the invariant that it breaks. */
export const violationsOf = (trace: Trace): string[] =>
  Object.entries(invariants).flatMap(([name, invariant]) => invariant(trace).map((wrong) => `${name}: ${wrong}`));
