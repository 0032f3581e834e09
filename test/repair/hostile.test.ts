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
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { planFiles } from '../../src/repair/plan-files.ts';
import type { Plan, PlannedWrite } from '../../src/repair/plan.ts';
import { deployment } from '../audit/checks/streams.ts';
import { anyKey, faultOf, hostileCases, hostileKeys } from '../hostile/keys.ts';
import { markerBody, object } from '../support/generated.ts';
import { planned, unpack } from './planned.ts';

const now = new Date('2026-11-24T06:00:00Z');

const write = (key: string, number: string, etag: string | null): PlannedWrite => ({
  key,
  what: etag === null ? 'manifest' : 'metadata',
  body: `{"key":${JSON.stringify(key)}}`,
  etag,
  added: 1,
  removed: 1,
  number,
  sha256: '',
});

/** A plan that puts one new object and replaces one, below each prefix. */
const planFor = (prefixes: readonly string[], endpoint: string | null = null): Plan => ({
  bucket: 'logs-prod',
  endpoint,
  madeAt: now.toISOString(),
  auditedAt: now.toISOString(),
  streams: prefixes.map((prefix, index) => ({
    prefix,
    answers: [{ kind: 'data-unreferenced', id: 'x' }],
    writes: [
      write(`${prefix}.stream/.stream.json`, String(2 * index + 1).padStart(4, '0'), '"old"'),
      write(`${prefix}date=2026-11-01/recovered.manifest.json`, String(2 * index + 2).padStart(4, '0'), null),
    ],
    notes: [{ words: 'Something.', keys: [prefix] }],
    why: null,
    unread: false,
  })),
});

/** No argument of a command can hold NUL: such streams get no plan (below). */
const typable = Object.values(hostileKeys).filter((key) => !key.includes('\0'));

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-plan-'));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

describe('the files of a plan', () => {
  it.each(hostileCases)('show nothing that a terminal obeys, of a key with %s', (_, key) => {
    for (const { name, content } of planFiles(planFor([`${key}/`], `http://minio:9000/${key}`))) {
      if (!name.startsWith('files/')) expect(faultOf(content)).toBeNull();
    }
  });

  it('show nothing that a terminal obeys, and have names without keys, whatever the key', () => {
    fc.assert(
      fc.property(anyKey, (key) => {
        for (const { name, content } of planFiles(planFor([`${key}/`]))) {
          expect(name).toMatch(/^(?:plan\.json|PLAN\.md|apply\.sh|undo\.sh|files\/\d{4}\.json)$/);
          if (!name.startsWith('files/')) expect(faultOf(content)).toBeNull();
        }
      }),
    );
  });

  it('hold the keys exactly, for programs', () => {
    const prefixes = Object.values(hostileKeys).map((key) => `${key}/`);
    const [json] = planFiles(planFor(prefixes));
    const { streams } = JSON.parse(json?.content ?? '') as { streams: { prefix: string; writes: { key: string }[] }[] };
    expect(streams.map(({ prefix }) => prefix)).toEqual(prefixes);
    expect(streams[0]?.writes[0]?.key).toBe(`${prefixes[0] ?? ''}.stream/.stream.json`);
  });

  it('keep a key inside of its code in Markdown', () => {
    for (const { name, content } of planFiles(planFor(Object.values(hostileKeys).map((key) => `${key}/`)))) {
      if (name !== 'PLAN.md') continue;
      const known = planFiles(planFor(['app/']))
        .find((one) => one.name === name)!
        .content.split('\n');
      const plain = content.split('\n').filter((line) => !line.startsWith('    ') && !/^## Stream \d+$/.test(line));
      expect(
        plain.filter((line) => !known.includes(line) && !/^(?:A new|The) m.*`files\/\d{4}\.json`/.test(line)),
      ).toEqual([]);
    }
  });
});

/** An `aws` that notes its words and answers as if all went well; in the shell itself, for it runs a thousand times. */
const noting = String.raw`#!/bin/sh
printf '%s\0' "$#" "$@" >>"$LOG"
case $2 in
  head-object)
    case "$NOW $*" in
      old*recovered.manifest.json*) printf '(404)\n' >&2; exit 254 ;;
    esac
    printf '"%s"\n' "$NOW" ;;
  put-object) printf '"new"\n' ;;
  get-object) for word; do case $word in backup/*.part) : >"$word" ;; esac; done ;;
esac
`;

/** Runs a script of the plan in the folder `plan`; answers the words of each call. */
function run(shell: string, script: string, now: string): string[][] {
  const log = join(folder, 'argv');
  rmSync(log, { force: true });
  const ran = spawnSync(shell, [`plan/${script}`], {
    cwd: folder,
    env: { PATH: `${join(folder, 'bin')}:/usr/bin:/bin`, LOG: log, NOW: now, HOME: folder, CONDITIONS: 'yes' },
  });
  expect(ran.stderr.toString()).toBe('');
  expect(faultOf(ran.stdout.toString())).toBeNull();
  expect(ran.status).toBe(0);
  const words = readFileSync(log, 'utf8').split('\0').slice(0, -1);
  const calls: string[][] = [];
  for (let at = 0; at < words.length; at += 1 + Number(words[at])) {
    calls.push(words.slice(at + 1, at + 1 + Number(words[at])));
  }
  return calls;
}

it.each(['/bin/dash', '/bin/bash'].filter((shell) => existsSync(shell)))(
  '%s gives hostile keys to the commands as they are, and runs nothing of them',
  (shell) => {
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'aws'), noting);
    for (const name of ['touch', 'curl', 'id', 'evil', 'cmd']) {
      writeFileSync(join(bin, name), `#!/bin/sh\nprintf 'ran %s\\n' ${name} >>'${join(folder, 'canary')}'\n`);
    }
    for (const name of readdirSync(bin)) chmodSync(join(bin, name), 0o755);
    const plan = planFor(
      typable.map((key) => `${key}/`),
      "http://minio:9000/it's $(touch CANARY)",
    );
    unpack(join(folder, 'plan'), planFiles(plan));
    const writes = plan.streams.flatMap((stream) => stream.writes);
    const keysOf = (calls: string[][], operation: string) =>
      calls.filter(([, one]) => one === operation).map((words) => words[4]?.replace('--key=', ''));
    const keys = (of: readonly PlannedWrite[]) => of.map(({ key }) => key).sort();
    const replaced = writes.filter(({ etag }) => etag !== null);

    const applied = run(shell, 'apply.sh', 'old');
    expect(keysOf(applied, 'head-object').sort()).toEqual(keys(writes));
    expect(keysOf(applied, 'get-object').sort()).toEqual(keys(replaced));
    const put = keysOf(applied, 'put-object');
    expect(put.toSorted()).toEqual(keys(writes));
    // Manifests of all streams come before the metadata that names them.
    expect(put.slice(put.length / 2).sort()).toEqual(keys(replaced));
    expect(new Set(applied.map((words) => words.at(-1)))).toEqual(new Set([plan.endpoint]));

    for (const { number } of writes) writeFileSync(join(folder, 'plan/done', number), '"new"\n');
    const undone = run(shell, 'undo.sh', 'new');
    expect(keysOf(undone, 'put-object').sort()).toEqual(keys(replaced));
    expect(keysOf(undone, 'delete-object').sort()).toEqual(keys(writes.filter(({ etag }) => etag === null)));

    expect(existsSync(join(folder, 'canary'))).toBe(false);
    expect(readdirSync(folder).sort()).toEqual(['argv', 'bin', 'plan']);
    const left = ['PLAN.md', 'apply.sh', 'backup', 'done', 'files', 'plan.json', 'undo.sh'];
    expect(readdirSync(join(folder, 'plan')).sort()).toEqual(left);
  },
);

it.each(['nul\0byte/', 'file://', 'https://evil.example/', 'FILEB://x/'])(
  'a stream named %j gets no plan: no command can take its keys for what they are',
  async (prefix) => {
    const path = `${prefix}date=2026-11-01/h.manifest.json`;
    const twice = [path, path].map((manifest_path) => ({ manifest_path, time_lower_bound: '2026-11-01T00:00:00Z' }));
    // The first level of such a name may end in the middle of it.
    const stream = prefix.slice(0, prefix.indexOf('/') + 1);
    const marker = object(
      `${stream}.stream/.stream.json`,
      markerBody('v7', [], { snapshot: { version: 'v2', manifest_list: twice } }),
    );
    const { plan } = await planned('bucket', { objects: [deployment, marker] }, now);
    const [planOfIt] = plan?.streams ?? [];
    if (stream === prefix) {
      expect(planOfIt).toMatchObject({ prefix, writes: [], unread: false });
      expect(planOfIt?.why).toContain('no command');
    } else expect(planOfIt?.prefix).toBe(stream);
  },
);
