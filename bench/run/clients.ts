import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerUsage } from '../s3/server.ts';
import { measure, type Measured } from './measure.ts';
import type { Peer } from './machine.ts';
import type { Server } from './server.ts';

/** What a program cost, and what the server did for it. */
export interface Served extends Measured {
  served: ServerUsage;
}

/** Runs a program against a server. @throws Error when it ends with another code than these */
export async function servedBy(
  server: Server,
  command: readonly string[],
  { env = {}, codes = [0] }: { env?: Record<string, string>; codes?: readonly number[] } = {},
): Promise<Served> {
  await server.reset();
  const measured = await measure(command, env);
  if (!codes.includes(measured.code)) {
    throw new Error(`${command.join(' ')} ended with code ${String(measured.code)}: ${measured.out.slice(0, 2_000)}`);
  }
  return { ...measured, served: await server.usage() };
}

const client = (name: string): string => join(import.meta.dirname, `../clients/${name}.ts`);

/** A client of this benchmark, in a process of its own. */
export const clientCommand = (name: string, ...args: string[]): string[] => [process.execPath, client(name), ...args];

const commandLine = join(import.meta.dirname, '../../bin/bucket-hygiene.js');

/** The product's own command, an audit of a server's bucket. */
export const auditCommand = ({ url, bucket }: Pick<Server, 'url' | 'bucket'>, ...args: string[]): string[] => [
  process.execPath,
  commandLine,
  'audit',
  `s3://${bucket}`,
  '--endpoint-url',
  url,
  '--format',
  'json',
  '--quiet',
  ...args,
];

/** The ways of other tools to list all of a bucket. */
export const peerCommands: Record<Peer, (server: Server) => { command: string[]; env?: Record<string, string> }> = {
  rclone: ({ url, bucket }) => ({
    command: ['rclone', 'size', '--fast-list', `:s3,provider=Minio,env_auth=true,endpoint='${url}':${bucket}`],
  }),
  s5cmd: ({ url, bucket }) => ({ command: ['s5cmd', '--endpoint-url', url, 'du', `s3://${bucket}/*`] }),
  mc: ({ url, bucket }) => ({
    command: ['mc', 'du', `bench/${bucket}`],
    env: { MC_HOST_bench: url.replace('http://', 'http://bench:bench@') },
  }),
  aws: ({ url, bucket }) => ({
    command: ['aws', '--endpoint-url', url, 's3', 'ls', '--recursive', '--summarize', `s3://${bucket}`],
  }),
};

/** What a client of this benchmark printed. */
export const printed = ({ out }: Measured): unknown => JSON.parse(out) as unknown;

/** The version of the product that is measured. */
export const productVersion = (): string =>
  (JSON.parse(readFileSync(join(import.meta.dirname, '../../package.json'), 'utf8')) as { version: string }).version;
