import { EventEmitter } from 'node:events';
import { vi } from 'vitest';
import { main } from '../../src/entry/cli.ts';
import type { Stream } from '../../src/entry/streams.ts';

export interface Ended {
  code: number;
  stdout: string;
  stderr: string;
}

/** Runs the command line in this process, in a folder and against a store: what a process of its own would tell, in less time. */
export async function runHere(argv: readonly string[], folder: string, endpoint: string): Promise<Ended> {
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  if (endpoint !== '') vi.stubEnv('AWS_ENDPOINT_URL_S3', endpoint);
  const before = process.cwd();
  process.chdir(folder);
  const told = { stdout: '', stderr: '' };
  const ear = (name: keyof typeof told): Stream => ({
    write: (text, done) => {
      told[name] += text;
      done?.();
    },
  });
  try {
    const streams = { stdout: ear('stdout'), stderr: ear('stderr') };
    const code = await main(argv, process.env, streams, { signals: new EventEmitter(), quit: () => undefined });
    return { code, ...told };
  } finally {
    process.chdir(before);
    vi.unstubAllEnvs();
  }
}
