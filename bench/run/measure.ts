import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What a program cost, from its start to its end. */
export interface Measured {
  /** User and system time of the process and its children, as the operating system tells it. */
  cpuMs: number;
  wallMs: number;
  /** The most memory that it had at one time; null where it is no program of Node. */
  peakMb: number | null;
  code: number;
  out: string;
}

/** Runs a program and prints, on a stream of its own, what its process cost: all programs are measured the same way. */
const timed = '"$@"; code=$?; times >&3; exit $code';

/** No settings and no accounts of this machine: the server is on the loopback, and takes any key. */
export const ownEnvironment = (): Record<string, string> => ({
  PATH: process.env['PATH'] ?? '',
  HOME: tmpdir(),
  LANG: 'C.UTF-8',
  AWS_ACCESS_KEY_ID: 'bench',
  AWS_SECRET_ACCESS_KEY: 'bench',
  AWS_REGION: 'us-east-1',
  AWS_DEFAULT_REGION: 'us-east-1',
  AWS_EC2_METADATA_DISABLED: 'true',
});

/** Runs a program to its end. @throws Error when it cannot be run */
export async function measure(command: readonly string[], env: Record<string, string> = {}): Promise<Measured> {
  const folder = mkdtempSync(join(tmpdir(), 'bucket-hygiene-bench-'));
  const peakFile = join(folder, 'peak');
  const preload = pathToFileURL(join(import.meta.dirname, 'peak-memory.js')).href;
  const isNode = command[0] === process.execPath;
  const begun = performance.now();
  const child = spawn('sh', ['-c', timed, 'sh', ...command], {
    cwd: folder,
    env: {
      ...ownEnvironment(),
      ...env,
      ...(isNode ? { BENCH_PEAK_MEMORY: peakFile, NODE_OPTIONS: `--import=${preload}` } : {}),
    },
    stdio: ['ignore', 'pipe', 'inherit', 'pipe'],
  });
  const out: Buffer[] = [];
  const times: Buffer[] = [];
  child.stdout?.on('data', (chunk: Buffer) => out.push(chunk));
  child.stdio[3]?.on('data', (chunk: Buffer) => times.push(chunk));
  const code = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (ended) => {
      resolve(ended ?? -1);
    });
  });
  const wallMs = performance.now() - begun;
  const peakMb = isNode ? Number(readFileSync(peakFile, 'utf8')) / 1_024 : null;
  rmSync(folder, { recursive: true });
  return { cpuMs: cpuOf(Buffer.concat(times).toString()), wallMs, peakMb, code, out: Buffer.concat(out).toString() };
}

/** Reads what the shell's `times` prints: the second line is for its children, `0m1.234s 0m0.056s`. */
export function cpuOf(times: string): number {
  const [, children = ''] = times.trim().split('\n');
  const parts = [...children.matchAll(/(\d+)m([\d.]+)s/g)];
  if (parts.length !== 2) throw new Error(`the shell does not tell what a program cost: ${times}`);
  return parts.reduce((sum, [, minutes, seconds]) => sum + Number(minutes) * 60_000 + Number(seconds) * 1_000, 0);
}
