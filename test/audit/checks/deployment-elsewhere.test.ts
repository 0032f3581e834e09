import { describe, expect, it } from 'vitest';
import { auditObjects, findingsOf } from '../../support/audited.ts';
import { deploymentBody, object } from '../../support/generated.ts';
import { deployment, first, marker } from './identity.ts';

describe('deployment-elsewhere', () => {
  const at = (storage: unknown, mode = 's3') =>
    object('.parseable/.parseable.json', JSON.stringify({ version: 'v8', deployment_id: first, storage, mode }));
  it.each([
    ['https://s3.eu-west-1.amazonaws.com/other', 's3', ['deployment-elsewhere .parseable/']],
    ['https://user:secret@s3.eu-west-1.amazonaws.com/other/', 's3', ['deployment-elsewhere .parseable/']],
    ['https://s3.eu-west-1.amazonaws.com/bucket', 's3', []],
    ['https://s3.eu-west-1.amazonaws.com/bucket/', 's3', []],
    ['/var/lib/data', 'drive', []],
    ['https://user:secret@s3.eu-west-1.amazonaws.com', 's3', []],
    ['https://s3.eu-west-1.amazonaws.com/bucket?token=secret', 's3', []],
    ['https://s3.eu-west-1.amazonaws.com/other?token=secret', 's3', ['deployment-elsewhere .parseable/']],
    ['user:secret@host', 's3', ['deployment-elsewhere .parseable/']],
    [null, 's3', []],
  ])('for metadata that names %s in mode %s', async (storage, mode, expected) => {
    const outcome = await auditObjects([at(storage, mode), marker()]);
    expect(findingsOf(outcome)).toEqual(expected);
    expect(JSON.stringify(outcome.candidates)).not.toContain('secret');
  });
  it('goes by the deployment file in use, not by one that an upgrade left behind, nor by a tenant’s', async () => {
    const old = object('.parseable.json', deploymentBody(first, 'v1', 'elsewhere'));
    const tenant = object('acme/.parseable.json', deploymentBody(first, 'v8', 'elsewhere'));
    expect(findingsOf(await auditObjects([deployment(), old, tenant]))).toEqual([]);
  });
});
