import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { severities, type Severity } from '../../src/findings/kinds.ts';
import type { Memory } from '../../src/history/memory.ts';
import type { AlertSettings } from '../../src/history/tiding.ts';
import { after, candidate, failed, outcome, run, type Run } from './fixtures.ts';

interface Step {
  audit: 'full' | 'partial' | 'failed';
  published: boolean;
  /** Which of the three prefixes are there, and how grave each is. */
  there: Partial<Record<string, Severity>>;
}

const names = ['a/', 'b/', 'c/'];

const step: fc.Arbitrary<Step> = fc.record({
  audit: fc.constantFrom('full', 'full', 'partial', 'failed'),
  published: fc.boolean(),
  there: fc.dictionary(fc.constantFrom(...names), fc.constantFrom<Severity>('note', 'warning', 'error')),
});

/** No reminders: they are told by the clock, not by a cause. */
const settings: AlertSettings = { minSeverity: 'warning', remindAfterHours: 1e9 };

const seenBy = ({ audit, there }: Step, at: Date) => {
  if (audit === 'failed') return failed(at);
  const all = Object.entries(there).map(([name, severity = 'note']) => candidate('foreign-prefix', name, { severity }));
  return outcome(at, all, { completeness: audit });
};

/** Lets the monitor run, and hands every run to `look`. Returns the memory. */
function play(steps: readonly Step[], look: (run: Run, step: Step) => void): Memory | null {
  let memory: Memory | null = null;
  steps.forEach((one, index) => {
    const done: Run = run(memory, seenBy(one, after(index * 6)), one.published, settings);
    look(done, one);
    memory = done.memory;
  });
  return memory;
}

/** What the reader of the alerts believes: which findings are open, how grave, and whether the bucket is watched. */
class Reader {
  readonly open = new Map<string, Severity>();
  failing = false;

  read({ news }: Run): void {
    if (news === null) return;
    for (const { finding } of [...news.fresh, ...news.worse]) this.open.set(finding.subject, finding.severity);
    for (const { subject } of news.resolved) this.open.delete(subject);
    if (news.failed !== null) this.failing = true;
    if (news.recovered !== null) this.failing = false;
  }
}

const graver = (a: Severity, b: Severity) => severities.indexOf(a) > severities.indexOf(b);

describe('over any sequence of audits', () => {
  it('nothing is told twice: every piece of news changes what the reader believes', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const reader = new Reader();
        play(steps, (done, { published }) => {
          const { news } = done;
          for (const { finding } of news?.fresh ?? []) expect(reader.open.has(finding.subject)).toBe(false);
          for (const { finding } of news?.worse ?? []) {
            expect(graver(finding.severity, reader.open.get(finding.subject)!)).toBe(true);
          }
          for (const { subject } of news?.resolved ?? []) expect(reader.open.has(subject)).toBe(true);
          if ((news?.failed ?? null) !== null) expect(reader.failing).toBe(false);
          if ((news?.recovered ?? null) !== null) expect(reader.failing).toBe(true);
          if (published) reader.read(done);
        });
      }),
      { numRuns: 500 },
    );
  });

  it('nothing is lost: after a full audit whose alert got out, the reader knows all that is there and nothing else', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), step, (steps, last) => {
        const reader = new Reader();
        const end: Step = { ...last, audit: 'full', published: true };
        play([...steps, end], (done, { published }) => {
          if (published) reader.read(done);
        });
        const there = Object.entries(end.there);
        const told = there.filter(([, severity]) => severity !== 'note').map(([name]) => name);
        const faded = there
          .filter(([name, severity]) => severity === 'note' && reader.open.has(name))
          .map(([name]) => name);
        expect([...reader.open.keys()].toSorted()).toEqual([...told, ...faded].toSorted());
        for (const [name, severity = 'note'] of there) {
          if (severity !== 'note') expect(graver(severity, reader.open.get(name)!)).toBe(false);
        }
        expect(reader.failing).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it('only a full audit resolves anything', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        play(steps, ({ news }, { audit }) => {
          if (audit !== 'full') expect(news?.resolved ?? []).toEqual([]);
          if (audit !== 'full') expect(news?.recovered ?? null).toBeNull();
        });
      }),
    );
  });

  it('saving the same audit twice tells nothing again and loses nothing', () => {
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 8 }), step, (steps, next) => {
        let memory: Memory | null = null;
        let twice: Memory | null = null;
        steps.forEach((one, index) => {
          const seen = seenBy(one, after(index * 6));
          const once = run(memory, seen, one.published, settings);
          memory = once.memory;
          // The second time it is the state that the first time left that is read.
          twice = run(run(twice, seen, one.published, settings).memory, seen, one.published, settings).memory;
        });
        const later = seenBy(next, after(steps.length * 6));
        const told = (one: Memory | null) => {
          const { news } = run(one, later, true, settings);
          return news === null
            ? null
            : { ...news, resolved: news.resolved.map(({ subject }) => subject), others: [], fresh: news.fresh.length };
        };
        if (steps.every(({ published }) => published)) expect(told(twice)).toEqual(told(memory));
      }),
    );
  });
});
