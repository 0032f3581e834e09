import { describe, expect, it } from 'vitest';
import { nothingEarlier, setbacks, type Earlier, type Identity } from '../../src/audit/earlier.ts';
import type { Outcome } from '../../src/audit/outcome.ts';
import { auditObjects, auditTime, findingOf, findingsOf } from '../support/audited.ts';
import { deploymentBody, markerBody, object } from '../support/generated.ts';

const key = 'app/.stream/.stream.json';
const stats = (events: number) => {
  const counters = { events, ingestion: events * 10, storage: events * 2 };
  return { stats: { lifetime_stats: counters, current_stats: counters, deleted_stats: counters } };
};
const marker = (more: Record<string, unknown> = {}) => object(key, markerBody('v7', [], { ...stats(100), ...more }));
const deployment = (id?: string) => object('.parseable/.parseable.json', deploymentBody(id));
const [first, second] = ['01K3YPQ3C8JMRNV7E9Z0C1HT0H', '01K3YPQ3C8JMRNV7E9Z0C1HT0J'];

/** An audit so many days later, of what is there then, by one that knows what the one before saw. */
const next = (before: Outcome, days: number, ...holds: Parameters<typeof auditObjects>[0][number][]) =>
  auditObjects(holds, {}, { earlier: before.known, startedAt: new Date(auditTime.getTime() + days * 86_400_000) });

describe('stream-metadata-rewritten', () => {
  const made = { 'created-at': '2026-11-24T00:00:00+00:00' };
  const cases: [string, Record<string, unknown>, string][] = [
    ['a new created-at', made, 'its created-at changed'],
    ['another owner', { owner: { id: 'eve', group: 'eve' } }, 'its owner changed'],
    ['counters that went backwards', stats(99), 'its lifetime counters went backwards'],
  ];
  it.each(cases)('is told for %s', async (_, more, reason) => {
    const before = await auditObjects([deployment(), marker()]);
    expect(findingsOf(before)).toEqual([]);
    const after = await next(before, 1, deployment(), marker(more));
    expect(findingsOf(after)).toEqual(['stream-metadata-rewritten app/']);
    expect(findingOf(after, 'stream-metadata-rewritten').message).toContain(reason);
  });

  it.each<[string, Record<string, unknown>]>([
    ['counters that grew', stats(101)],
    ['the same time in another zone', { 'created-at': '2026-10-01T15:30:00+05:30' }],
    [
      'a counter that a server wrote below zero',
      { stats: { lifetime_stats: { events: 1.8446744e19, ingestion: 0, storage: 0 } } },
    ],
  ])('is silent for %s', async (_, more) => {
    const before = await auditObjects([deployment(), marker()]);
    expect(findingsOf(await next(before, 1, deployment(), marker(more)))).toEqual([]);
  });

  it('stands until the old metadata is back, and is gone then', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const lost = await next(before, 1, deployment(), marker(made));
    const later = await next(lost, 2, deployment(), marker({ ...made, ...stats(120) }));
    expect(findingsOf(later)).toEqual(['stream-metadata-rewritten app/']);
    expect(findingsOf(await next(later, 3, deployment(), marker(stats(130))))).toEqual([]);
  });

  it('counts as accepted after thirty days', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const lost = await next(before, 1, deployment(), marker(made));
    expect(findingsOf(await next(lost, 30, deployment(), marker(made)))).toEqual(['stream-metadata-rewritten app/']);
    const accepted = await next(lost, 31, deployment(), marker(made));
    expect(findingsOf(accepted)).toEqual([]);
    expect(findingsOf(await next(accepted, 32, deployment(), marker(made)))).toEqual([]);
  });

  it('is told when the metadata was unusable in between', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const damaged = await next(before, 1, deployment(), object(key, ''));
    expect(findingsOf(damaged)).toEqual(['stream-metadata-corrupt app/']);
    expect(findingsOf(await next(damaged, 2, deployment(), marker(made)))).toEqual(['stream-metadata-rewritten app/']);
  });

  it('cannot be told without a memory, nor of metadata that cannot be read', async () => {
    expect(findingsOf(await auditObjects([deployment(), marker(made)]))).toEqual([]);
    const before = await auditObjects([deployment(), marker()]);
    const unread = await auditObjects(
      [deployment(), marker(made)],
      {},
      {
        earlier: before.known,
        faults: (request) => (request.key === key ? { kind: 'status', status: 403, code: 'AccessDenied' } : null),
      },
    );
    expect(findingsOf(unread)).toEqual(['stream-metadata-unreadable app/']);
    expect(findingsOf(await next(unread, 1, deployment(), marker(made)))).toEqual(['stream-metadata-rewritten app/']);
  });

  it('begins anew with a second change, which nobody has accepted yet', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const lost = await next(before, 1, deployment(), marker(made));
    const again = await next(lost, 30, deployment(), marker({ ...made, ...stats(1) }));
    expect(findingsOf(await next(again, 32, deployment(), marker({ ...made, ...stats(2) })))).toEqual([
      'stream-metadata-rewritten app/',
    ]);
  });

  it('forgets a rewritten stream that was deleted and made anew', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const lost = await next(before, 1, deployment(), marker(made));
    const gone = await next(lost, 2, deployment());
    expect(findingsOf(await next(gone, 3, deployment(), marker(stats(1))))).toEqual([]);
  });

  it('forgets a stream that was deleted', async () => {
    const before = await auditObjects([deployment(), marker()]);
    const gone = await next(before, 1, deployment());
    expect(findingsOf(await next(gone, 2, deployment(), marker(made)))).toEqual([]);
  });
});

describe('what metadata takes back', () => {
  const is: Identity = { createdAt: null, owner: null, lifetime: null };
  it('is nothing where one of the two does not say', () => {
    const known: Identity = {
      createdAt: '2026-01-01T00:00:00.000Z',
      owner: 'a/a',
      lifetime: { events: 1, ingestion: 1, storage: 1 },
    };
    expect([setbacks(known, is), setbacks(is, known), setbacks(known, known)]).toEqual([[], [], []]);
  });
});

describe('deployment-changed', () => {
  it('is told until the old id is back, also when the file was lost in between', async () => {
    const before = await auditObjects([deployment(first), marker()]);
    expect(findingsOf(before)).toEqual([]);
    const lost = await next(before, 1, marker());
    expect(findingsOf(lost)).toEqual(['deployment-metadata-missing .parseable/']);
    const made = await next(lost, 2, deployment(second), marker());
    expect(findingsOf(made)).toEqual(['deployment-changed .parseable/']);
    expect(findingOf(made, 'deployment-changed').evidence).toEqual({ before: first, now: second });
    expect(findingsOf(await next(made, 3, deployment(second), marker()))).toEqual(['deployment-changed .parseable/']);
    expect(findingsOf(await next(made, 3, deployment(first), marker()))).toEqual([]);
    expect(findingsOf(await next(made, 32, deployment(second), marker()))).toEqual([]);
  });

  it('cannot be told while the file cannot be read, and is silent without a memory', async () => {
    expect(findingsOf(await auditObjects([deployment(second), marker()], {}, { earlier: nothingEarlier }))).toEqual([]);
    const before = await auditObjects([deployment(first), marker()]);
    const unread = await auditObjects(
      [deployment(second), marker()],
      {},
      {
        earlier: before.known,
        faults: (request) =>
          request.key === '.parseable/.parseable.json' ? { kind: 'status', status: 403, code: 'AccessDenied' } : null,
      },
    );
    expect(findingsOf(unread)).toEqual(['scan-incomplete .parseable/']);
    const known: Earlier['deployment'] = unread.known.deployment;
    expect(known).toEqual({ id: first, replaced: null });
  });
});

describe('deployment-elsewhere', () => {
  const at = (storage: unknown, mode = 's3') =>
    object('.parseable/.parseable.json', JSON.stringify({ version: 'v8', deployment_id: first, storage, mode }));
  it.each([
    ['https://s3.eu-west-1.amazonaws.com/other', 's3', ['deployment-elsewhere .parseable/']],
    ['https://user:secret@s3.eu-west-1.amazonaws.com/other/', 's3', ['deployment-elsewhere .parseable/']],
    ['https://s3.eu-west-1.amazonaws.com/bucket', 's3', []],
    ['https://s3.eu-west-1.amazonaws.com/bucket/', 's3', []],
    ['/var/lib/data', 'drive', []],
    [null, 's3', []],
  ])('for metadata that names %s in mode %s', async (storage, mode, expected) => {
    const outcome = await auditObjects([at(storage, mode), marker()]);
    expect(findingsOf(outcome)).toEqual(expected);
    expect(JSON.stringify(outcome.candidates)).not.toContain('secret');
  });
  it('goes by the deployment file in use, not by one that an upgrade left behind, nor by a tenant’s', async () => {
    const old = object('.parseable.json', deploymentBody(first, 'v1', 'elsewhere'));
    const tenant = object('acme/.parseable.json', deploymentBody(first, 'v8', 'elsewhere'));
    expect(findingsOf(await auditObjects([deployment(), old, tenant]))).toEqual([]);
  });
});

describe('shared-deployment', () => {
  const audited = (peers: { bucket: string; id: string | null }[]) =>
    auditObjects([deployment(first), marker()], {}, { peers });
  it('is told when another bucket carries the same id', async () => {
    const outcome = await audited([
      { bucket: 'logs-b', id: first },
      { bucket: 'logs-a', id: first },
      { bucket: 'logs-c', id: second },
      { bucket: 'bucket', id: first },
    ]);
    expect(findingsOf(outcome)).toEqual(['shared-deployment .parseable/']);
    expect(findingOf(outcome, 'shared-deployment').evidence).toEqual({ id: first, buckets: ['logs-a', 'logs-b'] });
  });
  it('cannot be told of a bucket that does not answer, and the report says so', async () => {
    const outcome = await audited([{ bucket: 'logs-b', id: null }]);
    expect(findingsOf(outcome)).toEqual([]);
    expect(outcome).toMatchObject({
      completeness: 'full',
      skipped: [{ what: 'shared-deployment', why: 'no answer from logs-b' }],
    });
  });
  it('is silent when all ids differ, and when no other bucket is known', async () => {
    expect(findingsOf(await audited([{ bucket: 'logs-b', id: second }]))).toEqual([]);
    expect(findingsOf(await audited([]))).toEqual([]);
  });
});
