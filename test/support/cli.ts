import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const bin = join(import.meta.dirname, '../../bin/bucket-hygiene.js');

/** A command that takes longer hangs. */
const limitMs = 60_000;

export interface CliOptions {
  /** Where S3 is: becomes `AWS_ENDPOINT_URL_S3`. */
  endpoint?: string;
  /** Added to the environment; undefined removes a variable. */
  env?: Record<string, string | undefined>;
  /** An empty folder of its own unless given. */
  cwd?: string;
  /** Written as `bucket-hygiene.json` into the working folder, where the command looks for it by itself. */
  config?: unknown;
  /** Called as soon as the process runs, to interrupt it for example. */
  onStart?: (child: ChildProcess) => void;
}

export interface CliResult {
  /** Null when a signal ended it. */
  code: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

/** What would make a run depend on the machine, or on the shell that started the tests. */
const notInherited =
  /^(AWS_|BUCKET_HYGIENE_|NODE_OPTIONS$|NODE_V8_COVERAGE$|VITEST|NO_COLOR$|FORCE_COLOR$|CI$|COLUMNS$)/;

function environment(home: string, { endpoint, env = {} }: CliOptions): Record<string, string> {
  const inherited = Object.entries(process.env).filter(([name]) => !notInherited.test(name));
  const merged = {
    ...Object.fromEntries(inherited),
    HOME: home,
    USERPROFILE: home,
    AWS_ACCESS_KEY_ID: 'AKIATESTTESTTESTTEST',
    AWS_SECRET_ACCESS_KEY: 'secret-of-the-tests',
    AWS_EC2_METADATA_DISABLED: 'true',
    ...(endpoint === undefined ? {} : { AWS_ENDPOINT_URL_S3: endpoint }),
    ...env,
  };
  return Object.fromEntries(
    Object.entries<string | undefined>(merged).filter(
      (variable): variable is [string, string] => variable[1] !== undefined,
    ),
  );
}

/**
 * Runs the real command line in a process of its own: dummy credentials, no file of the home folder and no AWS setting
 * of the machine.
 */
export async function runCli(args: readonly string[], options: CliOptions = {}): Promise<CliResult> {
  const own = mkdtempSync(join(tmpdir(), 'bucket-hygiene-test-'));
  const cwd = options.cwd ?? own;
  if (options.config !== undefined) writeFileSync(join(cwd, 'bucket-hygiene.json'), JSON.stringify(options.config));
  try {
    return await new Promise<CliResult>((resolve, reject) => {
      const child = spawn(process.execPath, [bin, ...args], {
        cwd,
        env: environment(own, options),
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: limitMs,
        killSignal: 'SIGKILL',
      });
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      child.once('error', reject);
      child.once('close', (code, signal) => {
        resolve({ code, signal, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() });
      });
      options.onStart?.(child);
    });
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}
