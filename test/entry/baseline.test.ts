import { mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { saveBaseline } from '../../src/entry/baseline-file.ts';
import type { Report } from '../../src/findings/report.ts';
import { fingerprint } from '../../src/history/fingerprint.ts';
import { objectOf } from '../s3/client.ts';
import { faultWhen, startS3, type S3 } from '../s3/server.ts';
import { deploymentBody, markerBody } from '../support/generated.ts';
import { runHere } from './here.ts';

const long = new Date('2026-01-01T00:00:00Z');
/** A stream and a deployment of its own, at home in the bucket. */
const parseable = (bucket: string, id: string) => [
  objectOf('.parseable/.parseable.json', deploymentBody(id).replace('/bucket"', `/${bucket}"`), long),
  objectOf('web/.stream/.stream.json', markerBody('v7'), long),
  objectOf('web/.stream/.schema', '{"fields":[],"metadata":{}}', long),
];
const backups = objectOf('backups/db.sql.gz', 'dump', long);
const notes = objectOf('notes.txt', 'a note', long);
/** Data without its metadata, written a moment ago. */
const young = objectOf(
  'wide/date=2026-10-30/hour=09/minute=00/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q1D.parquet',
  'PAR1 data PAR1',
  new Date(),
);

let s3: S3;
let folder: string;

beforeAll(async () => {
  s3 = await startS3({
    buckets: {
      logs: { objects: [...parseable('logs', '01K3YPQ3C8JMRNV7E9Z0C1HT01'), backups, notes, young] },
      'logs-dev': { objects: [...parseable('logs-dev', '01K3YPQ3C8JMRNV7E9Z0C1HT02'), backups] },
    },
  });
});

afterAll(() => s3.close());

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-baseline-'));
  s3.requests.length = 0;
});

afterEach(async () => {
  s3.fail();
  await rm(folder, { recursive: true });
});

const audit = (...argv: string[]) => runHere(['audit', ...argv], folder, s3.url);

const read = (name: string) => readFile(join(folder, name), 'utf8');

interface Row {
  bucket: string;
  kind: string;
  subject: string;
  reason?: string;
}
const rowsOf = async (name: string): Promise<Row[]> => (JSON.parse(await read(name)) as { findings: Row[] }).findings;
const namesOf = async (name: string): Promise<string[]> =>
  (await rowsOf(name)).map(({ bucket, kind, subject }) => `${bucket} ${kind} ${subject}`);

const baselineOf = (...rows: Row[]): string =>
  JSON.stringify({
    schemaVersion: 1,
    findings: rows.map((row) => ({ ...row, id: fingerprint(row.bucket, row.kind, row.subject) })),
  });
const row = (subject: string, more: Partial<Row> = {}): Row => ({
  bucket: 'logs',
  kind: 'foreign-prefix',
  subject,
  ...more,
});

describe('writing a baseline', () => {
  it('makes the file with all that is more than pending, and exits 0', async () => {
    const { code, stdout, stderr } = await audit('s3://logs', '--write-baseline', 'known.json');
    expect(code).toBe(0);
    expect(stdout).toContain('backups/');
    expect(stderr).toBe('bucket-hygiene: the baseline known.json holds 2 findings, 2 of them new; 0 gone\n');
    expect(await namesOf('known.json')).toEqual(['logs foreign-prefix backups/', 'logs foreign-root-object notes.txt']);
    expect(await readdir(folder)).toEqual(['known.json']);
  });

  it('keeps reasons and other buckets, takes out what is gone, and is stable', async () => {
    await writeFile(
      join(folder, 'known.json'),
      baselineOf(
        row('gone/'),
        row('backups/', { reason: 'nightly, ticket 42' }),
        row('gone/', { bucket: 'elsewhere', reason: 'theirs' }),
      ),
    );
    expect(await audit('s3://logs', '--write-baseline', 'known.json')).toMatchObject({ code: 0 });
    const first = await read('known.json');
    expect(await rowsOf('known.json')).toMatchObject([
      { bucket: 'elsewhere', subject: 'gone/', reason: 'theirs' },
      { bucket: 'logs', subject: 'backups/', reason: 'nightly, ticket 42' },
      { bucket: 'logs', subject: 'notes.txt' },
    ]);
    await audit('s3://logs', '--write-baseline', 'known.json');
    expect(await read('known.json')).toBe(first);
  });

  it('holds several buckets', async () => {
    const { code } = await audit('s3://logs', 's3://logs-dev', '--write-baseline', 'known.json', '--quiet');
    expect(code).toBe(0);
    expect(await namesOf('known.json')).toEqual([
      'logs foreign-prefix backups/',
      'logs foreign-root-object notes.txt',
      'logs-dev foreign-prefix backups/',
    ]);
  });

  it.each([
    ['in part', 3, 's3://logs', { status: 503, code: 'SlowDown' }],
    ['not at all', 4, 's3://gone', null],
  ])('writes nothing when a bucket was seen %s, and says so', async (_, expected, bucket, fault) => {
    if (fault !== null) {
      s3.fail(faultWhen(({ prefix }) => prefix.startsWith('backups/'), { kind: 'status', ...fault }));
    }
    await writeFile(join(folder, 'known.json'), baselineOf(row('gone/')));
    const before = await read('known.json');
    const { code, stderr } = await audit('s3://logs-dev', bucket, '--write-baseline', 'known.json', '--quiet');
    expect(code).toBe(expected);
    expect(stderr).toMatch(/^bucket-hygiene: the baseline known.json was not written: /);
    expect(await read('known.json')).toBe(before);
    expect(await audit(bucket, '--write-baseline', 'next.json')).toMatchObject({ code: expected });
    expect(await readdir(folder)).toEqual(['known.json']);
  });

  it('leaves the old file whole when it cannot be replaced', async () => {
    await writeFile(join(folder, 'a file'), 'x');
    await expect(saveBaseline(join(folder, 'a file', 'known.json'), [])).rejects.toThrow(/ENOTDIR|ENOENT/);
    expect(await readdir(folder)).toEqual(['a file']);
  });

  it('replaces what a link leads to, and keeps the link', async () => {
    await writeFile(join(folder, 'real.json'), baselineOf());
    await symlink('real.json', join(folder, 'known.json'));
    expect(await audit('s3://logs-dev', '--write-baseline', 'known.json')).toMatchObject({ code: 0 });
    expect(await namesOf('real.json')).toEqual(['logs-dev foreign-prefix backups/']);
    expect((await readdir(folder)).sort()).toEqual(['known.json', 'real.json']);
  });
});

describe('an audit with a baseline', () => {
  const json = async (...argv: string[]) => {
    const { code, stdout, stderr } = await audit('s3://logs', '--format', 'json', '--quiet', ...argv);
    return { code, stderr, report: JSON.parse(stdout) as Report };
  };
  const statusOf = ({ findings }: Report) =>
    Object.fromEntries(findings.map(({ subject, status }) => [subject, status]));

  it('shows what it holds as known, does not count it and does not fail for it', async () => {
    await audit('s3://logs', '--write-baseline', 'known.json');
    const { code, report, stderr } = await json('--baseline', 'known.json', '--fail-on', 'note');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(statusOf(report)).toEqual({ 'backups/': 'known', 'notes.txt': 'known', 'wide/': 'pending' });
    expect(report.summary).toMatchObject({ error: 0, warning: 0, note: 0 });
    const { stdout } = await audit('s3://logs', '--baseline', 'known.json');
    expect(stdout).toMatch(/^logs: clean so far, 1 pending, 2 known/);
  });

  it('fails for what it does not hold', async () => {
    await writeFile(join(folder, 'known.json'), baselineOf(row('backups/')));
    const { code, report } = await json('--baseline', 'known.json');
    expect(code).toBe(1);
    expect(statusOf(report)).toMatchObject({ 'backups/': 'known', 'notes.txt': 'new' });
  });

  it('leaves pending what is pending, though the baseline holds it', async () => {
    await writeFile(join(folder, 'known.json'), baselineOf(row('wide/', { kind: 'orphaned-stream-data' })));
    const { report, stderr } = await json('--baseline', 'known.json');
    expect(statusOf(report)['wide/']).toBe('pending');
    expect(stderr).toBe('');
  });

  it('tells stale entries of its own bucket, a line each up to ten, and does not fail for them', async () => {
    const stale = Array.from({ length: 12 }, (_, at) => row(`gone-${String(at).padStart(2, '0')}\u001b/`));
    const rows = [...stale, row('backups/'), row('x/', { bucket: 'logs-dev' })];
    await writeFile(join(folder, 'known.json'), baselineOf(...rows, row('notes.txt', { kind: 'foreign-root-object' })));
    const { code, stderr } = await json('--baseline', 'known.json');
    expect(code).toBe(0);
    const lines = stderr.trimEnd().split('\n');
    expect(lines).toHaveLength(11);
    expect(lines[0]).toBe(
      String.raw`bucket-hygiene: logs: the baseline holds foreign-prefix gone-00\x1b/, which is gone`,
    );
    expect(lines[10]).toBe('bucket-hygiene: logs: the baseline holds 2 more that are gone');
  });

  it('calls nothing stale when it did not see everything', async () => {
    await writeFile(join(folder, 'known.json'), baselineOf(row('gone/')));
    s3.fail(
      faultWhen(({ prefix }) => prefix.startsWith('backups/'), {
        kind: 'status',
        status: 503,
        code: 'SlowDown',
      }),
    );
    expect(await json('--baseline', 'known.json')).toMatchObject({ code: 3, stderr: '' });
  });

  it('may renew it at once: known first, then written', async () => {
    await writeFile(join(folder, 'known.json'), baselineOf(row('gone/'), row('backups/', { reason: 'agreed' })));
    const { code, report, stderr } = await json('--baseline', 'known.json', '--write-baseline', 'known.json');
    expect(code).toBe(0);
    expect(statusOf(report)).toMatchObject({ 'backups/': 'known', 'notes.txt': 'new' });
    expect(stderr).toContain('foreign-prefix gone/, which is gone');
    expect(await rowsOf('known.json')).toMatchObject([
      { subject: 'backups/', reason: 'agreed' },
      { subject: 'notes.txt' },
    ]);
    const { code: next } = await json('--baseline', 'known.json', '--write-baseline', 'next.json');
    expect(next).toBe(0);
    expect(await read('next.json')).toBe(await read('known.json'));
  });

  it('remembers what is known as it does without one', async () => {
    await audit('s3://logs', '--write-baseline', 'known.json');
    await json('--baseline', 'known.json', '--state', 'state');
    const state = JSON.parse(gunzipSync(await readFile(join(folder, 'state/logs/state.json.gz'))).toString()) as {
      findings: Record<string, { subject: string; reported: string | null }>;
    };
    expect(
      Object.values(state.findings)
        .filter(({ reported }) => reported !== null)
        .map(({ subject }) => subject),
    ).toEqual(['backups/', 'notes.txt']);
    expect(statusOf((await json('--baseline', 'known.json', '--state', 'state')).report)['backups/']).toBe('known');
    expect(statusOf((await json('--state', 'state')).report)['backups/']).toBe('ongoing');
  });
});

describe('a baseline that cannot be used', () => {
  it.each([
    ['is not there', null, 'the baseline known.json does not exist'],
    ['is no JSON', '{"schemaVersion": 1,', 'the baseline known.json:1:21 is not JSON: '],
    ['is another file', '{"buckets": []}', 'schemaVersion is missing, expected 1'],
    [
      'holds what is no finding',
      '{"schemaVersion": 1, "findings": [{"kind": "foreign-prefix"}]}',
      'findings[0].bucket is missing, expected the name of a bucket',
    ],
    [
      'was edited by hand, and its id left',
      baselineOf(row('backups/')).replace('backups/', 'backup/'),
      'findings[0].id does not belong to its bucket, kind and subject',
    ],
  ])('because it %s ends the program with 2 before any request', async (_, text, words) => {
    if (text !== null) await writeFile(join(folder, 'known.json'), text);
    const options = text === null ? ['--baseline'] : ['--baseline', '--write-baseline'];
    for (const option of options) {
      const { code, stdout, stderr } = await audit('s3://logs', option, 'known.json');
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`bucket-hygiene: ${words}`);
      expect(stderr).toContain('known.json');
    }
    expect(s3.requests).toEqual([]);
    expect(await readdir(folder)).toEqual(text === null ? [] : ['known.json']);
  });

  it('names the first problems of many', async () => {
    await writeFile(
      join(folder, 'known.json'),
      JSON.stringify({ schemaVersion: 1, findings: Array.from({ length: 30 }, () => 'x') }),
    );
    const { stderr } = await audit('s3://logs', '--baseline', 'known.json');
    expect(stderr.split('\n')).toHaveLength(13);
    expect(stderr).toContain('  and 20 more\n');
  });

  it.each([
    ['in a folder that is not there', ['--write-baseline', 'gone/known.json']],
    ['below a file', ['--write-baseline', 'a-file/known.json']],
    ['in the place of a folder', ['--write-baseline', '.']],
    ['in the place of a device', ['--write-baseline', '/dev/null']],
    ['where the report goes', ['--write-baseline', 'same.json', '--output', './same.json']],
    ['from where the report goes', ['--baseline', 'a-file', '--output', 'a-file']],
  ])('%s is refused before any request', async (_, argv) => {
    await writeFile(join(folder, 'a-file'), baselineOf());
    const { code, stdout, stderr } = await audit('s3://logs', ...argv);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^bucket-hygiene: --(write-baseline|output) /);
    expect(s3.requests).toEqual([]);
  });

  it('in a folder that is none is refused before any request', async () => {
    await writeFile(join(folder, 'file'), 'no folder');
    expect(await audit('s3://logs', '--write-baseline', 'file/known.json')).toMatchObject({ code: 2 });
    expect(s3.requests).toEqual([]);
  });
});
