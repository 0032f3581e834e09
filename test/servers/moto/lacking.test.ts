import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { roleStatements, watchStatements } from '../../../deploy/role.ts';
import { readConfig } from '../../../src/config/schema.ts';
import type { Finding, Report } from '../../../src/findings/report.ts';
import { matches } from '../../deploy/iam.ts';
import { loadRecorded, type Recorded } from '../../support/recorded.ts';
import { accountId, openAccount, type Account, type Content, type Mail, type Session } from './account.ts';
import { usuallyAhead } from './clock.ts';
import { deployLook } from './look.ts';
import { deployMonitor, monitorStack, stateBucket, type Monitor } from './monitor.ts';
import { deployedStatements, permissionsOf, policyAllowing, type AllowStatement, type Grant } from './policy.ts';
import { recordedBucket } from './recorded.ts';

const hour = 3_600_000;
/** A cluster's bucket with its node files, a bucket of the layout before 1.0, and one that another role looks at. */
const watched = ['distributed', 'layout-0.9', 'before-multi-tenant'] as const;
const elsewhere = 'before-multi-tenant';
const roleElsewhere = `arn:aws:iam::${accountId}:role/look`;
/** Told before the permission is taken away, and told only afterwards. */
const early: Content = { key: 'intruder/a.txt', body: 'a' };
const late: Content = { key: 'newcomer/a.txt', body: 'a' };
const tellFailedReads = ['scan-incomplete', 'stream-metadata-unreadable'];

const recorded = new Map(watched.map((name): [string, Recorded] => [name, loadRecorded(name)]));
const configuration = {
  buckets: watched.map((name) => ({
    name,
    ...recorded.get(name)?.expected.config,
    // The buckets have other names here than where they were recorded, and some were recorded from one server.
    ignoreKinds: ['deployment-elsewhere', 'shared-deployment'],
    ...(name === elsewhere ? { roleArn: roleElsewhere } : {}),
  })),
};
const reading = readConfig(configuration);
if ('problems' in reading) throw new Error(reading.problems.join('\n'));
/** What the roles allow, as they are made from the configuration; that they are packaged so is tested below. */
const own = permissionsOf(deployedStatements(roleStatements({ config: reading.config, remote: null }), monitorStack));
const ofLook = permissionsOf(deployedStatements(watchStatements([elsewhere]), monitorStack));

let account: Account;
let monitor: Monitor;
let look: Session;
let lookStatements: readonly AllowStatement[];
let receive: () => Promise<Mail[]>;
let savedState: Content[];
/** What an audit with every permission tells of each bucket. */
const calm = new Map<string, Report>();

const nameOf = ({ kind, subject }: Finding) => `${kind} ${subject}`;
const rowsOf = ({ entries }: Report) => Object.fromEntries(entries.map(({ name, verdict }) => [name, verdict]));
const statusesOf = (mails: readonly Mail[]) => mails.map(({ attributes }) => attributes['status']?.Value);

async function audit(...more: string[]): Promise<{ code: number | null; stderr: string; reports: Report[] }> {
  const targets = watched.map((name) => `s3://${name}`);
  const { code, stdout, stderr } = await monitor.command(['audit', ...targets, '--format', 'json', ...more]);
  return { code, stderr, reports: JSON.parse(stdout) as Report[] };
}

/** Every bucket has been told of its first intruder, and has got a second one since; the state is that of then. */
async function begin(): Promise<void> {
  await account.remove(stateBucket, Object.keys(await account.look(stateBucket)));
  await account.fill(stateBucket, savedState);
  await receive();
}

beforeAll(async () => {
  account = await openAccount();
  for (const name of watched) {
    await recordedBucket(account, name);
    await account.fill(name, [early]);
  }
  monitor = await deployMonitor(account, configuration);
  ({ session: look, statements: lookStatements } = await deployLook(account, {
    role: 'look',
    bucket: elsewhere,
    trusted: monitor.session.arn,
  }));
  receive = await account.subscribe(monitor.topicArn);
  expect((await monitor.invoke()).thrown).toBe('');
  expect(statusesOf(await receive())).toEqual(['new', 'new', 'new']);
  const keys = Object.keys(await account.look(stateBucket)).filter((key) => key.endsWith('state.json.gz'));
  savedState = await Promise.all(keys.map(async (key) => ({ key, body: await account.read(stateBucket, key) })));
  for (const name of watched) await account.fill(name, [late, ...rewritten(name)]);
  for (const report of (await audit()).reports) calm.set(report.bucket.name, report);
  return async () => {
    await monitor.close();
    account.close();
  };
});

/** What follows when a permission is missing. */
interface Consequence {
  /** Watched buckets that are not seen in full. */
  unseen: Partial<Record<string, 'partial' | 'failed'>>;
  /** What the Lambda throws besides, after having done everything else. */
  thrown?: RegExp;
  /** What the command line says of the state. */
  said?: RegExp;
  /** What the finding names: the action, and what it is on. */
  finding?: RegExp;
  /** The state could not be kept, so that the news may be told twice. */
  repeats?: boolean;
  /** What the report of the bucket names as skipped; it is full all the same. */
  skipped?: { bucket: string; what: string };
}

/** Metadata of Parseable's that the audit of a recorded bucket wants to read. */
const wantedKeys = (name: string): string[] =>
  (recorded.get(name)?.contents.objects ?? [])
    .map(({ key }) => key)
    .filter((key) =>
      /(^|\/)\.parseable\.json$|\/\.stream\.json$|\/\.stream\/\.ingestor\.[^/]*\.stream\.json$/.test(key),
    );

/** The same metadata with another ETag: what is known from the state is not read again. */
const rewritten = (name: string): Content[] =>
  (recorded.get(name)?.contents.objects ?? [])
    .filter(({ key }) => wantedKeys(name).includes(key))
    .map(({ key, body = '' }) => ({ key, body: `${body.toString()}\n` }));

/** What follows from the lack of a permission; null where the code of this project never asks for it. */
function consequenceOf({ action, resource }: Grant, among: readonly Grant[]): Consequence | null {
  const [, bucket = '', key = ''] = /^arn:aws:s3:::([^/]+)\/?(.*)$/.exec(resource) ?? [];
  const state = bucket === stateBucket;
  const others = among.filter((other) => other.action === action && other.resource !== resource);
  switch (action) {
    case 's3:ListBucket':
      return state
        ? { unseen: {} }
        : {
            unseen: { [bucket]: 'failed' },
            thrown: new RegExp(`${bucket}: the audit failed \\(ListObjectsV2: AccessDenied`),
            finding: new RegExp(`s3:ListBucket on arn:aws:s3:::${bucket}`),
          };
    case 's3:GetObject': {
      if (state) {
        return {
          unseen: {},
          thrown: /the state could not be read \(AccessDenied.*nothing was alerted or saved/,
          said: /the state cannot be read.*AccessDenied/,
        };
      }
      const unread = wantedKeys(bucket).filter(
        (wanted) =>
          matches(key, wanted) && !others.some((other) => matches(other.resource, `arn:aws:s3:::${bucket}/${wanted}`)),
      );
      return unread.length === 0
        ? { unseen: {} }
        : {
            unseen: { [bucket]: 'partial' },
            finding: new RegExp(`s3:GetObject on the metadata files in arn:aws:s3:::${bucket}`),
          };
    }
    case 's3:GetLifecycleConfiguration':
      return { unseen: {}, skipped: { bucket, what: 'lifecycle' } };
    case 's3:ListBucketMultipartUploads':
      return { unseen: {}, skipped: { bucket, what: 'uploads' } };
    // Asked for where there are unfinished uploads, and by the pre-flight.
    case 's3:ListMultipartUploadParts':
    case 's3:GetBucketVersioning':
    case 's3:GetBucketObjectLockConfiguration':
      return { unseen: {} };
    case 's3:PutObject':
      return {
        unseen: {},
        thrown: /the report could not be stored \(AccessDenied.*the state could not be written \(AccessDenied/,
        said: /the state cannot be written.*AccessDenied/,
        repeats: true,
      };
    case 'sts:AssumeRole':
      return {
        unseen: { [elsewhere]: 'failed' },
        thrown: new RegExp(`${elsewhere}: the audit failed`),
        finding: /sts:AssumeRole on the role in roleArn/,
      };
    case 'sns:Publish':
      return { unseen: {}, thrown: /the alert could not be published \((AuthorizationError|AccessDenied)/ };
    default:
      return null;
  }
}

const onState = ({ resource }: Grant) => resource.includes(stateBucket);

/** Permissions under their names, for tables of tests. */
const named = (permissions: readonly Grant[]): [string, Grant][] =>
  permissions.map((one) => [`${one.action} on ${one.resource}`, one]);

describe('without one permission', () => {
  /** AWS asks for these on the function's behalf; no request of the code needs them. */
  const askedByAws = [
    'kms:GenerateDataKey*',
    'kms:Decrypt',
    'logs:CreateLogStream',
    'logs:PutLogEvents',
    'sqs:SendMessage',
  ];

  it('the packaged roles allow what is taken away here, and no more', () => {
    const namesOf = (permissions: readonly Grant[]) =>
      named(permissions)
        .map(([name]) => name)
        .sort();
    expect(namesOf(permissionsOf(monitor.statements))).toEqual(namesOf(own));
    expect(namesOf(permissionsOf(lookStatements))).toEqual(namesOf(ofLook));
  });

  it('every permission has its consequence, or is one that AWS itself asks for', () => {
    const unasked = own.filter((permission) => consequenceOf(permission, own) === null);
    expect(unasked.map(({ action }) => action).sort()).toEqual(askedByAws.toSorted());
    expect(ofLook.filter((permission) => consequenceOf(permission, ofLook) === null)).toEqual([]);
    const hurting = [...own, ...ofLook].filter(
      (permission) => Object.keys(consequenceOf(permission, [...own, ...ofLook])?.unseen ?? {}).length > 0,
    );
    expect(hurting.length).toBeGreaterThanOrEqual(8);
  });

  /** One run without it, by hand and by schedule, and one with it again. */
  async function lack(session: Session, statements: readonly AllowStatement[], missing: Grant): Promise<void> {
    const all = permissionsOf(statements);
    const { unseen, thrown, said, finding, skipped, repeats = false } = consequenceOf(missing, all) ?? { unseen: {} };
    await begin();
    await session.allow(
      policyAllowing(all.filter(({ action, resource }) => action !== missing.action || resource !== missing.resource)),
    );

    const byHand = await audit('--state', monitor.stateUrl);
    expect(byHand.stderr).not.toMatch(/ {4}at .*:\d+:\d+/);
    const worst = Object.values(unseen).includes('failed') ? 4 : Object.keys(unseen).length > 0 || said ? 3 : 1;
    expect(byHand.code).toBe(worst);
    if (said === undefined) expect(byHand.stderr).not.toContain('the state');
    else expect(byHand.stderr).toMatch(said);
    for (const report of byHand.reports) {
      const { name } = report.bucket;
      const before = calm.get(name);
      if (before === undefined) throw new Error(`${name} was not audited before`);
      expect([name, report.completeness]).toEqual([name, unseen[name] ?? 'full']);
      if (skipped?.bucket === name) expect(report.skipped).toEqual([{ what: skipped.what, why: 'AccessDenied' }]);
      const calmTold = before.findings.map(nameOf);
      const told = report.findings.filter(({ kind }) => !tellFailedReads.includes(kind)).map(nameOf);
      if (unseen[name] === undefined) expect(told).toEqual(calmTold);
      else {
        expect(told.filter((one) => !calmTold.includes(one))).toEqual([]);
        for (const [row, verdict] of Object.entries(rowsOf(report)))
          expect(['unknown', rowsOf(before)[row]]).toContain(verdict);
        const failedReads = report.findings.filter(({ kind }) => tellFailedReads.includes(kind));
        expect(failedReads.length).toBeGreaterThan(0);
        for (const { remedy, evidence } of failedReads) {
          expect(`${remedy} ${JSON.stringify(evidence)}`).toMatch(finding ?? /nothing/);
        }
      }
    }

    const scheduled = await monitor.invoke({}, { ahead: usuallyAhead + hour });
    if (thrown === undefined) expect(scheduled.thrown).toBe('');
    else expect(scheduled.thrown).toMatch(thrown);
    for (const { name, completeness } of scheduled.result?.buckets ?? []) {
      expect([name, completeness]).toEqual([name, unseen[name] ?? 'full']);
    }
    const mailsMeanwhile = await receive();
    expect(statusesOf(mailsMeanwhile)).not.toContain('resolved');
    for (const { message, attributes } of mailsMeanwhile) {
      expect(message).not.toContain('RESOLVED');
      const kinds = JSON.parse(attributes['kinds']?.Value ?? '[]') as string[];
      expect(kinds.filter((kind) => kind !== 'foreign-prefix' && !tellFailedReads.includes(kind))).toEqual([]);
    }

    await session.allow(statements);
    const healed = await monitor.invoke({}, { ahead: usuallyAhead + 2 * hour });
    expect(healed.thrown).toBe('');
    const mails = [...mailsMeanwhile, ...(await receive())];
    for (const name of watched) {
      const news = mails.filter(
        ({ attributes, message }) => attributes['bucket']?.Value === name && /^NEW$[^]*newcomer\//m.test(message),
      );
      expect([name, news.length]).toEqual([name, repeats ? 2 : 1]);
      // Told long ago, there all the time.
      const report = await storedReport(healed.result?.buckets.find((bucket) => bucket.name === name)?.reportUrl);
      expect(report.completeness).toBe('full');
      expect(report.findings.map(nameOf)).toEqual(calm.get(name)?.findings.map(nameOf));
      expect(report.findings.find(({ subject }) => subject === 'intruder/')).toMatchObject({ status: 'ongoing' });
    }
    const ended = mails.filter(({ attributes }) => attributes['status']?.Value === 'resolved');
    for (const { attributes } of ended) {
      const kinds = JSON.parse(attributes['kinds']?.Value ?? '[]') as string[];
      expect(kinds.filter((kind) => !tellFailedReads.includes(kind))).toEqual([]);
    }
    await monitor.invoke({}, { ahead: usuallyAhead + 3 * hour });
    expect(await receive()).toEqual([]);
  }

  const storedReport = async (url: string | null | undefined): Promise<Report> =>
    JSON.parse((await account.read(stateBucket, (url ?? '').replace(`s3://${stateBucket}/`, ''))).toString()) as Report;

  afterEach(async () => {
    await monitor.session.allow(monitor.statements);
    await look.allow(lookStatements);
  });

  it.each(named(own.filter(({ action }) => !askedByAws.includes(action))))(
    '%s, nothing is invented, resolved or lost',
    (_, missing) => lack(monitor.session, monitor.statements, missing),
    120_000,
  );

  it.each(named(ofLook))(
    '%s of the role for another account, nothing is invented, resolved or lost',
    (_, missing) => lack(look, lookStatements, missing),
    120_000,
  );

  it('that AWS alone asks for, all goes well', async () => {
    await begin();
    const all = permissionsOf(monitor.statements);
    await monitor.session.allow(policyAllowing(all.filter(({ action }) => !askedByAws.includes(action))));
    expect((await monitor.invoke({}, { ahead: usuallyAhead + hour })).thrown).toBe('');
    expect(statusesOf(await receive())).toEqual(['new', 'new', 'new']);
  });

  it('to list the place of the state, a state that is not there is not taken for an empty one', async () => {
    await begin();
    await account.remove(stateBucket, Object.keys(await account.look(stateBucket)));
    const all = permissionsOf(monitor.statements);
    await monitor.session.allow(policyAllowing(all.filter((one) => one.action !== 's3:ListBucket' || !onState(one))));
    const { thrown } = await monitor.invoke({}, { ahead: usuallyAhead + hour });
    expect(thrown).toMatch(/the state could not be read \(AccessDenied/);
    expect(await receive()).toEqual([]);
    expect(await account.look(stateBucket)).toEqual({});
  });
});
