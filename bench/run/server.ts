import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ServerUsage } from '../s3/server.ts';

/** What the made-up S3 is to hold and how it is to answer; as on its command line. */
export type ServerOptions = Partial<
  Record<
    'keys' | 'streams' | 'days' | 'skew' | 'seed' | 'foreign' | 'foreign-objects' | 'latency' | 'slow-down',
    number
  >
>;

/** The made-up S3, in a process of its own. */
export interface Server {
  url: string;
  bucket: string;
  objects: number;
  /** What it did and cost since it was last asked so, or told to begin anew. */
  usage(): Promise<ServerUsage>;
  reset(): Promise<void>;
  /** Lets the metadata files of so many streams change. */
  touch(streams: number): Promise<void>;
  stop(): Promise<void>;
}

const program = join(import.meta.dirname, '../s3/main.ts');

/** Starts the server. @throws Error when it does not come up */
export async function startServer(options: ServerOptions): Promise<Server> {
  const flags = Object.entries(options).map(([name, value]) => `--${name}=${String(value)}`);
  const child = spawn(process.execPath, [program, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout });
  const first = await Promise.race([once(lines, 'line'), once(child, 'exit').then(() => [])]);
  if (typeof first[0] !== 'string') throw new Error('the made-up S3 did not start');
  const about = JSON.parse(first[0]) as { url: string; bucket: string; objects: number };
  const ask = async (what: string) => (await (await fetch(`${about.url}/-/${what}`)).json()) as ServerUsage;
  return {
    ...about,
    usage: () => ask('usage'),
    reset: async () => {
      await ask('reset');
    },
    touch: async (streams) => {
      await ask(`touch?streams=${String(streams)}`);
    },
    stop: async () => {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    },
  };
}

/** Has a server for as long as `use` takes. */
export async function withServer<T>(options: ServerOptions, use: (server: Server) => Promise<T>): Promise<T> {
  const server = await startServer(options);
  try {
    return await use(server);
  } finally {
    await server.stop();
  }
}
