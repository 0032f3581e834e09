import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { deeplyTroubled, deepTroubles } from '../../audit/deep/troubles.ts';
import { openAccount, type Account, type Content } from './account.ts';
import { deployMonitor, type Monitor } from './monitor.ts';
import { permissionsOf, policyAllowing } from './policy.ts';

/** As the deployment's own file says: it is elsewhere under another name. */
const bucket = 'bucket';
const contents = deeplyTroubled.objects.map(({ key, body, size }): Content => ({
  key,
  size,
  ...(body === undefined ? {} : { body }),
}));
/** What only deep audits read, as the role names it, and which of the troubles nobody can tell without it. */
const readDeepDown: [string, RegExp, string[]][] = [
  ['manifests', /\*manifest\.json$/, deepTroubles.filter((one) => !/^(stream-schema|manifest-missing)/.test(one))],
  ['schemas', /\.schema$/, ['stream-schema-corrupt schema/']],
];

let account: Account;
let monitor: Monitor;

beforeAll(async () => {
  account = await openAccount();
  await account.createBucket(bucket);
  await account.fill(bucket, contents);
  monitor = await deployMonitor(account, { buckets: [{ name: bucket }] });
  return async () => {
    await monitor.close();
    account.close();
  };
});

afterEach(() => monitor.session.allow(monitor.statements));

async function deepAudit(): Promise<{ code: number | null; report: Report }> {
  const { code, stdout, stderr } = await monitor.command(['audit', `s3://${bucket}`, '--deep', '--format', 'json']);
  expect(stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
  const [report] = [JSON.parse(stdout) as Report | Report[]].flat();
  if (report === undefined) throw new Error('no report');
  return { code, report };
}

const told = ({ findings }: Report) => findings.map(({ kind, subject }) => `${kind} ${subject}`).sort();

describe('a deep audit', () => {
  it('finds every trouble with what the packaged role allows', async () => {
    const { code, report } = await deepAudit();
    expect([told(report), report.completeness, report.mode, code]).toEqual([deepTroubles, 'full', 'deep', 1]);
  });

  it.each(readDeepDown)(
    'that may not read %s invents nothing, is partial, and names what it lacks',
    async (_, of, untold) => {
      const all = permissionsOf(monitor.statements);
      const left = all.filter(({ action, resource }) => action !== 's3:GetObject' || !of.test(resource));
      expect(left.length).toBeLessThan(all.length);
      await monitor.session.allow(policyAllowing(left));
      const { code, report } = await deepAudit();
      expect([report.completeness, code]).toEqual(['partial', 3]);
      const found = told(report).filter((one) => !one.startsWith('scan-incomplete '));
      expect(found.filter((one) => !deepTroubles.includes(one) || untold.includes(one))).toEqual([]);
      const failed = report.findings.filter(({ kind }) => kind === 'scan-incomplete');
      expect(failed.length).toBeGreaterThan(0);
      for (const { remedy, evidence } of failed) {
        expect(evidence).toMatchObject({ operation: 'GetObject', code: 'AccessDenied' });
        expect(remedy).toContain(`s3:GetObject on the metadata files in arn:aws:s3:::${bucket}`);
      }
    },
  );
});
