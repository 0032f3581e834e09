import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Report } from '../../../src/findings/report.ts';
import { openAccount, type Account, type Credentials, type Mail } from './account.ts';
import { deployMonitor, stateBucket, type Monitor } from './monitor.ts';

const bucket = 'logs-prod';

let account: Account;
let monitor: Monitor;
let receive: () => Promise<Mail[]>;
let home: string;

beforeAll(async () => {
  account = await openAccount();
  monitor = await deployMonitor(account, { buckets: [{ name: bucket }] });
  receive = await account.subscribe(monitor.topicArn);
  await account.createBucket(bucket);
  await account.fill(bucket, [{ key: 'notes.txt', body: 'a note' }]);
  home = await mkdtemp(join(tmpdir(), 'bucket-hygiene-home-'));
  const expired = { Version: 1, ...fresh(), Expiration: '2020-01-01T00:00:00Z' };
  await writeFile(join(home, 'expired.json'), JSON.stringify(expired));
  await writeFile(join(home, 'config'), `[profile expired]\ncredential_process = cat ${join(home, 'expired.json')}\n`);
  return async () => {
    await rm(home, { recursive: true, force: true });
    await monitor.close();
    account.close();
  };
});

const fresh = () => {
  const { accessKeyId, secretAccessKey, sessionToken } = monitor.session.credentials;
  return { AccessKeyId: accessKeyId, SecretAccessKey: secretAccessKey, SessionToken: sessionToken };
};
const none = { AWS_ACCESS_KEY_ID: undefined, AWS_SECRET_ACCESS_KEY: undefined, AWS_SESSION_TOKEN: undefined };

/** How each sort of useless credentials comes about, and the code that is told. */
const useless: [what: string, env: () => Record<string, string | undefined>, code: RegExp][] = [
  [
    'an access key that nobody has',
    () => ({ ...none, AWS_ACCESS_KEY_ID: 'AKIANOBODYNOBODYNOBO', AWS_SECRET_ACCESS_KEY: 'x' }),
    /InvalidAccessKeyId/,
  ],
  ['a wrong secret', () => ({ AWS_SECRET_ACCESS_KEY: 'wrong' }), /SignatureDoesNotMatch/],
  ['a token of another session', () => ({ AWS_SESSION_TOKEN: 'of-another-session' }), /InvalidToken/],
  [
    'expired credentials',
    () => ({ ...none, AWS_CONFIG_FILE: join(home, 'config'), AWS_PROFILE: 'expired' }),
    /CredentialsProviderError/,
  ],
  ['no credentials at all', () => none, /CredentialsProviderError/],
];

describe.each(useless)('%s', (_, env, code) => {
  it('lets the command line exit 4 with a report, plain words and no stack', async () => {
    const {
      code: exit,
      stdout,
      stderr,
    } = await monitor.command(['audit', `s3://${bucket}`, '--format', 'json'], {
      env: env(),
    });
    expect(exit).toBe(4);
    const report = JSON.parse(stdout) as Report;
    expect(report).toMatchObject({ completeness: 'failed', entries: [] });
    const [finding, ...more] = report.findings;
    expect(more).toEqual([]);
    expect(finding).toMatchObject({ kind: 'scan-incomplete', subject: '/' });
    expect(finding?.message).toMatch(code);
    expect(finding?.remedy).toMatch(/credentials are missing, wrong or expired\. Set or renew them/);
    expect(stderr).not.toMatch(/\n\s+at |node:internal/);
    expect(stdout + stderr).not.toContain(monitor.session.credentials.secretAccessKey);
  });

  it('lets the Lambda throw, and neither tell nor keep anything', async () => {
    const { thrown, log } = await monitor.invoke({}, { env: env() });
    expect(thrown).toMatch(/^RunFailed: 1 of 1 buckets went wrong/);
    expect(thrown).toMatch(code);
    expect(thrown).toMatch(/the state could not be read .*nothing was alerted or saved/);
    expect(log.join('\n')).not.toContain(monitor.session.credentials.secretAccessKey);
    expect(await receive()).toEqual([]);
    expect(await account.look(stateBucket)).toEqual({});
  });
});

it('the right credentials find what is there', async () => {
  const credentials: Credentials = monitor.session.credentials;
  const { code, stdout } = await monitor.command(['audit', `s3://${bucket}`, '--format', 'json'], { credentials });
  expect([code, (JSON.parse(stdout) as Report).completeness]).toEqual([1, 'full']);
});
