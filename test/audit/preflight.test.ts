import { describe, expect, it } from 'vitest';
import type { BucketConfig } from '../../src/config/config.ts';
import { faultWhen, type BucketContents, type Settings } from '../s3/server.ts';
import { auditObjects, findingsOf } from '../support/audited.ts';
import { deploymentBody, markerBody, object, type GeneratedObject } from '../support/generated.ts';

const deployment = object('.parseable/.parseable.json', deploymentBody());
const healthy = [deployment, object('app/.stream/.stream.json', markerBody('v7'))];
const data = object('lost/date=2026-07-22/hour=05/minute=07/host.data.01KY43JFV84TFF59TDWH9EDD1R.parquet', 100);

const preflight = (
  holds: GeneratedObject[],
  config: Partial<BucketConfig> = {},
  contents: Omit<BucketContents, 'objects'> = {},
) => auditObjects(holds, { serverVersion: '2.9.5', ...config }, { mode: 'preflight', contents });

describe('a bucket that may be given to Parseable', () => {
  it.each<[string, GeneratedObject[], Partial<BucketConfig>]>([
    ['is empty', [], {}],
    ['is that of a healthy deployment', healthy, {}],
    [
      'holds what is allowed',
      [object('exports/x', 1)],
      { allow: [{ prefix: 'exports/', reason: null, owner: null, expires: null }] },
    ],
    ['holds an empty folder marker, for a server that skips it', [object('test/', 0)], {}],
  ])('%s', async (_, holds, config) => {
    const outcome = await preflight(holds, config);
    expect(outcome.preflight).toMatchObject({ ready: true, reasons: [] });
    expect(findingsOf(outcome)).not.toContain('not-parseable /');
    expect(outcome.mode).toBe('preflight');
  });
});

describe('a bucket that may not', () => {
  it.each<[string, GeneratedObject[], Partial<BucketConfig>, RegExp]>([
    ['holds another writer’s files', [object('exports/x', 1)], {}, /exports\/.*Parseable 2\.9\.5 ignores it/],
    ['holds a file at the root', [object('notes.txt', 1)], {}, /notes\.txt/],
    ['holds orphaned data, however young', [{ ...data, lastModified: new Date('2026-11-24T05:59:00Z') }], {}, /lost\//],
    ['holds leftovers', [deployment, object('app/.stream/.schema', '{}')], {}, /app\//],
    ['holds a damaged stream', [deployment, object('app/.stream/.stream.json', '')], {}, /app\//],
    [
      'holds an empty folder marker, for a server that does not start with it',
      [object('test/', 0)],
      { serverVersion: '1.6.2' },
      /test\/.*does not start/,
    ],
    ['holds what a multi-tenant server deletes', healthy, { multiTenant: true }, /app\/.*deletes it/],
    [
      'holds what the configuration is silent about',
      [object('exports/x', 1)],
      { ignoreKinds: ['foreign-prefix'] },
      /exports\/ is in the way \(foreign\)/,
    ],
  ])('%s', async (_, holds, config, reason) => {
    const outcome = await preflight(holds, config);
    expect(outcome.preflight).toMatchObject({ ready: false });
    expect(outcome.preflight?.reasons.join('\n')).toMatch(reason);
    expect(outcome.completeness).toBe('full');
  });

  it('is one that nobody could look at whole', async () => {
    const faults = faultWhen(({ prefix }) => prefix.startsWith('app/'), {
      kind: 'status',
      status: 403,
      code: 'AccessDenied',
    });
    const outcome = await auditObjects(healthy, {}, { mode: 'preflight', faults });
    expect(outcome.preflight?.ready).toBe(false);
    expect(outcome.preflight?.reasons).toContain('Not everything could be looked at, so nobody can say what is there.');
  });

  it('names twenty reasons and counts the others', async () => {
    const outcome = await preflight(Array.from({ length: 30 }, (_, n) => object(`f${String(n)}/x`, 1)));
    expect(outcome.preflight?.reasons).toHaveLength(21);
    expect(outcome.preflight?.reasons.at(-1)).toContain('10 more');
  });
});

const lifecycle = (then: string, filter = '') =>
  `<LifecycleConfiguration><Rule><ID>r</ID><Filter>${filter}</Filter><Status>Enabled</Status>${then}</Rule></LifecycleConfiguration>`;
const versioned = '<VersioningConfiguration><Status>Enabled</Status></VersioningConfiguration>';
const aborting =
  '<AbortIncompleteMultipartUpload><DaysAfterInitiation>7</DaysAfterInitiation></AbortIncompleteMultipartUpload>';
const forgetting = '<NoncurrentVersionExpiration><NoncurrentDays>7</NoncurrentDays></NoncurrentVersionExpiration>';
const locked = '<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled></ObjectLockConfiguration>';

describe('what would bite later', () => {
  const advice = async (settings: Settings, config: Partial<BucketConfig> = {}) =>
    (await preflight([], config, { settings })).preflight?.advice.join('\n') ?? '';

  it.each<[string, Settings, RegExp]>([
    ['versioning that keeps deleted data', { versioning: versioned }, /Versioning is on/],
    [
      'a rule that expires objects',
      { lifecycle: lifecycle('<Expiration><Days>30</Days></Expiration>') },
      /lifecycle rule r removes/,
    ],
    ['object lock', { objectLock: locked }, /Object lock is on/],
    ['no rule for unfinished uploads', {}, /AbortIncompleteMultipartUpload/],
  ])('%s is told', async (_, settings, expected) => {
    expect(await advice(settings)).toMatch(expected);
  });

  it('is nothing in a bucket that is set well', async () => {
    expect(await advice({ versioning: versioned, lifecycle: lifecycle(aborting + forgetting) })).toBe('');
  });

  it('is another region than the configured one, and a version that nobody named', async () => {
    expect(await advice({}, { region: 'eu-west-1' })).toContain('P_S3_REGION=us-east-1');
    expect(await advice({}, { serverVersion: null })).toContain('--server-version');
  });

  it('cannot be told of what the store refuses, and the report says so', async () => {
    const faults = faultWhen(
      ({ operation }) => operation === 'GetBucketVersioning' || operation === 'GetObjectLockConfiguration',
      {
        kind: 'status',
        status: 403,
        code: 'AccessDenied',
      },
    );
    const outcome = await auditObjects([], {}, { mode: 'preflight', faults });
    expect(outcome.preflight?.ready).toBe(true);
    expect(outcome.skipped.map(({ what }) => what)).toEqual(['versioning', 'object-lock']);
  });
});
