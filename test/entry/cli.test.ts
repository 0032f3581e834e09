import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { kinds } from '../../src/findings/kinds.ts';
import { version } from '../../src/version.ts';
import { startS3, type S3 } from '../s3/server.ts';
import { runCli, type CliResult } from '../support/cli.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-cli-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true });
});

/** Runs the command as a person does, where nothing answers. */
const run = (argv: string[], env: Record<string, string> = {}): Promise<CliResult> =>
  runCli(argv, { cwd: folder, endpoint: 'http://127.0.0.1:9', env: { AWS_MAX_ATTEMPTS: '1', ...env } });

describe('the command line', () => {
  it('tells its version', async () => {
    expect(await run(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('tells its help on stdout', async () => {
    const { code, stdout } = await run(['audit', '--help']);
    expect(code).toBe(0);
    expect(stdout).toContain('--fail-on LEVEL');
  });

  it('works through the link that npx makes', async () => {
    const link = join(folder, 'bucket-hygiene');
    await symlink(join(import.meta.dirname, '../../bin/bucket-hygiene.js'), link);
    expect(await promisify(execFile)(process.execPath, [link, '--version'])).toMatchObject({ stdout: `${version}\n` });
  });

  it.each([
    [['audit']],
    [['audit', 'logs']],
    [['audit', 's3://logs/app/']],
    [['audit', 's3://logs', 's3://logs']],
    [['audit', 's3://logs', '--deep=yes']],
    [['audit', 's3://logs', '--fomat', 'json']],
    [['audit', 's3://logs', '--config', 'gone.json']],
    [['audit', 's3://logs', '--state', 's3://logs/state/']],
    [['audit', 's3://logs', '--output', '.']],
    [['audit', 's3://logs', '--output', 'gone/report.json']],
    [['preflight', 's3://logs', 's3://logs-dev']],
    [['preflight', 's3://logs', '--state', 'state']],
    [['explain', 'nonsense']],
    [[]],
  ])('refuses %j with exit 2 and words, on stderr alone', async (argv) => {
    const { code, stdout, stderr } = await run(argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^bucket-hygiene: /);
    expect(stderr).not.toMatch(/\n\s+at |node:internal/);
  });

  it('names the problems of a configuration and its file', async () => {
    await writeFile(join(folder, 'wrong.json'), '{"buckets": [{"name": "logs", "alow": []}]}');
    expect(await run(['audit', 's3://logs', '--config', 'wrong.json'])).toMatchObject({
      code: 2,
      stderr: 'bucket-hygiene: buckets[0].alow is not a setting (did you mean allow?)\n  in wrong.json\n',
    });
    expect(await run(['audit', 's3://logs'], { BUCKET_HYGIENE_CONFIG: 'wrong.json' })).toMatchObject({ code: 2 });
  });

  it('names the variable whose value no request could be made with', async () => {
    const bundle = await run(['audit', 's3://logs'], { AWS_CA_BUNDLE: '/nonexistent/ca.pem' });
    expect(bundle).toMatchObject({ code: 2 });
    expect(bundle.stderr).toMatch(/^bucket-hygiene: AWS_CA_BUNDLE names \/nonexistent\/ca.pem/);
    const endpoint = await run(['audit', 's3://logs'], { AWS_ENDPOINT_URL_S3: 'localhost:9000' });
    expect(endpoint).toMatchObject({ code: 2 });
    expect(endpoint.stderr).toMatch(/^bucket-hygiene: AWS_ENDPOINT_URL_S3 is not a URL/);
  });

  it('lists every kind, the grave ones first', async () => {
    const { code, stdout } = await run(['explain']);
    expect(code).toBe(0);
    for (const kind of Object.keys(kinds)) expect(stdout).toContain(`  ${kind} `);
    expect(stdout).toMatch(/^error[^]*\nwarning[^]*\nnote/);
  });
});

describe('an audit by hand of a bucket that cannot be reached', () => {
  it('exits 4 and still prints a report', async () => {
    const { code, stdout, stderr } = await run(['audit', 's3://logs', '--format', 'json']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ bucket: { name: 'logs' }, completeness: 'failed' });
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('prints an array for several buckets, in the order named', async () => {
    const { code, stdout } = await run(['audit', 's3://logs-b', 's3://logs-a', '--format', 'json', '--quiet']);
    expect(code).toBe(4);
    expect((JSON.parse(stdout) as { bucket: { name: string } }[]).map(({ bucket }) => bucket.name)).toEqual([
      'logs-b',
      'logs-a',
    ]);
  });

  it('is the same for a profile that does not exist', async () => {
    const { code, stdout } = await run(['audit', 's3://logs', '--profile', 'nobody', '--format', 'json', '--quiet']);
    expect(code).toBe(4);
    expect(JSON.parse(stdout)).toMatchObject({ completeness: 'failed' });
  });
});

describe('an audit by hand of a bucket that answers', () => {
  let s3: S3;

  beforeAll(async () => {
    s3 = await startS3({ buckets: { logs: { objects: [] } } });
  });

  afterAll(async () => {
    await s3.close();
  });

  const audit = (...argv: string[]) => runCli(['audit', 's3://logs', ...argv], { cwd: folder, endpoint: s3.url });

  it('has nothing but the report on stdout, and a summary on stderr', async () => {
    const { code, stdout, stderr } = await audit('--format', 'json');
    expect(code).toBe(1);
    expect(JSON.parse(stdout)).toMatchObject({ completeness: 'full', findings: [{ kind: 'not-parseable' }] });
    expect(stderr).toMatch(/^logs\b.*\n$/);
  });

  it('is silent but for the report when that is asked for', async () => {
    const { stdout, stderr } = await audit('--quiet');
    expect(stdout).not.toBe('');
    expect(stderr).toBe('');
  });

  it('puts the report into a file', async () => {
    const { stdout, stderr } = await audit('--format', 'json', '--output', 'report.json');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^logs\b/);
    expect(JSON.parse(await readFile(join(folder, 'report.json'), 'utf8'))).toMatchObject({ bucket: { name: 'logs' } });
  });

  it('takes its section of bucket-hygiene.json in the working folder', async () => {
    const config = { buckets: [{ name: 'logs', environment: 'prod' }] };
    const { stdout } = await runCli(['audit', 's3://logs', '--format', 'json'], { endpoint: s3.url, config });
    expect(JSON.parse(stdout)).toMatchObject({ bucket: { environment: 'prod' } });
  });

  it('exits 3 and says so when its state cannot be read, and reports all the same', async () => {
    await writeFile(join(folder, 'bad-state'), 'a file where a folder should be');
    const { code, stdout, stderr } = await audit('--state', 'bad-state', '--format', 'json', '--quiet');
    expect(code).toBe(3);
    expect(JSON.parse(stdout)).toMatchObject({ completeness: 'full' });
    expect(stderr).toMatch(/^bucket-hygiene: logs: the state cannot be .*\n$/);
  });
});

describe('an audit by hand that is interrupted', () => {
  it('tells what was seen, within 3 s, and exits 130', async () => {
    const asked = Promise.withResolvers<undefined>();
    const silent = createServer(() => {
      asked.resolve(undefined);
    });
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    let interruptedAt = 0;
    const { code, stdout } = await runCli(['audit', 's3://logs', '--format', 'json'], {
      endpoint: `http://127.0.0.1:${String((silent.address() as AddressInfo).port)}`,
      onStart: (child) => {
        void asked.promise.then(() => {
          interruptedAt = performance.now();
          child.kill('SIGINT');
        });
      },
    });
    expect(performance.now() - interruptedAt).toBeLessThan(3_000);
    expect(code).toBe(130);
    expect(JSON.parse(stdout)).toMatchObject({ completeness: 'failed' });
    silent.closeAllConnections();
    silent.close();
  });
});
