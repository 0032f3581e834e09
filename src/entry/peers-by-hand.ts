import type { Peer } from '../audit/checks/suspect.ts';
import type { Config } from '../config/config.ts';
import { openMemoryStore } from '../history/store.ts';
import type { Stop } from './interrupt.ts';
import type { ReportOptions } from './options.ts';
import { findPeers } from './peers.ts';
import type { Progress } from './progress.ts';
import { neighbourOf, type Target } from './targets.ts';

interface Asked {
  /** The buckets that were named. */
  targets: readonly Target[];
  /** Its buckets are asked too, named or not. */
  config: Config;
  options: ReportOptions;
  /** Where earlier audits are remembered, for a bucket that does not answer; null for nowhere. */
  state: string | null;
}

/**
 * Finds which deployment each named and each configured bucket carries, each by its own connection. When the asking is cut
 * off, nobody can tell of any.
 */
export async function peersByHand(
  { targets, config, options, state }: Asked,
  stop: Stop,
  progress: Progress,
): Promise<readonly Peer[]> {
  const named = new Set(targets.map(({ bucket }) => bucket.name));
  const neighbours = config.buckets.filter(({ name }) => !named.has(name));
  const all = [...targets, ...neighbours.map((section) => neighbourOf(section, options))];
  const members = all.map(({ bucket, connection }) => ({ name: bucket.name, connection }));
  const [first] = members;
  if (first === undefined || members.length < 2) return [];
  progress.tell(first.name, { done: 0, total: 0, phase: 'asking which buckets belong together' });
  const found = await stop.before(
    findPeers(members, state === null ? null : { load: (name) => remembered(name, all, state) }, stop.signal),
  );
  return found ?? members.map(({ name }) => ({ bucket: name, id: null }));
}

/** What is remembered of a bucket: its state is reached as when it is audited itself. */
async function remembered(name: string, all: readonly Target[], state: string) {
  const target = all.find(({ bucket }) => bucket.name === name);
  if (target === undefined) return { state: 'absent' } as const;
  return await openMemoryStore(state, target.stateConnection).load(name);
}
