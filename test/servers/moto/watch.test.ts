import { gunzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { atLeast, isKind } from '../../../src/findings/kinds.ts';
import type { Report } from '../../../src/findings/report.ts';
import type { CliResult } from '../../support/cli.ts';
import { recordedCases, type Recorded } from '../../support/recorded.ts';
import { accountId, openAccount, type Account, type Mail, type Session } from './account.ts';
import { usuallyAhead } from './clock.ts';
import { deployLook } from './look.ts';
import type { Invocation } from './function.ts';
import { deployMonitor, stateBucket, type Monitor } from './monitor.ts';
import { recordedBucket } from './recorded.ts';

const hour = 3_600_000;
/** Looked at with a role of its own, as a bucket of another account is. */
const elsewhere = 'standalone-full';
const roleElsewhere = `arn:aws:iam::${accountId}:role/look`;

let account: Account;
let monitor: Monitor;
let look: Session;
let receive: () => Promise<Mail[]>;
const recorded = new Map<string, Recorded>();

const recordedOf = (name: string): Recorded => {
  const found = recorded.get(name);
  if (found === undefined) throw new Error(`${name} is no recorded case`);
  return found;
};
/** Kind and subject of the findings that the case expects, of the kinds that exist. */
const expectedOf = (name: string): string[] => {
  const { findings, free } = recordedOf(name).expected;
  return findings
    .filter(([kind]) => isKind(kind) && !free.includes(kind))
    .map((pair) => pair.join(' '))
    .sort();
};
const findingsOf = (name: string, { findings }: Report): string[] =>
  findings
    .filter(({ kind }) => !recordedOf(name).expected.free.includes(kind))
    .map(({ kind, subject }) => `${kind} ${subject}`)
    .sort();
const rowsOf = ({ entries }: Report) => Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict]));

beforeAll(async () => {
  account = await openAccount();
  for (const name of recordedCases) recorded.set(name, await recordedBucket(account, name));
  monitor = await deployMonitor(account, {
    buckets: recordedCases.map((name) => ({
      name,
      environment: 'test',
      ...recordedOf(name).expected.config,
      // The buckets have other names here than where they were recorded, and some were recorded from one server.
      ignoreKinds: ['deployment-elsewhere', 'shared-deployment'],
      ...(name === elsewhere ? { roleArn: roleElsewhere } : {}),
    })),
  });
  ({ session: look } = await deployLook(account, { role: 'look', bucket: elsewhere, trusted: monitor.session.arn }));
  receive = await account.subscribe(monitor.topicArn);
  return async () => {
    await monitor.close();
    account.close();
  };
});

describe('the command line with the packaged role', () => {
  let ran: CliResult;

  beforeAll(async () => {
    ran = await monitor.command(['audit', ...recordedCases.map((name) => `s3://${name}`), '--format', 'json']);
  });

  it.each(recordedCases)('sees all of the recorded bucket %s, and judges it as ever', (name) => {
    expect(ran.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
    const report = (JSON.parse(ran.stdout) as Report[]).find(({ bucket }) => bucket.name === name);
    if (report === undefined) throw new Error(`no report of ${name}`);
    expect(report.completeness).toBe('full');
    expect(rowsOf(report)).toEqual(recordedOf(name).expected.entries);
    expect(findingsOf(name, report)).toEqual(expectedOf(name));
  });

  it('ends with the code of what was found', () => {
    expect(ran.code).toBe(1);
  });

  it('sees all with the role for another account alone', async () => {
    const { stdout, code } = await monitor.command(['audit', `s3://${elsewhere}`, '--format', 'json'], {
      credentials: look.credentials,
      config: { buckets: [{ name: elsewhere, ignoreKinds: ['deployment-elsewhere'] }] },
    });
    const report = JSON.parse(stdout) as Report;
    expect([report.completeness, code]).toEqual(['full', 0]);
    expect(rowsOf(report)).toEqual(recordedOf(elsewhere).expected.entries);
  });
});

describe('the packaged Lambda with its role', () => {
  const stored = async ({ result }: Invocation, name: string): Promise<Report> => {
    const url = result?.buckets.find((bucket) => bucket.name === name)?.reportUrl ?? '';
    const key = url.replace(`s3://${stateBucket}/`, '');
    return JSON.parse((await account.read(stateBucket, key)).toString()) as Report;
  };
  const told = (mails: readonly Mail[]) =>
    mails.map(({ attributes }) => `${attributes['bucket']?.Value ?? ''} ${attributes['status']?.Value ?? ''}`).sort();
  const alerting = () =>
    recordedCases.filter((name) =>
      expectedReports.get(name)?.findings.some(({ severity }) => atLeast(severity, 'warning')),
    );
  const expectedReports = new Map<string, Report>();
  let before: Record<string, string>[];

  beforeAll(async () => {
    before = await Promise.all(recordedCases.map((name) => account.look(name)));
  });

  it('audits every bucket, keeps its reports and its state, and mails each bucket that has news once', async () => {
    const invocation = await monitor.invoke();
    expect(invocation.thrown).toBe('');
    for (const name of recordedCases) {
      const report = await stored(invocation, name);
      expectedReports.set(name, report);
      expect(report.completeness).toBe('full');
      expect(findingsOf(name, report)).toEqual(expectedOf(name));
      const state = gunzipSync(await account.read(stateBucket, `bucket-hygiene/${name}/state.json.gz`)).toString();
      expect(JSON.parse(state)).toMatchObject({ lastAudit: { completeness: 'full' } });
    }
    const mails = await receive();
    expect(alerting().length).toBeGreaterThan(3);
    expect(told(mails)).toEqual(
      alerting()
        .map((name) => `${name} new`)
        .sort(),
    );
    for (const { attributes, message } of mails) {
      const name = attributes['bucket']?.Value ?? '';
      const loud = (expectedReports.get(name)?.findings ?? []).filter(({ severity }) => atLeast(severity, 'warning'));
      const kinds = JSON.parse(attributes['kinds']?.Value ?? '[]') as string[];
      expect(kinds.toSorted()).toEqual([...new Set(loud.map(({ kind }) => kind as string))].sort());
      expect(attributes['environment']?.Value).toBe('test');
      expect(message).toContain(`s3://${stateBucket}/bucket-hygiene/${name}/`);
    }
  });

  it('is silent the second time, and calls everything ongoing', async () => {
    const invocation = await monitor.invoke({}, { ahead: usuallyAhead + hour });
    expect(invocation.thrown).toBe('');
    expect(await receive()).toEqual([]);
    for (const name of recordedCases) {
      const { findings } = await stored(invocation, name);
      expect(findings.filter(({ status }) => status !== 'ongoing')).toEqual([]);
    }
  });

  it('shares its state with the command line, which tells nobody', async () => {
    const { stdout, code } = await monitor.command(
      ['audit', 's3://other-writers', '--state', monitor.stateUrl, '--format', 'json'],
      { ahead: usuallyAhead + 2 * hour },
    );
    const { findings } = JSON.parse(stdout) as Report;
    expect(new Set(findings.map(({ status }) => status))).toEqual(new Set(['ongoing']));
    expect(code).toBe(1);
    expect(await receive()).toEqual([]);
  });

  it('has written nothing into any watched bucket', async () => {
    expect(await Promise.all(recordedCases.map((name) => account.look(name)))).toEqual(before);
  });

  it('tells what is gone as resolved, once', async () => {
    await account.remove('other-writers', ['notes.txt']);
    await monitor.invoke({}, { ahead: usuallyAhead + 3 * hour });
    const mails = await receive();
    expect(told(mails)).toEqual(['other-writers resolved']);
    expect(mails[0]?.message).toContain('notes.txt');
    await monitor.invoke({}, { ahead: usuallyAhead + 4 * hour });
    expect(await receive()).toEqual([]);
  });

  it('logs no secret of any bucket, nor its own', async () => {
    const { log } = await monitor.invoke({}, { ahead: usuallyAhead + 5 * hour });
    expect(log.join('\n')).toContain('other-writers');
    for (const secret of ['PLANTED', monitor.session.credentials.secretAccessKey])
      expect(log.join('\n')).not.toContain(secret);
  });
});
