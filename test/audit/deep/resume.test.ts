import { describe, expect, it } from 'vitest';
import { nothingKnown, type KnownDepth } from '../../../src/audit/deep/known.ts';
import type { Outcome } from '../../../src/audit/outcome.ts';
import type { RequestLog } from '../../s3/server.ts';
import { findingOf } from '../../support/audited.ts';
import { markerBody, object } from '../../support/generated.ts';
import { deployment } from '../checks/streams.ts';
import { days, healthy, manifestOf, told } from './buckets.ts';
import { hours, left, openSeries, type Series } from './series.ts';
import { deeplyTroubled, deepTroubles, troubledDays } from './troubles.ts';

const streams = 9;
const allDays = streams * troubledDays.length;

const open = () => openSeries(deeplyTroubled.objects);

/** Stops an audit at its n-th request, counted from 0. */
async function stoppedAt({ s3, look }: Series, n: number, given: Parameters<Series['look']>[0] = {}): Promise<Outcome> {
  const controller = new AbortController();
  let asked = 0;
  s3.fail(() => {
    if (asked++ === n) controller.abort();
    return null;
  });
  const outcome = await look({ ...given, signal: controller.signal });
  s3.fail();
  return outcome;
}

const found = ({ candidates }: Outcome) =>
  candidates.map(({ kind, subject, evidence }) => ({ kind, subject, evidence }));
const withoutTime = (outcome: Outcome) =>
  found(outcome).map(({ evidence, ...one }) => ({ ...one, evidence: { ...evidence, lookedAt: null } }));
const begunAt = (asked: readonly RequestLog[]) => asked.findIndex(({ prefix }) => prefix === '.parseable/ingestor.');
const isTrue = (one: string) => deepTroubles.includes(one) || one === 'scan-incomplete /';

/** What is known goes through the same text that it is stored as. */
const stored = (known: KnownDepth): KnownDepth => JSON.parse(JSON.stringify(known)) as KnownDepth;

function expectPartial(outcome: Outcome): void {
  expect(told(outcome).filter((one) => !isTrue(one))).toEqual([]);
  expect(told(outcome)).toContain('scan-incomplete /');
  expect(outcome.completeness).toBe(outcome.failure === null ? 'partial' : 'failed');
  const { depth } = outcome;
  if (depth === null) return;
  expect(depth.share).toBeGreaterThanOrEqual(0);
  expect(depth.share).toBeLessThanOrEqual(1);
  expect(depth.streams).toBeLessThanOrEqual(depth.ofStreams);
  expect(depth.days).toBeLessThanOrEqual(depth.ofDays);
  expect(depth.ofStreams).toBeLessThanOrEqual(streams);
  expect(depth.ofDays).toBeLessThanOrEqual(allDays);
}

describe('a deep audit that is stopped', () => {
  it('at whichever request, says how far it came, invents nothing, and is gone on with to the same end', async () => {
    const series = await open();
    const whole = await series.look();
    const all = series.asked();
    const begun = begunAt(all);
    expect(told(whole)).toEqual(deepTroubles);
    expect(whole.depth).toMatchObject({ streams, ofStreams: streams, days: allDays, ofDays: allDays, share: 1 });
    for (let n = 0; n < all.length; n++) {
      // Before it looks inside, a few will do.
      if (n < begun && n % 7 !== 0) continue;
      const stopped = await stoppedAt(series, n);
      try {
        expectPartial(stopped);
        // Whatever was left out, it is gone on with.
        if (stopped.knownDepth !== null) expect(stopped.knownDepth.round).toBe(hours(0).toISOString());
        const after = await series.look({ knownDepth: stored(stopped.knownDepth ?? nothingKnown) });
        expect(found(after)).toEqual(found(whole));
        expect([after.completeness, after.depth]).toEqual(['full', whole.depth]);
        expect(left(after)).toEqual(left(whole));
      } catch (error) {
        throw new Error(`stopped at request ${String(n)}: ${String(error)}`, { cause: error });
      }
    }
  }, 120_000);

  it('comes further with each run of its round, and tells in the end what one undisturbed run tells', async () => {
    const series = await open();
    const whole = await series.look();
    const all = series.asked();
    // What every run asks before it looks inside, and a part of the rest.
    const begun = begunAt(all);
    const inside = all.length - begun;
    for (const part of [0.7, 0.8, 0.95]) {
      let known: KnownDepth = nothingKnown;
      let share = 0;
      let last: Outcome | null = null;
      let runs = 0;
      while (last?.completeness !== 'full' && runs++ < 50) {
        const n = begun + Math.round(part * inside);
        last = await stoppedAt(series, n, { knownDepth: known, startedAt: hours(runs) });
        known = stored(left(last));
        expect(last.depth?.share).toBeGreaterThanOrEqual(share);
        share = last.depth?.share ?? 0;
        expect(known.round).toBe(last.completeness === 'full' ? null : hours(1).toISOString());
      }
      if (last === null) throw new Error('no run');
      expect(withoutTime(last)).toEqual(withoutTime(whole));
      expect(last.depth).toMatchObject({ share: 1, days: allDays, ofDays: allDays, streams });
      expect(runs).toBeGreaterThan(1);
    }
  }, 120_000);

  it('keeps what an earlier one found in days that it did not reach, and says when that was', async () => {
    const series = await open();
    const before = await series.look();
    const requests = series.asked().length;
    const counts = new Set<number>();
    for (let n = 0; n < requests; n += 3) {
      const stopped = await stoppedAt(series, n, { knownDepth: stored(left(before)), startedAt: hours(24) });
      if (stopped.completeness === 'full') break;
      if (stopped.knownDepth === null) continue;
      expectPartial(stopped);
      const times = stopped.candidates.flatMap(({ evidence }) =>
        evidence.lookedAt === undefined ? [] : [evidence.lookedAt],
      );
      expect(times.filter((at) => at !== hours(0).toISOString() && at !== hours(24).toISOString())).toEqual([]);
      counts.add(times.filter((at) => at === hours(0).toISOString()).length);
      // Nothing that was known is forgotten, but by a look that saw it otherwise.
      const known = left(stopped).streams;
      expect([n, Object.values(known).flatMap(({ days }) => days)]).toEqual([
        n,
        expect.objectContaining({ length: allDays }),
      ]);
    }
    expect(counts.size).toBeGreaterThan(2);
  }, 120_000);

  it('leaves a schema for the next run where time ran out before it was read', async () => {
    const series = await open();
    const all = await series.look().then(() => series.asked());
    const at = all.findIndex(({ key }) => key === 'schema/.stream/.schema');
    const stopped = await stoppedAt(series, at);
    expect(told(stopped)).not.toContain('stream-schema-corrupt schema/');
    const after = await series.look({ knownDepth: left(stopped) });
    expect(findingOf(after, 'stream-schema-corrupt').subject).toBe('schema/');
  });

  it('looks anew at days of which it had not read all metadata', async () => {
    const [, , , last = ''] = days;
    const id = '4b8a8f48e53fd8c';
    // Names a manifest that is not there, of a day that is in order without it.
    const node = object(`app/.stream/.ingestor.${id}.stream.json`, markerBody('v7', [manifestOf(last, 'other')]));
    const { s3, look } = await openSeries([
      deployment,
      object(`.parseable/ingestor.${id}.json`, '{}'),
      ...healthy,
      node,
    ]);
    s3.fail(({ key }) => (key === node.key ? { kind: 'status', status: 403, code: 'AccessDenied' } : null));
    const one = await look();
    s3.fail();
    expect(told(one)).toEqual(['stream-metadata-unreadable app/']);
    // As if time had run out besides.
    const knownDepth = { ...left(one), round: hours(0).toISOString() };
    expect(knownDepth.streams['app/']?.days).toHaveLength(days.length);
    expect(told(await look({ knownDepth, startedAt: hours(1) }))).toEqual(['manifest-missing app/']);
  });
});
