import { describe, expect, it } from 'vitest';
import { faultWhen, type Faults } from '../../s3/server.ts';
import { auditObjects, findingsOf } from '../../support/audited.ts';
import { object } from '../../support/generated.ts';
import { days, deployment, keeps, marker, refused } from './streams.ts';

/** Listings of what lies in the stream, below its hidden keys. */
const insideListing: Faults = faultWhen(
  ({ operation, prefix }) => operation === 'ListObjectsV2' && prefix.startsWith('app/') && !prefix.startsWith('app/.'),
  refused,
);

describe('a stream whose first level cannot be listed', () => {
  it('is told as such, and nothing is inferred from what was not seen', async () => {
    const holds = [
      marker('app/', ['2026-01-01'], keeps(1)),
      ...days('app/', '2026-01-01'),
      object('app/date-backup/x', 1),
      object('app/tmp/x', 1),
    ];
    const allow = [{ prefix: 'app/nothing/', reason: null, owner: null, expires: null }];
    const outcome = await auditObjects([deployment, ...holds], { allow }, { faults: insideListing });
    expect(findingsOf(outcome)).toEqual(['scan-incomplete app/']);
    expect(outcome.completeness).toBe('partial');
  });
});
