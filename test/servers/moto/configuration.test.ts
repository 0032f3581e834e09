import { PutObjectCommand } from '@aws-sdk/client-s3';
import { PutParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openAccount, region, type Account } from './account.ts';
import { deployMonitor } from './monitor.ts';
import { permissionsOf, policyAllowing } from './policy.ts';

const bucket = 'logs-prod';
const configuration = { buckets: [{ name: bucket, environment: 'prod' }] };

async function keepObject(account: Account): Promise<void> {
  await account.createBucket('settings');
  await account
    .s3(account.root)
    .send(new PutObjectCommand({ Bucket: 'settings', Key: 'hygiene.json', Body: JSON.stringify(configuration) }));
}
async function keepParameter(account: Account): Promise<void> {
  const ssm = new SSMClient({ endpoint: account.url, region, credentials: account.root });
  await ssm.send(
    new PutParameterCommand({ Name: '/ops/hygiene', Value: JSON.stringify(configuration), Type: 'String' }),
  );
  ssm.destroy();
}

describe('a configuration that is not packaged', () => {
  it.each([
    ['s3://settings/hygiene.json', 's3:GetObject', 'settings', keepObject],
    ['ssm:/ops/hygiene', 'ssm:GetParameter', 'ops/hygiene', keepParameter],
  ])(
    'at %s is read with the packaged role, and without %s the run throws and names it',
    async (place, action, where, keep) => {
      const account = await openAccount();
      onTestFinished(() => {
        account.close();
      });
      await keep(account);
      await account.createBucket(bucket);
      await account.fill(bucket, [{ key: 'notes.txt', body: 'a note' }]);
      const monitor = await deployMonitor(account, configuration, place);
      onTestFinished(() => monitor.close());
      const receive = await account.subscribe(monitor.topicArn);

      const all = permissionsOf(monitor.statements);
      const kept = all.filter((one) => one.action !== action || !one.resource.includes(where));
      expect(kept.length).toBe(all.length - 1);
      await monitor.session.allow(policyAllowing(kept));
      const { thrown } = await monitor.invoke();
      expect(thrown).toMatch(/^ConfigError: .*cannot be read: Get(Object|Parameter) answered AccessDenied/);
      expect(thrown).toContain(place);
      expect(await receive()).toEqual([]);

      await monitor.session.allow(monitor.statements);
      const { result } = await monitor.invoke();
      expect(result?.buckets).toMatchObject([{ name: bucket, completeness: 'full' }]);
      expect((await receive()).map(({ attributes }) => attributes['environment']?.Value)).toEqual(['prod']);
    },
    180_000,
  );
});
