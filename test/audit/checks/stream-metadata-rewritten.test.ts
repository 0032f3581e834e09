import { describe, expect, it } from 'vitest';
import { setbacks, type Identity } from '../../../src/audit/earlier.ts';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { object } from '../../support/generated.ts';
import { deployment, key, marker, next, stats } from './identity.ts';

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
