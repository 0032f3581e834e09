import { describe, expect, it } from 'vitest';
import { nothingEarlier, type Earlier } from '../../../src/audit/earlier.ts';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { deployment, first, marker, next, second } from './identity.ts';

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
