import { describe, expect, it } from 'vitest';
import { faultWhen } from '../../s3/server.ts';
import { auditObjects, findingOf, findingsOf } from '../../support/audited.ts';
import { holds, status } from './settings.ts';

const upload = (key: string, initiated: string, uploadId = key, parts: number[] = []) => ({
  key,
  uploadId,
  initiated: new Date(initiated),
  parts,
});

describe('unfinished uploads', () => {
  const uploads = [
    upload('app/date=2026-10-01/a.parquet', '2026-10-01T00:00:00Z'),
    upload('app/date=2026-10-01/a.parquet', '2026-10-02T00:00:00Z', 'again', [5_242_880, 7]),
    upload('app/date=2026-11-23/b.parquet', '2026-11-23T00:00:00Z'),
    upload('backup.tar', '2026-09-01T00:00:00Z'),
    upload('web/x', '2026-11-17T07:00:00Z'),
  ];
  it('are told by prefix once they are a week old; at the root the key stands for itself', async () => {
    const outcome = await auditObjects(holds, { ignoreKinds: ['foreign-prefix'] }, { contents: { uploads } });
    expect(findingsOf(outcome)).toEqual(['incomplete-uploads app/', 'incomplete-uploads backup.tar']);
    expect(findingOf(outcome, 'incomplete-uploads').evidence).toMatchObject({
      uploads: 2,
      bytes: 5_242_887,
      sizeComplete: true,
      oldest: '2026-10-01T00:00:00.000Z',
      newest: '2026-10-02T00:00:00.000Z',
      keys: ['app/date=2026-10-01/a.parquet', 'app/date=2026-10-01/a.parquet'],
    });
  });

  it('are read twenty pages far; beyond, the figures are lower bounds', async () => {
    const many = Array.from({ length: 20_001 }, (_, n) =>
      upload(`app/${String(n).padStart(6, '0')}`, '2026-10-01T00:00:00Z'),
    );
    const outcome = await auditObjects(holds, {}, { contents: { uploads: many } });
    expect(findingOf(outcome, 'incomplete-uploads').evidence).toMatchObject({ uploads: 20_000, sizeComplete: false });
    expect(outcome).toMatchObject({
      completeness: 'full',
      skipped: [{ what: 'uploads', why: 'there are more than are read' }],
    });
  }, 60_000);

  it('have no bytes where the store does not tell their parts, and the audit is full', async () => {
    const faults = faultWhen(({ operation }) => operation === 'ListParts', status(403, 'AccessDenied'));
    const outcome = await auditObjects(holds, { ignoreKinds: ['foreign-prefix'] }, { contents: { uploads }, faults });
    const { evidence } = findingOf(outcome, 'incomplete-uploads');
    expect(evidence).toMatchObject({ uploads: 2, sizeComplete: false });
    expect(evidence).not.toHaveProperty('bytes');
    expect(outcome.completeness).toBe('full');
  });

  it('that may not be listed are skipped, and the audit is full', async () => {
    const faults = faultWhen(({ operation }) => operation === 'ListMultipartUploads', status(403, 'AccessDenied'));
    const outcome = await auditObjects(holds, {}, { contents: { uploads }, faults });
    expect(findingsOf(outcome)).toEqual(['foreign-prefix exports/']);
    expect(outcome).toMatchObject({ completeness: 'full', skipped: [{ what: 'uploads', why: 'AccessDenied' }] });
  });

  it('whose listing breaks off make the audit partial', async () => {
    const faults = faultWhen(({ operation }) => operation === 'ListMultipartUploads', { kind: 'truncate' });
    const outcome = await auditObjects(holds, {}, { contents: { uploads }, faults });
    expect(findingsOf(outcome)).toEqual(['foreign-prefix exports/', 'scan-incomplete /']);
    expect(outcome.completeness).toBe('partial');
  });
});
