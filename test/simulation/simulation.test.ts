import { alienTotal, listPrice } from '../../src/findings/costs.ts';
import { describe, expect, it, test } from 'vitest';
import type { Candidate, Finding } from '../../src/findings/report.ts';
import { emptyMemory } from '../../src/history/memory.ts';
import type { News } from '../../src/history/news.ts';
import { Dice, shareOf } from './dice.ts';
import { invariants, violationsOf } from './invariants.ts';
import { play } from './play.ts';
import { traceDigest, traceText } from './print.ts';
import { scheduleOf } from './schedule.ts';
import type { Moment, RunTrace, Sent, Trace } from './trace.ts';

describe('a seed', () => {
  it('gives the same schedule each time, and another one than its neighbour', () => {
    expect(scheduleOf(7)).toEqual(scheduleOf(7));
    expect(scheduleOf(7)).not.toEqual(scheduleOf(8));
  });

  it.each([1, 2, 5, 8, 13, 21, 34])(
    '%i gives the same requests, faults and results, to the byte',
    { timeout: 120_000 },
    async (seed) => {
      const [first, second] = [await play(seed), await play(seed)];
      expect(traceText(second)).toBe(traceText(first));
      expect(traceDigest(second)).toBe(traceDigest(first));
    },
  );

  it('spreads its choices evenly', () => {
    const dice = new Dice(1, 'choices');
    const thrown = dice.several(10_000, () => dice.between(1, 4));
    for (const side of [1, 2, 3, 4]) expect(thrown.filter((one) => one === side).length).toBeGreaterThan(2_300);
    expect(shareOf('a', 1)).toBe(shareOf('a', 1));
  });
});

describe('the seeds of the tests', () => {
  const schedules = Array.from({ length: 300 }, (_, index) => scheduleOf(index + 1));
  const runs = schedules.flatMap((schedule) => schedule.runs);
  const spread = (values: readonly string[]) => [...new Set(values)].toSorted();

  it('hold every mode, every origin and every fault', () => {
    expect(spread(schedules.map(({ mode }) => mode))).toEqual(['audit', 'command-line', 'watch']);
    expect(spread(schedules.map(({ origin }) => origin.from))).toEqual([
      'generated',
      'other writers',
      'recorded',
      'troubled',
    ]);
    expect(spread(runs.flatMap(({ disturbances }) => disturbances.map(({ fault }) => fault.kind)))).toEqual([
      'empty-page',
      'error-body',
      'reset',
      'short-page',
      'skew',
      'stale-page',
      'stall',
      'status',
      'truncate',
    ]);
    expect(spread(runs.flatMap(({ state }) => state.map(({ on, what }) => `${on} ${what}`))).length).toBe(12);
    expect(spread(runs.map(({ publish }) => String(publish)))).toEqual(['answer lost', 'fails', 'null']);
    expect(runs.some(({ stopAt }) => stopAt !== null)).toBe(true);
  });
});

const at = new Date('2026-11-24T06:00:00Z');
const candidate = (
  kind: 'foreign-prefix' | 'scan-incomplete' = 'foreign-prefix',
  more: Partial<Candidate> = {},
): Candidate => ({
  kind,
  severity: 'warning',
  subject: 'backups/',
  title: '',
  message: '',
  why: '',
  remedy: '',
  evidence: {},
  grace: null,
  ...more,
});
const finding = (more: Partial<Finding> = {}): Finding => ({
  ...candidate(),
  id: '0123456789abcdef',
  status: 'new',
  firstSeen: at.toISOString(),
  ...more,
});
const moment = (more: Partial<Moment> = {}): Moment => ({
  candidates: [candidate()],
  findings: [finding()],
  verdicts: { 'backups/': 'foreign' },
  requests: 2,
  ...more,
});
const news = (more: Partial<News> = {}): News => ({
  status: 'new',
  severity: 'warning',
  failed: null,
  fresh: [{ finding: finding(), told: null }],
  worse: [],
  reminders: [],
  resolved: [],
  recovered: null,
  others: [],
  unseen: 0,
  ...more,
});
const sent = (more: Partial<Sent> = {}): Sent => ({
  status: 'new',
  news: news(),
  delivered: true,
  answered: true,
  ...more,
});

const report = (more: Partial<NonNullable<RunTrace['report']>> = {}): NonNullable<RunTrace['report']> => ({
  schemaVersion: 1,
  tool: { name: 'bucket-hygiene', version: '0' },
  bucket: { name: 'simulated', region: null, endpoint: null, environment: null },
  mode: 'audit',
  startedAt: at.toISOString(),
  finishedAt: at.toISOString(),
  completeness: 'full',
  deployment: { id: null, metadataVersion: null, multiTenant: false },
  entries: [],
  findings: [finding()],
  summary: { error: 0, warning: 1, note: 0, entries: 0, objects: 0, bytes: 0, alien: alienTotal([], listPrice) },
  requests: { list: 1, get: 0, head: 0, other: 0 },
  streams: [],
  skipped: [],
  ...more,
});

const root = { target: '/simulated?list-type=2&prefix=', attempt: 1, operation: 'ListObjectsV2', status: 200 };

/** A run in which all is well: a foreign prefix is there, found, told and remembered. */
const goodRun = (more: Partial<RunTrace> = {}): RunTrace => ({
  plan: { afterMs: 0, disturbances: [], changes: [], stopAt: null, state: [], publish: null, notify: true },
  at,
  asked: [{ ...root, fault: null, fate: 'fine' }],
  moments: [moment()],
  contested: [],
  report: report(),
  exit: 1,
  sent: [sent()],
  troubles: [],
  accesses: [
    { on: 'read', fault: null, answer: 'absent' },
    { on: 'write', fault: null, answer: 'written' },
  ],
  memory: { ...emptyMemory('simulated'), lastAudit: { startedAt: at.toISOString(), completeness: 'full' } },
  texts: ['1 warning'],
  crash: null,
  unhandled: [],
  ended: true,
  writes: 0,
  ...more,
});

const traceOf = (...runs: RunTrace[]): Trace => ({
  schedule: { ...scheduleOf(1), mode: 'watch', withState: true, minSeverity: 'warning', sends: 1 },
  runs,
});

const lost = { ...root, fault: { kind: 'reset' }, fate: 'lost' } as const;
const partial = report({ completeness: 'partial' });
const gone = moment({ candidates: [], findings: [], verdicts: {} });
const quiet = report({ findings: [] });
const resolved = news({
  status: 'resolved',
  fresh: [],
  resolved: [
    {
      kind: 'foreign-prefix',
      subject: 'backups/',
      severity: 'warning',
      firstSeen: at.toISOString(),
      lastSeen: at.toISOString(),
      timesSeen: 1,
      evidence: { objects: null, bytes: null },
      again: false,
      reported: at.toISOString(),
      told: { at: at.toISOString(), severity: 'warning' },
      resolved: null,
    },
  ],
});

describe('the invariants', () => {
  it('hold where all is well', () => {
    expect(violationsOf(traceOf(goodRun(), goodRun({ sent: [] })))).toEqual([]);
  });

  const wrongs: Record<keyof typeof invariants, Trace[]> = {
    inventsNothing: [traceOf(goodRun({ moments: [gone] }))],
    hurriesNothing: [traceOf(goodRun({ moments: [moment({ findings: [finding({ status: 'pending' })] })] }))],
    exaggeratesNothing: [traceOf(goodRun({ report: report({ findings: [finding({ severity: 'error' })] }) }))],
    guessesNoRow: [
      traceOf(
        goodRun({
          report: report({
            entries: [
              {
                name: 'backups/',
                verdict: 'orphaned',
                likelyWriter: null,
                objects: null,
                bytes: null,
                sizeComplete: true,
                newest: null,
                metadataVersion: null,
              },
            ],
          }),
        }),
      ),
    ],
    resolvesOnlyWhatIsGone: [
      traceOf(goodRun(), goodRun({ sent: [sent({ news: resolved })] })),
      traceOf(goodRun(), goodRun({ sent: [sent({ news: resolved })], moments: [gone], report: partial })),
    ],
    callsNothingFullThatIsNot: [
      traceOf(
        goodRun({
          asked: [
            { ...root, fault: null, fate: 'fine' },
            { ...lost, target: '/simulated/x' },
          ],
        }),
      ),
      traceOf(goodRun({ plan: { ...goodRun().plan, stopAt: 0 } })),
    ],
    saysWhatItDidNotSee: [traceOf(goodRun({ report: partial }))],
    healsWhole: [traceOf(goodRun({ report: partial })), traceOf(goodRun({ report: quiet }))],
    failsOnlyWithoutRoot: [
      traceOf(goodRun({ report: report({ completeness: 'failed' }) })),
      traceOf(goodRun({ report: partial, asked: [lost] })),
    ],
    exitCodeFits: [traceOf(goodRun({ exit: 0 })), traceOf(goodRun({ exit: 1, report: partial }))],
    tellsNothingTwice: [
      traceOf(goodRun(), goodRun()),
      traceOf(goodRun({ sent: [sent({ news: resolved })] })),
      traceOf(goodRun({ sent: [sent(), sent({ news: news({ fresh: [] }) })] })),
    ],
    losesNoAlert: [
      traceOf(goodRun({ sent: [] })),
      traceOf(goodRun(), goodRun({ moments: [gone], report: quiet, sent: [] })),
      traceOf(goodRun({ report: report({ completeness: 'failed' }), sent: [], asked: [lost] })),
    ],
    keepsStillWithoutState: [
      traceOf(goodRun({ accesses: [{ on: 'read', fault: 'refused', answer: 'present' }] })),
      traceOf(
        goodRun({
          sent: [],
          troubles: ['the state'],
          accesses: [
            { on: 'read', fault: 'torn', answer: 'present' },
            { on: 'write', fault: null, answer: 'written' },
          ],
        }),
      ),
    ],
    troublesAreTold: [
      traceOf(goodRun({ sent: [sent({ answered: false })] })),
      traceOf(goodRun({ troubles: ['what?'] })),
    ],
    savesOrSaysSo: [traceOf(goodRun({ memory: emptyMemory('simulated') }))],
    showsNoStack: [traceOf(goodRun({ texts: ['Error: no\n    at play (/src/play.ts:1:2)'] }))],
    crashesNever: [traceOf(goodRun({ crash: 'TypeError' })), traceOf(goodRun({ unhandled: ['TypeError'] }))],
    ends: [traceOf(goodRun({ ended: false }))],
    asksWithinBounds: [
      traceOf(goodRun({ asked: [{ ...root, attempt: 7, fault: null, fate: 'fine' }] })),
      traceOf(
        goodRun({
          asked: Array.from({ length: 200 }, (_, index) => ({
            ...root,
            target: `${root.target}${String(index)}`,
            fault: null,
            fate: 'fine' as const,
          })),
        }),
      ),
    ],
    onlyReads: [traceOf(goodRun({ writes: 1 }))],
  };

  test.each(Object.entries(wrongs))('%s notices what it is there for', (name, traces) => {
    for (const trace of traces) expect(invariants[name as keyof typeof invariants](trace)).not.toEqual([]);
  });
});
