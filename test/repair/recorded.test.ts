import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Report } from '../../src/findings/report.ts';
import { planFiles } from '../../src/repair/plan-files.ts';
import type { Plan } from '../../src/repair/plan.ts';
import { recordedCases, loadRecorded, type Recorded } from '../support/recorded.ts';
import { FakeAws } from './fake-aws.ts';
import { planned, told, unpack } from './planned.ts';

const now = new Date('2026-12-10T06:00:00Z');
/** When a plan was applied, for an audit at the same time: long enough ago for nothing to be in its grace. */
const applied = new Date('2026-12-05T06:00:00Z');

const golden = async (name: string, text: string): Promise<void> => {
  const file = new URL(`golden/${name}.txt`, import.meta.url);
  if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(file, text);
  expect(text).toBe(await readFile(file, 'utf8'));
};

const shells = ['/bin/dash', '/bin/bash'].filter((shell) => existsSync(shell));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-plan-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

async function planOf(name: string): Promise<{ recorded: Recorded; report: Report; plan: Plan }> {
  const recorded = loadRecorded(name, now);
  const { report, plan } = await planned(recorded.bucket, recorded.contents, now, { config: recorded.expected.config });
  if (plan === null) throw new Error(`no plan for ${name}`);
  return { recorded, report, plan };
}

/** A plan in the folder `plan`, and the recorded bucket behind an `aws`. */
async function ready(name: string, options: { old?: boolean } = {}) {
  const { recorded, report, plan } = await planOf(name);
  unpack(join(folder, 'plan'), planFiles(plan));
  const aws = new FakeAws(folder, recorded.contents.objects, options);
  const run = (script: string, env: Record<string, string> = {}, shell = '/bin/sh') =>
    aws.run(shell, join('plan', script), env);
  return { recorded, report, plan, aws, run };
}

const mended: Record<string, string[]> = {
  'host-renamed': ['data-unreferenced app/', 'manifest-duplicated app/'],
  'marker-reset': ['manifest-unreferenced payments/', 'snapshot-reset payments/'],
};

describe.each(Object.keys(mended))('the plan for the recorded bucket %s', (name) => {
  it('is as it was read and agreed to', async () => {
    const { plan } = await planOf(name);
    const files = new Map(planFiles(plan).map((file) => [file.name, file.content]));
    await golden(`${name}.PLAN`, files.get('PLAN.md') ?? '');
    await golden(`${name}.apply`, files.get('apply.sh') ?? '');
    await golden(`${name}.undo`, files.get('undo.sh') ?? '');
    await golden(`${name}.plan`, files.get('plan.json') ?? '');
  });

  it.each(shells)('mends it when %s applies it, and nothing else changes', async (shell) => {
    const { recorded, report, aws, run, plan } = await ready(name);
    expect(await run('apply.sh', {}, shell)).toMatchObject({ code: 0, stderr: '' });
    const { objects } = recorded.contents;
    const contents = { ...recorded.contents, objects: aws.objects(objects, applied) };
    const after = await planned(recorded.bucket, contents, now, { config: recorded.expected.config });
    const free = (line: string) => recorded.expected.free.some((kind) => line.startsWith(`${kind} `));
    expect(told(report).filter((line) => !free(line))).toEqual(mended[name]);
    expect(told(after.report).filter((line) => !free(line))).toEqual([]);
    expect(after.plan).toBeNull();

    const written = new Set(plan.streams.flatMap(({ writes }) => writes.map(({ key }) => key)));
    const others = (all: readonly { key: string; etag: string }[]) =>
      all.filter(({ key }) => !written.has(key)).map(({ key, etag }) => `${etag} ${key}`);
    expect(others(contents.objects).sort()).toEqual(others(objects).sort());
  });
});

describe('the scripts of a plan', () => {
  const name = 'host-renamed';

  it('undo it to the byte', async () => {
    const { recorded, aws, run } = await ready(name);
    const before = aws.state.objects;
    expect((await run('apply.sh')).code).toBe(0);
    expect(aws.state.objects).not.toEqual(before);
    expect(await run('undo.sh')).toMatchObject({ code: 0, stderr: '' });
    const bytes = ({ objects }: { objects: Record<string, { base64: string }> }) =>
      Object.fromEntries(Object.entries(objects).map(([key, { base64 }]) => [key, base64]));
    expect(bytes(aws.state)).toEqual(bytes({ objects: before }));
    expect(recorded.contents.objects).toHaveLength(Object.keys(before).length);
    // What is undone can be done again.
    expect((await run('apply.sh')).code).toBe(0);
  });

  it('work with an AWS CLI that knows no conditions, too', async () => {
    const { aws, run, plan } = await ready(name, { old: true });
    expect(await run('apply.sh')).toMatchObject({ code: 0, stderr: '' });
    for (const { key, body } of plan.streams.flatMap(({ writes }) => writes)) expect(aws.text(key)).toBe(body);
    expect(await run('undo.sh')).toMatchObject({ code: 0, stderr: '' });
  });

  it('write under conditions, unless they are told not to', async () => {
    const { aws, run } = await ready(name);
    await run('apply.sh');
    const puts = () => aws.state.calls.filter(([, operation]) => operation === 'put-object');
    expect(puts().every((words) => words.some((word) => /^--if-(?:none-)?match$/.test(word)))).toBe(true);
    await run('undo.sh');
    aws.state = { ...aws.state, calls: [] };
    await run('apply.sh', { CONDITIONS: 'no' });
    expect(puts().length).toBeGreaterThan(0);
    expect(puts().some((words) => words.some((word) => word.startsWith('--if-')))).toBe(false);
  });

  it('put nothing when one object has changed since', async () => {
    const { aws, run, plan } = await ready(name);
    const key = plan.streams[0]?.writes.at(-1)?.key ?? '';
    aws.put(key, '{"version":"v7"}');
    const before = aws.state.objects;
    const { code, stderr } = await run('apply.sh');
    expect(code).toBe(1);
    expect(stderr).toBe(`changed since the plan was made, make a new one: ${key}\n`);
    expect(aws.state.objects).toEqual(before);
  });

  it('take a refusal for no answer', async () => {
    const { aws, run } = await ready(name);
    aws.refuse('head-object', '403');
    const before = aws.state.objects;
    const { code, stderr } = await run('apply.sh');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^cannot (?:look at|tell whether it is there)/);
    expect(aws.state.objects).toEqual(before);
  });

  it('go on where a fault stopped them', async () => {
    const { aws, run, plan } = await ready(name);
    aws.refuse('put-object', '503');
    const stopped = await run('apply.sh');
    expect(stopped.code).not.toBe(0);
    expect(stopped.stderr).toContain('(503)');
    aws.refuse('put-object', null);
    expect((await run('apply.sh')).code).toBe(0);
    for (const { key, body } of plan.streams.flatMap(({ writes }) => writes)) expect(aws.text(key)).toBe(body);
    aws.state = { ...aws.state, calls: [] };
    expect((await run('apply.sh')).code).toBe(0);
    expect(aws.state.calls.filter(([, operation]) => operation !== 'head-object')).toEqual([]);
  });

  it('leave alone what was changed since, when it is undone', async () => {
    const { aws, run, plan } = await ready(name);
    await run('apply.sh');
    const key = plan.streams[0]?.writes.at(-1)?.key ?? '';
    aws.put(key, 'of a server');
    const { code, stderr } = await run('undo.sh');
    expect(code).toBe(1);
    expect(stderr).toBe(`changed since the plan was applied, undo it by hand: ${key}\n`);
    expect(aws.text(key)).toBe('of a server');
  });

  it('leave nothing but their own traces in the folder', async () => {
    const { run } = await ready(name);
    await run('apply.sh');
    await run('undo.sh');
    expect(readdirSync(join(folder, 'plan')).sort()).toEqual(
      ['PLAN.md', 'apply.sh', 'backup', 'done', 'files', 'plan.json', 'undo.sh'].sort(),
    );
  });
});

it.each(recordedCases.filter((name) => !(name in mended)))('the recorded bucket %s needs no plan', async (name) => {
  const { bucket, contents, expected } = loadRecorded(name, now);
  expect((await planned(bucket, contents, now, { config: expected.config })).plan).toBeNull();
});
