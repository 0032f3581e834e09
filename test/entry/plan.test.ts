import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { faultWhen, startS3, type S3 } from '../s3/server.ts';
import { loadRecorded } from '../support/recorded.ts';
import { runHere } from './here.ts';

let s3: S3;
let folder: string;

beforeEach(async () => {
  const contentsOf = (name: string) => loadRecorded(name).contents;
  s3 = await startS3({
    buckets: {
      renamed: contentsOf('host-renamed'),
      reset: contentsOf('marker-reset'),
      healthy: contentsOf('five-days'),
    },
  });
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-plan-'));
});

afterEach(async () => {
  await s3.close();
  await rm(folder, { recursive: true });
});

const plan = (...argv: string[]) => runHere(['audit', ...argv, '--deep', '--plan', 'repair'], folder, s3.url);
const linesOf = (stderr: string) => stderr.split('\n').filter((line) => line.startsWith('bucket-hygiene: '));

describe('audit --plan', () => {
  it('writes a plan, tells where, and changes nothing in the bucket', async () => {
    const { code, stderr } = await plan('s3://renamed');
    expect(code).toBe(1);
    expect(linesOf(stderr)).toEqual([
      'bucket-hygiene: renamed: a plan for 1 stream, 2 objects to be put; read repair/PLAN.md',
    ]);
    expect((await readdir(join(folder, 'repair'))).sort()).toEqual(
      ['PLAN.md', 'apply.sh', 'files', 'plan.json', 'undo.sh'].sort(),
    );
    expect((await stat(join(folder, 'repair/apply.sh'))).mode & 0o111).toBe(0o111);
    expect(await readFile(join(folder, 'repair/apply.sh'), 'utf8')).toContain(`--endpoint-url ${s3.url}\n`);
    expect(s3.writes).toEqual([]);
  });

  it('writes nothing where nothing needs it', async () => {
    const { stderr } = await plan('s3://healthy');
    expect(linesOf(stderr)).toEqual(['bucket-hygiene: healthy: nothing needs a plan']);
    expect(await readdir(folder)).toEqual([]);
  });

  it('says nothing of it when it is to be quiet', async () => {
    expect(linesOf((await plan('s3://healthy', '--quiet')).stderr)).toEqual([]);
  });

  it('gives each of several buckets a folder of its own', async () => {
    const { stderr } = await plan('s3://renamed', 's3://reset', 's3://healthy');
    expect(linesOf(stderr)).toHaveLength(3);
    expect((await readdir(join(folder, 'repair'))).sort()).toEqual(['renamed', 'reset']);
    expect(await readdir(join(folder, 'repair/reset'))).toContain('apply.sh');
  });

  it('takes the place of an earlier plan', async () => {
    await plan('s3://renamed');
    await plan('s3://reset');
    expect(await readdir(join(folder, 'repair/files'))).toEqual(['0001.json']);
    expect(await readFile(join(folder, 'repair/plan.json'), 'utf8')).toContain('"payments/"');
  });

  it.each([
    ['holds something else', 'notes.txt', 'mine', 'is not empty and holds no plan'],
    ['holds the plan of another program', 'plan.json', '{"format_version":"1.2"}', 'is not empty and holds no plan'],
    ['holds a file that is no JSON', 'plan.json', '{', 'is not empty and holds no plan'],
  ])('refuses a folder that %s, before any request', async (_, name, content, problem) => {
    await mkdir(join(folder, 'repair'));
    await writeFile(join(folder, 'repair', name), content);
    const { code, stderr } = await plan('s3://renamed');
    expect(code).toBe(2);
    expect(stderr).toContain(`--plan repair ${problem}`);
    expect(s3.requests).toEqual([]);
    expect(await readdir(join(folder, 'repair'))).toEqual([name]);
  });

  it('refuses a folder in which a plan was applied: it holds the only copies of what was replaced', async () => {
    await plan('s3://renamed');
    await mkdir(join(folder, 'repair/backup'));
    const { code, stderr } = await plan('s3://renamed');
    expect(code).toBe(2);
    expect(stderr).toContain('holds what an applied plan replaced');
  });

  it('refuses what is no folder', async () => {
    await writeFile(join(folder, 'repair'), '');
    const { code, stderr } = await plan('s3://renamed');
    expect(code).toBe(2);
    expect(stderr).toContain('--plan repair cannot be used: ENOTDIR');
  });

  it('is incomplete when something could not be read for the plan', async () => {
    const isData = faultWhen(({ operation, key }) => operation === 'GetObject' && key.endsWith('.parquet'), {
      kind: 'status',
      status: 403,
      code: 'AccessDenied',
    });
    s3.fail(isData);
    const { code, stderr } = await plan('s3://renamed');
    expect(code).toBe(3);
    expect(linesOf(stderr)).toEqual([
      'bucket-hygiene: renamed: a plan for 1 stream, 1 object to be put; read repair/PLAN.md',
    ]);
    expect(await readFile(join(folder, 'repair/PLAN.md'), 'utf8')).toContain('could not be read');
  });

  it('has no plan for a bucket that could not be looked at', async () => {
    const { code, stderr } = await plan('s3://nowhere');
    expect(code).toBe(4);
    expect(linesOf(stderr)).toEqual(['bucket-hygiene: nowhere: no plan, the bucket could not be looked at']);
    expect(await readdir(folder)).toEqual([]);
  });
});
