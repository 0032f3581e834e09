import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { StoredObject } from '../s3/server.ts';

/** What lies in the bucket of the fake: by key. */
type Stored = Record<string, { etag: string; base64: string }>;

interface State {
  /** An AWS CLI from before there were conditions on writes. */
  old: boolean;
  objects: Stored;
  /** What it was asked for, in order; the skeleton of a command aside. */
  calls: string[][];
  /** Operations that are refused, with the error that the AWS CLI prints. */
  refuse: Record<string, string>;
}

/** A bucket in a file, an `aws` that puts and gets objects in it, and the scripts of a plan run against both. */
export class FakeAws {
  readonly #folder: string;

  constructor(folder: string, objects: readonly StoredObject[], { old = false } = {}) {
    this.#folder = folder;
    const bin = join(folder, 'bin');
    mkdirSync(bin);
    const script = `#!/bin/sh\nexec '${process.execPath}' '${import.meta.filename}' '${this.#file}' "$@"\n`;
    writeFileSync(join(bin, 'aws'), script);
    chmodSync(join(bin, 'aws'), 0o755);
    const stored = objects.map(({ key, etag, size, body }): [string, Stored[string]] => [
      key,
      { etag: `"${etag}"`, base64: (body ?? Buffer.alloc(size)).toString('base64') },
    ]);
    this.state = { old, objects: Object.fromEntries(stored), calls: [], refuse: {} };
  }

  get #file(): string {
    return join(this.#folder, 'bucket.json');
  }

  get state(): State {
    return JSON.parse(readFileSync(this.#file, 'utf8')) as State;
  }

  set state(state: State) {
    writeFileSync(this.#file, JSON.stringify(state));
  }

  /** What is in the bucket now; what was not there before was written at `at`. */
  objects(before: readonly StoredObject[], at: Date): StoredObject[] {
    const known = new Map(before.map((one) => [one.key, one]));
    return Object.entries(this.state.objects).map(([key, { etag, base64 }]) => {
      const old = known.get(key);
      if (old !== undefined && `"${old.etag}"` === etag) return old;
      const body = Buffer.from(base64, 'base64');
      return { key, size: body.length, lastModified: at, etag: etag.replaceAll('"', ''), body };
    });
  }

  text(key: string): string | null {
    const found = this.state.objects[key];
    return found === undefined ? null : Buffer.from(found.base64, 'base64').toString('utf8');
  }

  put(key: string, text: string): void {
    const { state } = this;
    state.objects[key] = storedOf(Buffer.from(text));
    this.state = state;
  }

  refuse(operation: string, error: string | null): void {
    const { state } = this;
    state.refuse = error === null ? {} : { [operation]: error };
    this.state = state;
  }

  /** Runs a script of a plan. */
  run(
    shell: string,
    script: string,
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; stdout: string; stderr: string }> {
    return new Promise((resolve, reject) => {
      const child = spawn(shell, [script], {
        cwd: this.#folder,
        env: { PATH: `${join(this.#folder, 'bin')}:/usr/bin:/bin`, HOME: this.#folder, ...env },
      });
      let [stdout, stderr] = ['', ''];
      child.stdout.on('data', (text: Buffer) => (stdout += text.toString()));
      child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
      child.on('error', reject);
      child.on('close', (code) => {
        resolve({ code, stdout, stderr });
      });
    });
  }
}

const storedOf = (body: Buffer): Stored[string] => ({
  etag: `"${createHash('md5').update(body).digest('hex')}"`,
  base64: body.toString('base64'),
});

const text = { type: 'string' } as const;

/** What the AWS CLI does with these words, as far as the scripts need it. Its output is what `--query ETag` makes of it. */
function answer(
  file: string,
  [service = '', operation = '', ...words]: string[],
): { code: number; out: string; err: string } {
  const state = JSON.parse(readFileSync(file, 'utf8')) as State;
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      bucket: text,
      key: text,
      query: text,
      output: text,
      body: text,
      'if-match': text,
      'if-none-match': text,
      'endpoint-url': text,
      'generate-cli-skeleton': { type: 'boolean' },
    },
  });
  const fail = (status: string, name: string) => ({
    code: 254,
    out: '',
    err: `\nAn error occurred (${status}) when calling the ${name} operation: ${status}\n`,
  });
  if (values['generate-cli-skeleton'] === true) {
    return { code: 0, out: state.old ? '{"Body": ""}\n' : '{"Body": "", "IfMatch": "", "IfNoneMatch": ""}\n', err: '' };
  }
  const { key = '', 'if-match': match, 'if-none-match': none } = values;
  if (state.old && operation !== 'get-object' && (match ?? none) !== undefined) {
    return { code: 252, out: '', err: 'Unknown options\n' };
  }
  state.calls.push([service, operation, ...words]);
  const save = (): void => {
    writeFileSync(file, JSON.stringify(state));
  };
  save();
  const refused = state.refuse[operation];
  if (refused !== undefined) return fail(refused, operation);
  const found = state.objects[key];
  if (operation === 'put-object') {
    if (none === '*' && found !== undefined) return fail('PreconditionFailed', 'PutObject');
    if (match !== undefined && found?.etag !== match) return fail('PreconditionFailed', 'PutObject');
    const stored = storedOf(readFileSync(values.body ?? ''));
    state.objects[key] = stored;
    save();
    return { code: 0, out: `${stored.etag}\n`, err: '' };
  }
  if (operation === 'delete-object') {
    state.objects = Object.fromEntries(Object.entries(state.objects).filter(([other]) => other !== key));
    save();
    return { code: 0, out: '', err: '' };
  }
  if (found === undefined) return fail('404', operation === 'head-object' ? 'HeadObject' : 'GetObject');
  if (match !== undefined && found.etag !== match) return fail('PreconditionFailed', 'GetObject');
  const [place] = positionals;
  if (operation === 'get-object' && place !== undefined) writeFileSync(place, Buffer.from(found.base64, 'base64'));
  return { code: 0, out: `${found.etag}\n`, err: '' };
}

if (process.argv[1] === import.meta.filename) {
  const [, , file = '', ...words] = process.argv;
  const { code, out, err } = answer(file, words);
  process.stdout.write(out);
  process.stderr.write(err);
  process.exitCode = code;
}
