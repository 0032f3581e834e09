import { describe } from 'vitest';
import { object } from '../../support/generated.ts';
import { days, itFinds, marker, nodeMarker, recent } from './streams.ts';

describe('manifest-duplicated', () => {
  itFinds({
    'is told when one file lists a manifest twice': {
      holds: [marker('app/', ['2026-11-20', '2026-11-20']), ...days('app/', '2026-11-20')],
      findings: ['manifest-duplicated app/'],
    },
    'is told when two files list the same one': {
      holds: [marker('app/', recent), nodeMarker('app/', ['2026-11-21']), ...days('app/', ...recent)],
      findings: ['manifest-duplicated app/'],
    },
    'cannot be told while one of several files is unusable: what they list together is not known': {
      holds: [
        marker('app/', ['2026-11-20', '2026-11-20']),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', ''),
        ...days('app/', '2026-11-20'),
      ],
      findings: ['stream-metadata-corrupt app/'],
    },
    'is silent when each is listed once': {
      holds: [
        marker('app/', ['2026-11-20', '2026-11-22']),
        nodeMarker('app/', ['2026-11-21', '2026-11-23']),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
  });
});
