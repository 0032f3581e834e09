import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { objectOf } from '../s3/client.ts';
import { faultWhen, startS3, type S3 } from '../s3/server.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';
import { runHere } from './here.ts';

const id = '01K3YPQ3C8JMRNV7E9Z0C1HT01';
const deployment = (bucket: string) =>
  objectOf('.parseable/.parseable.json', deploymentBody(id).replace('/bucket"', `/${bucket}"`));
const stream = objectOf('web/.stream/.stream.json', markerBody('v7'));
/** Written a moment ago: to an audit it would be pending. */
const young = objectOf(
  'wide/date=2026-10-30/hour=09/minute=00/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q1D.parquet',
  'PAR1 data PAR1',
  new Date(),
);
const denied = { kind: 'status', status: 403, code: 'AccessDenied' } as const;

let s3: S3;
let folder: string;

beforeAll(async () => {
  s3 = await startS3({
    buckets: {
      fresh: { objects: [] },
      healthy: { objects: [deployment('healthy'), stream] },
      copy: { objects: [deployment('copy'), stream] },
      noted: { objects: [objectOf('test/', '')] },
      foreign: { objects: [deployment('foreign'), stream, objectOf('backups/db.sql.gz', 'dump')] },
      orphaned: { objects: [deployment('orphaned'), stream, young] },
    },
  });
});

afterAll(() => s3.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-preflight-'));
  s3.requests.length = 0;
});

afterEach(async () => {
  s3.fail();
  await rm(folder, { recursive: true });
});

const preflight = (...argv: string[]) => runHere(['preflight', ...argv], folder, s3.url);
const reportOf = async (...argv: string[]): Promise<Report> =>
  JSON.parse((await preflight(...argv, '--format', 'json')).stdout) as Report;
const configure = (...buckets: Record<string, unknown>[]) =>
  writeFile(join(folder, 'bucket-hygiene.json'), JSON.stringify({ buckets }));

describe('a pre-flight', () => {
  it.each([
    ['of an empty bucket', ['s3://fresh'], 0, 'fresh: ready for Parseable 2.9.5'],
    ['of a healthy deployment', ['s3://healthy'], 0, 'healthy: ready for Parseable 2.9.5'],
    ['of an empty folder marker', ['s3://noted'], 0, 'noted: ready for Parseable 2.9.5'],
    [
      'of that marker for a server that stumbles over it',
      ['s3://noted', '--server-version', '1.6.2'],
      1,
      'noted: not ready for Parseable 1.6.2',
    ],
    ['of another writer’s files', ['s3://foreign'], 1, 'foreign: not ready for Parseable 2.9.5'],
    ['of such files, whatever the threshold', ['s3://foreign', '--fail-on', 'never'], 1, 'foreign: not ready for'],
    ['of orphaned data, however young', ['s3://orphaned'], 1, 'orphaned: not ready for Parseable 2.9.5'],
    ['of a bucket that does not exist', ['s3://nowhere'], 4, 'nowhere: could not be looked at'],
  ])('%s answers by its exit code, and in words', async (_, argv, code, verdict) => {
    const ended = await preflight(...argv);
    expect(ended).toMatchObject({ code, stderr: '' });
    expect(ended.stdout.slice(0, verdict.length)).toBe(verdict);
    expect(ended.stdout).not.toMatch(/not-parseable|pending/i);
  });

  it('exits 3 when not everything could be seen', async () => {
    s3.fail(faultWhen(({ prefix }) => prefix.startsWith('web/'), denied));
    const { code, stdout } = await preflight('s3://healthy');
    expect(code).toBe(3);
    expect(stdout).toMatch(/^healthy: not known to be ready for Parseable 2\.9\.5/);
  });

  it('is whole without the permissions for what would bite later, and names them', async () => {
    s3.fail(
      faultWhen(
        ({ operation }) => operation === 'GetBucketVersioning' || operation === 'GetObjectLockConfiguration',
        denied,
      ),
    );
    const { code, stdout } = await preflight('s3://fresh');
    expect(code).toBe(0);
    expect(stdout).toMatch(/s3:GetBucketVersioning\n[^]*s3:GetBucketObjectLockConfiguration\n/);
  });

  it('gives the answer to programs too', async () => {
    const report = await reportOf('s3://orphaned');
    expect(report).toMatchObject({
      mode: 'preflight',
      completeness: 'full',
      preflight: { ready: false },
      findings: [{ kind: 'orphaned-stream-data', status: 'new' }],
      summary: { warning: 1 },
    });
    expect(report.preflight?.reasons).toEqual([expect.stringContaining('wide/')]);
    expect(report.preflight?.advice).not.toEqual([]);
  });

  it('puts the report into a file, and the answer on stderr', async () => {
    const ended = await preflight('s3://foreign', '--output', 'answer.txt');
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(/^foreign: not ready for Parseable/);
    expect(await readFile(join(folder, 'answer.txt'), 'utf8')).toMatch(/^foreign: not ready for Parseable 2\.9\.5/);
  });

  it('goes by the configuration: its version, its tenants and what it allows', async () => {
    await configure(
      { name: 'foreign', allow: [{ prefix: 'backups/' }], environment: 'new', serverVersion: '2.8.0' },
      { name: 'healthy', multiTenant: true },
    );
    const allowed = await reportOf('s3://foreign');
    expect(allowed.preflight?.reasons.join()).not.toContain('backups/');
    expect((await preflight('s3://foreign')).stdout).toMatch(/^foreign \(new\): .*ready for Parseable 2\.8\.0/);
    const tenants = await preflight('s3://healthy');
    expect(tenants).toMatchObject({ code: 1 });
    expect(tenants.stdout).toMatch(/^healthy: not ready for a multi-tenant Parseable/);
  });

  it('is not ready when another configured bucket carries its deployment', async () => {
    await configure({ name: 'healthy' });
    const report = await reportOf('s3://copy');
    expect(report.findings.map(({ kind }) => kind)).toEqual(['shared-deployment']);
    expect(report.preflight?.reasons.join()).toContain('healthy');
  });

  it('writes nothing, neither here nor there', async () => {
    await preflight('s3://foreign');
    expect(await readdir(folder)).toEqual([]);
    expect(s3.writes).toEqual([]);
  });
});

describe('a pre-flight that is asked in the wrong way', () => {
  it.each([
    [['s3://fresh', 's3://healthy'], /preflight takes one bucket, found 2/],
    [[], /preflight needs a bucket/],
    [
      ['s3://fresh', '--state', 's3://ops/state/'],
      /^bucket-hygiene: --state is no option of preflight: a pre-flight stands alone/,
    ],
    [['s3://fresh', '--baseline', 'known.json'], /--baseline is no option of preflight: what is known is in the way/],
    [['s3://fresh', '--write-baseline=known.json'], /--write-baseline is no option of preflight: nothing/],
    [['s3://fresh', '--fail-on', 'info'], /--fail-on is "info"/],
  ])('%j is told so before any request', async (argv, words) => {
    const { code, stdout, stderr } = await preflight(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(words);
    expect(stderr.trimEnd().split('\n')).toHaveLength(2);
    expect(s3.requests).toEqual([]);
  });
});
