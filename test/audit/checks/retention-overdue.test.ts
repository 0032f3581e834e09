import { describe, expect, it } from 'vitest';
import { auditObjects, findingOf } from '../../support/audited.ts';
import { markerBody, object } from '../../support/generated.ts';
import { days, deployment, itFinds, keeps, marker, recent } from './streams.ts';

describe('retention-overdue', () => {
  itFinds({
    'is told when the oldest day is more than two days behind': {
      holds: [marker('app/', ['2026-11-10', ...recent], keeps(11)), ...days('app/', '2026-11-10', ...recent)],
      findings: ['retention-overdue app/'],
    },
    'goes by the strictest task': {
      holds: [marker('app/', recent, keeps(90, 1)), ...days('app/', ...recent)],
      findings: ['retention-overdue app/'],
    },
    'is silent up to two days behind': {
      holds: [marker('app/', recent, keeps(2)), ...days('app/', ...recent)],
      findings: [],
    },
    'is silent for a stream that keeps its data for ever, and for one whose metadata is unusable': {
      holds: [
        marker('app/', ['2020-01-01']),
        ...days('app/', '2020-01-01'),
        object('bad/.stream/.stream.json', '{'),
        ...days('bad/', '2020-01-01'),
      ],
      findings: ['stream-metadata-corrupt bad/'],
    },
    'stands beside the folder that blocks retention': {
      holds: [
        marker('app/', ['2026-01-01', ...recent], keeps(10)),
        ...days('app/', '2026-01-01', ...recent),
        object('app/date-backup/x', 1),
      ],
      findings: ['malformed-date-prefix app/date-backup/', 'retention-overdue app/'],
    },
    'goes by the base file, not by the copies of nodes': {
      holds: [
        marker('app/', recent),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', markerBody('v7', [], keeps(1))),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
    'cannot be told of a version that is not known': {
      holds: [marker('app/', ['2020-01-01'], keeps(1), 'v99'), ...days('app/', '2020-01-01')],
      findings: ['stream-metadata-newer app/'],
    },
  });
});

describe('its evidence', () => {
  it('tells what is overdue and by what rule', async () => {
    const holds = [deployment, marker('app/', recent, keeps(1)), ...days('app/', ...recent)];
    expect(findingOf(await auditObjects(holds), 'retention-overdue').evidence).toEqual({
      oldestDay: '2026-11-20',
      days: 3,
      retention: 1,
    });
  });
});
