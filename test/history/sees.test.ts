import { describe, expect, it } from 'vitest';
import { isDeep, kinds, type Kind } from '../../src/findings/kinds.ts';
import type { Verdict } from '../../src/findings/report.ts';
import { sees, type Seen } from '../../src/history/sees.ts';
import { after, candidate, entry, outcome, run, runs, start } from './fixtures.ts';

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

const full: Seen = { mode: 'audit', completeness: 'full', skipped: [], entries: [], findings: [] };
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
    [
      'that a stream is gone from a tenant which stands',
      { entries: [row('acme/', 'tenant'), row('acme/web/', 'stream')] },
      'snapshot-reset',
      'acme/app/',
      true,
    ],
    [
      'that a folder is gone with a stream of a tenant',
      { entries: [row('acme/', 'tenant')] },
      'malformed-date-prefix',
      'acme/app/date-x/',
      true,
    ],
    [
      'no inside of a stream that is a tenant as well',
      { entries: [row('app/', 'tenant')] },
      'snapshot-reset',
      'app/',
      false,
    ],
  ])('%s', (_, seen, kind, subject, expected) => {
    expect(sees({ ...full, ...seen }, { kind, subject })).toBe(expected);
  });
});

const deepKinds = Object.keys(kinds).filter(isDeep);
/** All that only a deep audit looks for, the hidden folders of `newer-than-server` aside. */
const ofDepth: readonly Kind[] = [...deepKinds, 'newer-than-server'];

const sorted = (names: readonly Kind[]): Kind[] => [...names].sort();

/** What a deep audit, full but for that, does not see of a stream. */
const unseenOf = (subject: string, seen: Partial<Seen>): Kind[] =>
  sorted(
    ofDepth.filter(
      (kind) =>
        !sees(
          { ...full, mode: 'deep', entries: [row('app/', 'stream'), row('web/', 'stream')], ...seen },
          { kind, subject },
        ),
    ),
  );

describe('what lies deep inside of a stream', () => {
  it('is of nine kinds', () => {
    expect(deepKinds).toHaveLength(9);
  });

  it.each(ofDepth)('%s is seen by a full deep audit, and by no other', (kind) => {
    const entries = [row('app/', 'stream'), row('old/', 'unmigrated')];
    const by = (seen: Partial<Seen>, subject = 'app/') => sees({ ...full, entries, ...seen }, { kind, subject });
    expect(by({ mode: 'deep' })).toBe(true);
    expect(by({ mode: 'deep' }, 'old/')).toBe(true);
    expect(by({ mode: 'audit' })).toBe(false);
    expect(by({ mode: 'preflight' })).toBe(false);
    expect(by({ mode: 'deep', completeness: 'partial' })).toBe(false);
    expect(by({ mode: 'deep', completeness: 'failed' })).toBe(false);
  });

  it.each(ofDepth)('%s is gone together with its stream, as a deep audit sees', (kind) => {
    const by = (entries: Seen['entries'], subject: string) =>
      sees({ ...full, mode: 'deep', entries }, { kind, subject });
    expect(by([row('web/', 'stream')], 'app/')).toBe(true);
    expect(by([row('acme/', 'tenant'), row('acme/web/', 'stream')], 'acme/app/')).toBe(true);
    expect(sees({ ...full, entries: [] }, { kind, subject: 'app/' })).toBe(false);
  });

  it.each<Verdict>(['corrupt', 'orphaned', 'leftover', 'foreign', 'marker', 'allowed', 'unknown', 'tenant'])(
    'is hidden, all of it, by the verdict %s',
    (verdict) => {
      expect(unseenOf('app/', { entries: [row('app/', verdict)] })).toEqual(sorted(ofDepth));
    },
  );

  it('leaves the hidden folders of a newer server to every audit', () => {
    expect(sees(full, { kind: 'newer-than-server', subject: '.alerts/' })).toBe(true);
  });

  const byReferences: Kind[] = ['data-unreferenced', 'manifest-unreferenced', 'stats-drift'];
  const byNames: Kind[] = ['data-missing', 'data-size-mismatch', 'manifest-missing'];

  it.each<[Kind, Kind[]]>([
    ['stream-metadata-corrupt', [...byReferences, ...byNames]],
    ['stream-metadata-newer', ofDepth.filter((kind) => kind !== 'foreign-object-in-stream')],
    ['stream-metadata-unreadable', [...byReferences, ...byNames]],
    ['snapshot-reset', [...byNames, 'stats-drift']],
    ['manifest-missing', ['data-unreferenced', 'stats-drift']],
    ['manifest-corrupt', ['data-unreferenced', 'stats-drift']],
    ['manifest-unreferenced', ['data-unreferenced', 'stats-drift']],
    ['manifest-duplicated', ['stats-drift']],
    ['data-unreferenced', ['stats-drift']],
    ['data-missing', ['stats-drift']],
    ['data-size-mismatch', ['stats-drift']],
    ['foreign-object-in-stream', []],
    ['stream-schema-corrupt', []],
    ['retention-overdue', []],
  ])('is hidden by %s of the same stream where that stands in its place', (cause, hidden) => {
    expect(unseenOf('app/', { findings: [about(cause, 'app/')] })).toEqual(sorted(hidden));
    expect(unseenOf('web/', { findings: [about(cause, 'app/')] })).toEqual([]);
  });

  it('is not told as resolved by the shallow audits in between', () => {
    const told = candidate('data-missing', 'app/');
    const entries = [entry('app/', 'stream')];
    const { memory } = runs(outcome(start, [told], { mode: 'deep', entries }));
    const shallow = run(memory, outcome(after(6), [], { entries }));
    expect(shallow.news).toBeNull();
    const deep = run(shallow.memory, outcome(after(24), [], { mode: 'deep', entries }));
    expect(deep.news).toMatchObject({ status: 'resolved', resolved: [{ kind: 'data-missing' }] });
  });
});
