import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { objectOf } from '../s3/client.ts';
import { faultWhen, startS3, type S3 } from '../s3/server.ts';
import { runCli } from '../support/cli.ts';
import { troubledBucket } from '../support/troubled-bucket.ts';
import { runHere } from './here.ts';

const hostileKey = 'evil\u202e\u001b[31m\n.txt';

let s3: S3;
let folder: string;

beforeAll(async () => {
  s3 = await startS3({
    buckets: {
      logs: { objects: [...troubledBucket, objectOf(hostileKey, 'x')] },
      photos: { objects: [objectOf('photos/1.jpg', 'x')] },
    },
  });
});

afterAll(() => s3.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-init-'));
  s3.requests.length = 0;
});

afterEach(async () => {
  s3.fail();
  await rm(folder, { recursive: true });
});

const init = (...argv: string[]) => runHere(['init', ...argv], folder, s3.url);

interface Written {
  $schema: string;
  buckets: [{ name: string; suggestedAllow: { prefix: string; reason: string }[]; allow: object[] }];
}
const written = async (name = 'bucket-hygiene.json') =>
  JSON.parse(await readFile(join(folder, name), 'utf8')) as Written;

describe('init', () => {
  it('writes a first configuration, and says where it is and what to do next', async () => {
    const { code, stdout, stderr } = await init('s3://logs');
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    const { buckets, $schema } = await written();
    expect(buckets).toEqual([
      {
        name: 'logs',
        endpoint: s3.url,
        allow: [],
        suggestedAllow: ['.Trash/', 'dump/', hostileKey, 'marker/', 'notes.txt'].map((prefix) => ({
          prefix,
          reason: expect.stringMatching(/^\d+ objects?, .*; seen on \d{4}-\d{2}-\d{2}$/) as string,
        })),
      },
    ]);
    expect(resolve(folder, $schema)).toBe(
      fileURLToPath(new URL('../../src/config/bucket-hygiene.schema.json', import.meta.url)),
    );
    expect(stderr).toMatch(/^bucket-hygiene: bucket-hygiene.json is written, from \d+ entries in logs\n/);
    expect(stderr).toContain('serverVersion');
    expect(stderr).toMatch(/\n {2}Then: bucket-hygiene audit s3:\/\/logs\n$/);
    expect(s3.writes).toEqual([]);
  });

  it('writes what an audit reads, and its suggestions have no effect before they are moved', async () => {
    await init('s3://logs', '--output', 'first.json', '--quiet');
    const audit = async () => {
      const argv = ['audit', 's3://logs', '--config', 'first.json', '--format', 'json', '--quiet'];
      // The endpoint comes from the file now.
      const { stdout } = await runHere(argv, folder, '');
      const { completeness, entries } = JSON.parse(stdout) as Report;
      expect(completeness).toBe('full');
      return entries.filter(({ verdict }) => verdict === 'allowed').map(({ name }) => name);
    };
    expect(await audit()).toEqual([]);
    const config = await written('first.json');
    config.buckets[0].allow = config.buckets[0].suggestedAllow.splice(0);
    await writeFile(join(folder, 'first.json'), JSON.stringify(config));
    expect(await audit()).toEqual(['.Trash/', 'dump/', hostileKey, 'marker/', 'notes.txt']);
  });

  it('names the command that reads the file, as a shell takes it', async () => {
    await mkdir(join(folder, 'my files'));
    const { stderr } = await init('s3://logs', '--output', 'my files/first.json', '--path-style');
    expect(stderr).toContain("Then: bucket-hygiene audit s3://logs --config 'my files/first.json' --path-style\n");
    expect(await readdir(join(folder, 'my files'))).toEqual(['first.json']);
  });

  it('says nothing when that is asked for and all is well', async () => {
    expect(await init('s3://logs', '--quiet')).toEqual({ code: 0, stdout: '', stderr: '' });
  });

  it('warns of what is probably the wrong bucket', async () => {
    const { code, stderr } = await init('s3://photos');
    expect(code).toBe(0);
    expect(stderr).toContain('it is probably the wrong bucket');
  });

  it('writes what it saw of a bucket, tells what it did not see, and exits 3', async () => {
    s3.fail(
      faultWhen(({ prefix }) => prefix.startsWith('dump/'), {
        kind: 'status',
        status: 503,
        code: 'SlowDown',
      }),
    );
    const { code, stderr } = await init('s3://logs', '--quiet');
    expect(code).toBe(3);
    expect(stderr).toMatch(/^bucket-hygiene: dump\/ could not be looked at: .*SlowDown.*\n$/);
    expect((await written()).buckets[0].suggestedAllow.map(({ prefix }) => prefix)).not.toContain('dump/');
  });

  it.each([
    ['that does not exist', 's3://gone', 'NoSuchBucket'],
    ['that it may not list', 's3://logs', 'AccessDenied'],
  ])('writes no file for a bucket %s, says what to do, and exits 4', async (_, bucket, answer) => {
    if (answer === 'AccessDenied') s3.fail(() => ({ kind: 'status', status: 403, code: answer }));
    const { code, stdout, stderr } = await init(bucket);
    expect({ code, stdout }).toEqual({ code: 4, stdout: '' });
    expect(stderr).toContain(answer);
    expect(stderr).toMatch(/aws s(ts|3) /);
    expect(stderr).toContain('bucket-hygiene.json was not written');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([
    ['two buckets', ['s3://logs', 's3://photos']],
    ['no bucket', []],
    ['a place in a bucket', ['s3://logs/app/']],
    ['a folder that is not there', ['s3://logs', '--output', 'gone/first.json']],
    ['a folder', ['s3://logs', '--output', '.']],
    ['a file that is there', ['s3://logs', '--output', 'there.json']],
    ['a link that leads nowhere', ['s3://logs', '--output', 'link.json']],
    ['a place below a file', ['s3://logs', '--output', 'there.json/first.json']],
    ['an endpoint that is none', ['s3://logs', '--endpoint-url', 'minio:9000']],
  ])('refuses %s with exit 2, before any request', async (_, argv) => {
    await writeFile(join(folder, 'there.json'), 'mine');
    await symlink('nowhere', join(folder, 'link.json'));
    const { code, stdout, stderr } = await init(...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^bucket-hygiene: /);
    expect(s3.requests).toEqual([]);
    expect(await readFile(join(folder, 'there.json'), 'utf8')).toBe('mine');
    expect((await readdir(folder)).sort()).toEqual(['link.json', 'there.json']);
  });

  it('puts the configuration on stdout when the file came to be meanwhile', async () => {
    let made = false;
    s3.fail(() => {
      if (!made) void writeFile(join(folder, 'bucket-hygiene.json'), 'mine');
      made = true;
      return null;
    });
    const { code, stdout, stderr } = await init('s3://logs', '--quiet');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ buckets: [{ name: 'logs' }] });
    expect(stderr).toContain('could not be written (EEXIST)');
    expect(await readFile(join(folder, 'bucket-hygiene.json'), 'utf8')).toBe('mine');
  });

  it('writes nothing when it is interrupted, and exits 130', async () => {
    const asked = Promise.withResolvers<undefined>();
    const silent = createServer(() => {
      asked.resolve(undefined);
    });
    await new Promise<void>((done) => silent.listen(0, '127.0.0.1', done));
    const { code, stdout } = await runCli(['init', 's3://logs'], {
      cwd: folder,
      endpoint: `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`,
      onStart: (child) => {
        void asked.promise.then(() => child.kill('SIGINT'));
      },
    });
    expect({ code, stdout }).toEqual({ code: 130, stdout: '' });
    expect(await readdir(folder)).toEqual([]);
    silent.closeAllConnections();
    silent.close();
  });
});
