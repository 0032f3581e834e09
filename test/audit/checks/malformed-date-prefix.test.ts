import { describe, expect, it } from 'vitest';
import { auditObjects, findingOf } from '../../support/audited.ts';
import { object } from '../../support/generated.ts';
import { days, deployment, itFinds, keeps, marker, recent } from './streams.ts';

describe('malformed-date-prefix', () => {
  itFinds({
    'is told for each folder that bears a date and is no day': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/date-backup/x', 1),
        object('app/date=2026-13-45/x', 1),
        object('app/date=2026-11-1/x', 1),
        object('app/date=2026-11-20-backup/x', 1),
        object('app/dates/x', 1),
      ],
      findings: [
        'malformed-date-prefix app/date-backup/',
        'malformed-date-prefix app/date=2026-11-1/',
        'malformed-date-prefix app/date=2026-11-20-backup/',
        'malformed-date-prefix app/date=2026-13-45/',
        'malformed-date-prefix app/dates/',
      ],
    },
    'is told where an allow entry names it: that entry is for strangers': {
      holds: [marker('app/'), object('app/date-backup/x', 1)],
      config: { allow: [{ prefix: 'app/date-backup/', reason: null, owner: null, expires: null }] },
      findings: ['malformed-date-prefix app/date-backup/'],
    },
    'is silent for every day of a leap year': {
      holds: [marker('app/', ['2024-02-29']), ...days('app/', '2024-02-29')],
      findings: [],
    },
  });
});

describe('its evidence', () => {
  it('says how much a malformed folder holds, and how grave it is where the stream sets retention', async () => {
    const holds = [deployment, marker('app/', [], keeps(30)), object('app/date=2026-11-20-backup/x', 9)];
    const found = findingOf(await auditObjects(holds), 'malformed-date-prefix');
    expect(found).toMatchObject({ severity: 'error', evidence: { objects: 1, bytes: 9, sizeComplete: true } });
    const [lenient] = (await auditObjects([deployment, marker('app/'), object('app/date-x/y', 9)])).candidates;
    expect(lenient).toMatchObject({ kind: 'malformed-date-prefix', severity: 'warning' });
  });
});
