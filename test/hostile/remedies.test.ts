import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { remedyParts } from '../../src/findings/commands.ts';
import { describe as words } from '../../src/findings/describe.ts';
import { isKind, kinds, type Kind } from '../../src/findings/kinds.ts';
import { anyKey, hostileKeys } from './keys.ts';

const allKinds = Object.keys(kinds).filter(isKind);
const now = new Date('2026-11-24T06:00:00Z');
const bucket = 'logs-prod';
const endpoint = "http://minio:9000/it's a `path`$(touch CANARY)";

/** Shells into which a person pastes; where history is on, `!` is obeyed in double quotes, too. */
/** A shell, its options, and what is typed first. */
type Shell = readonly [shell: string, options: readonly string[], first: string];

const shells = (
  [
    ['bash', ['--norc'], 'set -o history -o histexpand'],
    ['dash', [], ''],
  ] satisfies Shell[]
).filter(([shell]) => existsSync(`/bin/${shell}`));

/** What a command is about: the key that it must arrive with, among others that belong to the finding. */
interface Asked {
  kind: Kind;
  subject: string;
  key: string;
  command: string;
}

/** Every command line in the remedy of a finding about that key. */
function commandsAbout(kind: Kind, subject: string, at: string | null): Asked[] {
  const key = `${subject}.stream/.stream.json`;
  const failed = { operation: 'ListObjectsV2', code: 'Stopped', status: null };
  return [kind === 'scan-incomplete' ? failed : {}].flatMap((evidence) => {
    const { remedy } = words(kind, {
      bucket,
      endpoint: at,
      subject,
      serverVersion: '2.9.5',
      multiTenant: false,
      hidden: false,
      evidence,
      now,
      details: { key, reason: 'it is not JSON' },
    });
    return remedyParts(remedy)
      .filter(({ command }) => command)
      .map(({ text }) => ({ kind, subject, key, command: text }));
  });
}

let folder: string;

/** Fakes of whatever a key might try to run, in a folder that is the whole PATH. */
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-shell-'));
  const bin = join(folder, 'bin');
  mkdirSync(bin);
  mkdirSync(join(folder, 'here'));
  const fake = (name: string, script: string) => {
    writeFileSync(join(bin, name), `#!/bin/sh\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  // `printf` is the shell's own: nothing else is on the PATH.
  fake('aws', `printf '%s\\0' "$#" "$@" >> '${join(folder, 'argv')}'`);
  fake('npx', `printf '%s\\0' "$#" "$@" >> '${join(folder, 'argv')}'`);
  fake('mc', `printf '%s\\0' "$#" "$@" >> '${join(folder, 'argv')}'`);
  for (const name of ['touch', 'rm', 'curl', 'sh', 'id', 'cat', 'cmd', 's', 'x', 'evil']) {
    fake(name, `printf 'ran %s\\n' '${name}' >> '${join(folder, 'canary')}'`);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** Types lines into a shell whose PATH holds the fakes alone; answers what `aws` or `npx` was given each time. */
function type([shell, options, first]: Shell, lines: readonly string[]): string[][] {
  const log = join(folder, 'argv');
  const here = join(folder, 'here');
  rmSync(log, { force: true });
  const { stdout, stderr, status } = spawnSync(`/bin/${shell}`, options, {
    cwd: here,
    env: { PATH: join(folder, 'bin'), HOME: here, HISTFILE: '/dev/null', LC_ALL: 'C' },
    input: [first, ...lines, ''].join('\n'),
    maxBuffer: 64 * 1024 * 1024,
  });
  expect(stderr.toString().slice(0, 2_000)).toBe('');
  expect(stdout.toString().slice(0, 2_000)).toBe('');
  expect(status).toBe(0);
  expect(readdirSync(here)).toEqual([]);
  expect(existsSync(join(folder, 'canary')) ? readFileSync(join(folder, 'canary'), 'utf8') : '').toBe('');
  const words = (existsSync(log) ? readFileSync(log, 'utf8') : '').split('\0').slice(0, -1);
  const calls: string[][] = [];
  for (let at = 0; at < words.length;) {
    const count = Number(words[at]);
    calls.push(words.slice(at + 1, at + 1 + count));
    at += 1 + count;
  }
  return calls;
}

/** No argument can hold NUL; then the whole bucket is looked at. */
const typable = (key: string): string => (key.includes('\0') ? '' : key);

/** The keys that a remedy may send somebody to: what the finding is about, the file it names, the tenant, or the bucket. */
function keysOf({ subject, key }: Asked): string[] {
  const tenant = /^[^/]*\/(?=[^])/.exec(subject)?.[0] ?? '';
  const below = ['', '.stream', '.stream/', '.parseable.json', '.stream/.stream.json', '.stream/.schema'].map(
    (rest) => `${subject}${rest}`,
  );
  const parent = subject.slice(0, subject.lastIndexOf('/', subject.length - 2) + 1);
  return [...below, key, tenant, parent, '.parseable', '.parseable/', '.parseable/.parseable.json', ''].map(typable);
}

/** The command lines that exist; the key is exactly one argument of them. */
function expectedCalls(asked: Asked): string[][] {
  return keysOf(asked).flatMap((key) => {
    const url = `s3://${bucket}/${key}`;
    return [
      ['s3', 'ls', url],
      ['s3', 'ls', '--recursive', url],
      ['s3', 'cp', url, '-'],
      ['s3api', 'list-object-versions', '--bucket', bucket, `--prefix=${key}`],
      ['s3api', 'get-bucket-lifecycle-configuration', '--bucket', bucket],
      ['s3api', 'list-multipart-uploads', '--bucket', bucket, `--prefix=${key}`],
      ['sts', 'get-caller-identity'],
      ['bucket-hygiene', 'audit', `s3://${bucket}`, '--deep', '--plan', 'plan'],
    ];
  });
}

function expectExact(shell: Shell, all: readonly Asked[], at: string | null): void {
  const calls = type(
    shell,
    all.map(({ command }) => command),
  );
  expect(calls.length).toBe(all.length);
  const options = at === null ? [] : ['--endpoint-url', at];
  calls.forEach((call, index) => {
    const asked = all[index]!;
    const allowed = expectedCalls(asked).map((one) => (one[0] === 'sts' ? one : [...one, ...options]));
    expect(
      allowed.some((one) => one.length === call.length && one.every((word, place) => word === call[place])),
      `${asked.command}\nbecame ${JSON.stringify(call)}`,
    ).toBe(true);
  });
}

/** In these shells `$'…'` is no quoting, and only that can hold a line feed at the end: nothing runs, the key is another one. */
const endsInLineFeed = (key: string): boolean => key.endsWith('\n');

describe.each(shells)('the commands of every remedy, typed into %s %j', (...shell: Shell) => {
  const knowsAnsiQuotes = shell[0] === 'bash';

  it('the shell is the one meant, and a line that is no command is noticed', () => {
    expect(type(shell, ["aws 'a b' \"$(printf 'c\\nd')\""])).toEqual([['a b', 'c\nd']]);
    expect(() => type(shell, ['not-there'])).toThrow();
    if (knowsAnsiQuotes) expect(() => type(shell, ['aws "!nothing-before"'])).toThrow();
    expect(() => type(shell, ['touch CANARY'])).toThrow();
    rmSync(join(folder, 'canary'));
  });

  const exactly = (keys: readonly string[]) => keys.filter((key) => knowsAnsiQuotes || !endsInLineFeed(key));
  const all = Object.values(hostileKeys);
  const nastiest = ['single quote and backtick', 'line feed and command', 'substitution and control', 'history'].map(
    (name) => hostileKeys[name] ?? '',
  );

  it('arrive with the key as one argument, byte for byte, and run nothing else', () => {
    const asked = [
      ...all.flatMap((key) => commandsAbout('foreign-prefix', `${key}/`, null)),
      ...exactly(all).flatMap((key) => commandsAbout('foreign-root-object', key, null)),
    ];
    expect(asked.length).toBeGreaterThan(120);
    expectExact(shell, asked, null);
  });

  it('do so for every kind, and with an endpoint', () => {
    for (const at of [null, endpoint]) {
      expectExact(
        shell,
        allKinds.flatMap((kind) => nastiest.flatMap((key) => commandsAbout(kind, `${key}/`, at))),
        at,
      );
    }
  });

  it('run nothing where the shell cannot have the key', () => {
    const asked = commandsAbout('foreign-root-object', "it's; touch CANARY; '`touch CANARY`$(touch CANARY)\n", null);
    expect(
      type(
        shell,
        asked.map(({ command }) => command),
      ).length,
    ).toBe(asked.length);
  });

  it('arrive exactly for any key', () => {
    fc.assert(
      fc.property(
        fc.array(
          anyKey.filter((key) => knowsAnsiQuotes || !endsInLineFeed(key)),
          { minLength: 30, maxLength: 30 },
        ),
        (keys) => {
          expectExact(
            shell,
            keys.flatMap((key) => commandsAbout('foreign-root-object', key, null)),
            null,
          );
        },
      ),
      { numRuns: 3, endOnFailure: true, interruptAfterTimeLimit: 6_000 },
    );
  });
});
