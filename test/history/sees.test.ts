import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Verdict } from '../../src/findings/report.ts';
import { sees, type Seen } from '../../src/history/sees.ts';
import { after, candidate, outcome, run, runs, start } from './fixtures.ts';

const skipped = (what: string) => [{ what, why: 'AccessDenied' }];

describe('a finding that an audit could not have seen', () => {
  it.each<[string, Kind]>([
    ['lifecycle', 'lifecycle-reaches-metadata'],
    ['lifecycle', 'lifecycle-before-retention'],
    ['uploads', 'incomplete-uploads'],
    ['shared-deployment', 'shared-deployment'],
  ])('without %s, %s is not resolved, and told as resolved when it can be seen to be gone', (what, kind) => {
    const told = candidate(kind, 'app/', { severity: 'error' });
    const { memory } = runs(outcome(start, [told]));
    const blind = run(memory, outcome(after(1), [], { skipped: skipped(what) }));
    expect(blind.news).toBeNull();
    const seeing = run(blind.memory, outcome(after(2)));
    expect(seeing.news).toMatchObject({ status: 'resolved', resolved: [{ kind }] });
  });

  it('is counted where there is other news', () => {
    const { memory } = runs(outcome(start, [candidate('incomplete-uploads', 'app/', { severity: 'error' })]));
    const news = candidate('foreign-prefix', 'x/');
    expect(run(memory, outcome(after(1), [news], { skipped: skipped('uploads') })).news).toMatchObject({ unseen: 1 });
  });
});

const full: Seen = { completeness: 'full', skipped: [], entries: [], findings: [] };
const about = (kind: Kind, subject: string, evidence = {}) => ({ kind, subject, evidence });
const row = (name: string, verdict: Verdict) => ({ name, verdict });

describe('what an audit sees', () => {
  it.each<[string, Partial<Seen>, Kind, string, boolean]>([
    ['everything, when it is full', {}, 'foreign-prefix', 'x/', true],
    ['nothing for sure, when it is partial', { completeness: 'partial' }, 'foreign-prefix', 'x/', false],
    ['no stranger beside the wrong bucket', { findings: [about('not-parseable', '/')] }, 'foreign-prefix', 'x/', false],
    [
      'orphans beside the wrong bucket',
      { findings: [about('not-parseable', '/')] },
      'orphaned-stream-data',
      'x/',
      true,
    ],
    [
      'no single prefix when all are folded into one',
      { findings: [about('foreign-prefix', '*')] },
      'foreign-prefix',
      'x/',
      false,
    ],
    [
      'a prefix beside an object of that name',
      { findings: [about('foreign-root-object', '*', { keys: ['*'] })] },
      'foreign-root-object',
      'x',
      true,
    ],
    [
      'no change of a deployment that is lost',
      { findings: [about('deployment-metadata-missing', '.parseable/')] },
      'deployment-changed',
      '.parseable/',
      false,
    ],
    [
      'no shared deployment that is damaged',
      { findings: [about('deployment-metadata-corrupt', '.parseable/')] },
      'shared-deployment',
      '.parseable/',
      false,
    ],
    [
      'a deployment beside a damaged tenant',
      { findings: [about('deployment-metadata-corrupt', 'acme/')] },
      'deployment-changed',
      '.parseable/',
      true,
    ],
    ['the inside of a stream', { entries: [row('app/', 'stream')] }, 'snapshot-reset', 'app/', true],
    ['a stream that is gone', { entries: [row('web/', 'stream')] }, 'snapshot-reset', 'app/', true],
    [
      'no inside of what has lost its marker',
      { entries: [row('app/', 'orphaned')] },
      'foreign-in-stream',
      'app/',
      false,
    ],
    [
      'the first level of a damaged stream',
      { entries: [row('app/', 'corrupt')] },
      'malformed-date-prefix',
      'app/date-x/',
      true,
    ],
    ['no fields of a damaged stream', { entries: [row('app/', 'corrupt')] }, 'retention-overdue', 'app/', false],
    [
      'no fields of a newer stream',
      { entries: [row('app/', 'stream')], findings: [about('stream-metadata-newer', 'app/')] },
      'stream-metadata-rewritten',
      'app/',
      false,
    ],
    [
      'a stream of a tenant by its own row',
      { entries: [row('acme/', 'tenant'), row('acme/app/', 'stream')] },
      'manifest-duplicated',
      'acme/app/',
      true,
    ],
  ])('%s', (_, seen, kind, subject, expected) => {
    expect(sees({ ...full, ...seen }, { kind, subject })).toBe(expected);
  });
});
