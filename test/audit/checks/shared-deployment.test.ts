import { describe, expect, it } from 'vitest';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { deployment, first, marker, second } from './identity.ts';

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
