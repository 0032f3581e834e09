import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { cpus, release, totalmem, type } from 'node:os';
import { createRequire } from 'node:module';

/** Where figures were taken, without which they mean little. */
export interface Machine {
  cpu: string;
  cores: number;
  memoryGb: number;
  system: string;
  node: string;
  sdk: string;
  /** Other tools that were found, with their versions; null where there is none of that name. */
  peers: Record<string, string | null>;
}

/** How each tool tells its version. */
const versionFlags = { rclone: ['version'], s5cmd: ['version'], mc: ['--version'], aws: ['--version'] } as const;
export type Peer = keyof typeof versionFlags;
export const peers = Object.keys(versionFlags) as Peer[];

function versionOf(peer: Peer): string | null {
  try {
    const said = execFileSync(peer, versionFlags[peer], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
    const [first = ''] = said.split('\n');
    // Midnight Commander is called mc, too.
    return peer === 'mc' && !/minio|RELEASE/i.test(said) ? null : first.trim();
  } catch {
    return null;
  }
}

export function machine(): Machine {
  const manifest = createRequire(import.meta.url).resolve('@aws-sdk/client-s3/package.json');
  const { version } = JSON.parse(readFileSync(manifest, 'utf8')) as { version: string };
  return {
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${type()} ${release()}`,
    node: process.version,
    sdk: version,
    peers: Object.fromEntries(peers.map((peer) => [peer, versionOf(peer)])),
  };
}
