import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { deploymentBody, markerBody, object } from '../../support/generated.ts';
import { days, data, deployment, itFinds, marker, nodeMarker, recent, refused } from './streams.ts';

describe('foreign-in-stream', () => {
  itFinds({
    'is told for a folder, an object, a name that begins with date, and junk among the metadata': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/tmp/x', 1),
        object('app/date-notes.txt', 1),
        object('app/.stream/core.dump', 1),
        object('app/.DS_Store', 1),
      ],
      findings: ['foreign-in-stream app/'],
    },
    'is told for a hidden folder': {
      holds: [marker('app/'), object('app/.trash/x', 1)],
      findings: ['foreign-in-stream app/'],
    },
    'is told for a stream in a tenant, and for a damaged one': {
      holds: [
        object('acme/.parseable.json', deploymentBody()),
        marker('acme/app/'),
        object('acme/app/x.csv', 1),
        object('acme/bad/.stream/.stream.json', ''),
        object('acme/bad/x.csv', 1),
      ],
      findings: ['foreign-in-stream acme/app/', 'foreign-in-stream acme/bad/', 'stream-metadata-corrupt acme/bad/'],
    },
    'is silent for what servers write, old metadata beside new, and folder markers on their paths': {
      holds: [
        marker('app/', recent),
        ...days('app/', ...recent),
        object('app/', 0),
        object('app/.stream/', 0),
        object('app/date=2026-11-20/', 0),
        object('app/date=2026-11-20/hour=05/', 0),
        object('app/overview', '{}'),
        object('app/.alert.json', '{}'),
        object('app/.schema', '{}'),
        object('app/.stream.json', markerBody('v3')),
        object('app/.stream/.alert.json', '{}'),
        nodeMarker('app/'),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.schema', '{}'),
      ],
      findings: [],
    },
    'is silent for what is allowed, and only for that': {
      holds: [marker('app/'), object('app/tmp/x', 1), marker('web/'), object('web/tmp/x', 1), object('web/x', 1)],
      config: {
        allow: ['app/tmp/', 'web/tmp/'].map((prefix) => ({ prefix, reason: null, owner: null, expires: null })),
      },
      findings: ['foreign-in-stream web/'],
    },
    'is not asked inside what is no stream': {
      holds: [marker('app/'), object('dump/date-x/y', 1), data('lost/', '2026-07-22'), object('lost/tmp/x', 1)],
      findings: ['foreign-prefix dump/', 'orphaned-stream-data lost/'],
    },
  });
});

describe('a folder inside a stream that cannot be sized', () => {
  it('is told all the same, with lower bounds, in an audit that is not full', async () => {
    const faults = faultWhen(({ prefix }) => prefix === 'app/tmp/', refused);
    const outcome = await auditObjects([deployment, marker('app/'), object('app/tmp/x', 5)], {}, { faults });
    expect(findingsOf(outcome)).toEqual(['foreign-in-stream app/', 'scan-incomplete app/tmp/']);
    expect(findingOf(outcome, 'foreign-in-stream').evidence).toMatchObject({
      objects: 0,
      sizeComplete: false,
      keys: ['app/tmp/'],
    });
    expect(outcome.completeness).toBe('partial');
  });
});

describe('its evidence', () => {
  it('adds up strangers and names a few of each', async () => {
    const many = Array.from({ length: 50 }, (_, n) => object(`app/tmp/${String(n).padStart(2, '0')}`, 10));
    const outcome = await auditObjects([deployment, marker('app/'), ...many, object('app/x.csv', 7)]);
    const { evidence } = findingOf(outcome, 'foreign-in-stream');
    expect(evidence).toMatchObject({
      objects: 51,
      bytes: 507,
      sizeComplete: true,
      places: ['app/tmp/', 'app/x.csv'],
    });
    expect(evidence.keys).toHaveLength(11);
    expect(evidence.keys).toContain('app/x.csv');
    expect(evidence['costPerMonth']).toBe(0);
  });
});
