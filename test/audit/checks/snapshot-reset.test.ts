import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import { auditObjects, findingOf } from '../../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../../support/generated.ts';
import { data, days, deployment, itFinds, keeps, manifest, marker, nodeMarker, recent, young } from './streams.ts';

describe('snapshot-reset', () => {
  itFinds({
    'is told when the snapshot is empty and a day has its manifest': {
      holds: [marker('app/'), ...days('app/', '2026-11-20')],
      findings: ['snapshot-reset app/'],
    },
    'is told when the snapshot begins two days after a day that is there': {
      holds: [marker('app/', ['2026-11-22']), ...days('app/', '2026-11-20', '2026-11-22')],
      findings: ['snapshot-reset app/'],
    },
    'is silent when it begins one day after: times differ around midnight': {
      holds: [marker('app/', ['2026-11-21']), ...days('app/', '2026-11-20', '2026-11-21')],
      findings: [],
    },
    'is silent for days without manifests: they are older than manifests are': {
      holds: [marker('app/', ['2026-11-22']), data('app/', '2023-01-01'), ...days('app/', '2026-11-22')],
      findings: [],
    },
    'is silent for days that retention has forgotten and not yet removed': {
      holds: [
        marker('app/', ['2026-11-22', '2026-11-23'], keeps(2)),
        ...days('app/', '2026-11-20', '2026-11-21', '2026-11-22', '2026-11-23'),
      ],
      findings: [],
    },
    'is silent when the file of a node knows the day': {
      holds: [marker('app/'), nodeMarker('app/', recent), ...days('app/', ...recent)],
      findings: [],
    },
    'is told in tenants, also in those whose own file is lost or damaged': {
      holds: [
        object('ok/.parseable.json', deploymentBody()),
        object('bad/.parseable.json', '{'),
        ...['ok/app/', 'bad/app/', 'gone/app/'].flatMap((app) => [marker(app), ...days(app, '2026-11-20')]),
      ],
      findings: [
        'deployment-metadata-corrupt bad/',
        'snapshot-reset bad/app/',
        'snapshot-reset gone/app/',
        'snapshot-reset ok/app/',
        'tenant-metadata-missing gone/',
      ],
    },
    'cannot be told where the snapshot of one file is not of the form that servers write': {
      holds: [
        marker('app/'),
        object(
          'app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json',
          markerBody('v7', [], { snapshot: { manifest_list: [{ bogus: 1 }] } }),
        ),
        ...days('app/', '2026-11-20'),
      ],
      findings: [],
    },
    'is never told of a version without snapshot': {
      holds: [
        object(
          'app/.stream/.stream.json',
          markerBody('v3', [], { snapshot: undefined, stats: { events: 0, ingestion: 0, storage: 0 } }),
        ),
        ...days('app/', ...recent),
      ],
      findings: [],
    },
    'cannot be told while one of several files is unusable or of a newer version': {
      holds: [
        marker('app/'),
        object('app/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', ''),
        ...days('app/', ...recent),
        marker('web/'),
        object('web/.stream/.ingestor.4b8a8f48e53fd8c.stream.json', markerBody('v99')),
        ...days('web/', ...recent),
      ],
      findings: ['stream-metadata-corrupt app/', 'stream-metadata-newer web/'],
    },
  });
});

describe('the grace of a reset snapshot', () => {
  const graceOf = async (...holds: GeneratedObject[]) =>
    findingOf(await auditObjects([deployment, marker('app/'), ...holds]), 'snapshot-reset').grace;
  it('goes by the newest object of the day, data included', async () => {
    const [one, other] = [manifest('app/', '2026-11-20'), young(data('app/', '2026-11-20'))];
    expect(await graceOf(one, other)).toMatchObject({ hours: 24, newest: '2026-11-24T05:00:00.000Z' });
  });
  it('has run out as soon as one lost day is old', async () => {
    const fresh = days('app/', '2026-11-21').map(young);
    expect(await graceOf(...days('app/', '2026-11-20'), ...fresh)).toMatchObject({
      newest: '2026-11-01T00:00:00.000Z',
    });
  });
});

describe('a store that knows no delimiter of several characters', () => {
  const holds = [deployment, marker('app/'), ...days('app/', '2026-11-19', '2026-11-20')];
  it('is asked day by day where it refuses', async () => {
    const faults = faultWhen(({ query }) => query.get('delimiter') === '/hour=', {
      kind: 'status',
      status: 400,
      code: 'InvalidArgument',
    });
    const outcome = await auditObjects(holds, {}, { faults });
    expect(findingOf(outcome, 'snapshot-reset').evidence).toMatchObject({ objects: 2, days: 2 });
    expect(outcome.completeness).toBe('full');
  });
});

describe('its evidence', () => {
  it('names the manifests that a reset snapshot has lost', async () => {
    const holds = [deployment, marker('app/'), ...days('app/', '2026-11-19', '2026-11-20')];
    expect(findingOf(await auditObjects(holds), 'snapshot-reset').evidence).toMatchObject({
      objects: 2,
      days: 2,
      firstDay: '2026-11-19',
      lastDay: '2026-11-20',
      keys: ['app/date=2026-11-19/host.manifest.json', 'app/date=2026-11-20/host.manifest.json'],
    });
  });
});
