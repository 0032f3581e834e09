import type { Kind, Severity } from './kinds.ts';
import { compareVersions } from './version.ts';

/** What a server of certain versions does about a kind of finding. The first row that fits is told. */
export interface Consequence {
  kind: Kind;
  /** First version it holds for; without it, from the first. */
  from?: string;
  /** First version it no longer holds for. */
  before?: string;
  /** Only in buckets with tenants. */
  multiTenant?: true;
  /** `hidden`: only where a multi-tenant start leaves the prefix alone, because its name begins with a dot or it lies inside a tenant. */
  spared?: true;
  /** Where it differs from the kind's usual one. */
  severity?: Severity;
  /** One clause, after "Parseable X.Y.Z": what the server does. */
  does: string;
}

const deleted = 'deletes it with everything in it when it starts in multi-tenant mode';
const hidesLater = 'stops loading streams at it, so that streams after it in the alphabet are invisible';
const abortsRaw = 'does not start: it aborts because the metadata of a stream is not found there';
const refuses = 'does not start: it says that the bucket "contains stale data", naming neither cause nor place';

/** What versions before 1.6.3 do about anything at the root that is no stream. */
const strict = (kind: Kind): Consequence[] => [
  { kind, before: '0.2.0', severity: 'error', does: hidesLater },
  { kind, from: '0.2.0', before: '0.8.0', severity: 'error', does: abortsRaw },
  { kind, from: '0.8.0', before: '1.6.3', severity: 'error', does: refuses },
];

/**
 * What servers do, per version: read from the sources of every tag and, where possible, seen by running them
 * (v0.9.0, v1.1.0, v1.6.2, v2.3.5, v2.4.3, v2.9.5).
 */
export const consequences: readonly Consequence[] = [
  ...strict('foreign-prefix'),
  { kind: 'foreign-prefix', multiTenant: true, spared: true, does: 'ignores it' },
  { kind: 'foreign-prefix', multiTenant: true, severity: 'error', does: deleted },
  {
    kind: 'foreign-prefix',
    from: '1.6.3',
    before: '2.4.3',
    does: 'ignores it without a word, but does not start at all should the deployment metadata be lost',
  },
  { kind: 'foreign-prefix', does: 'ignores it without a word; a server in multi-tenant mode would delete it at its next start' },

  { kind: 'foreign-root-object', does: 'ignores it: objects at the root never matter to it, they are only paid for' },

  ...strict('orphaned-stream-data'),
  { kind: 'orphaned-stream-data', multiTenant: true, spared: true, does: 'does not show it, does not count it, and never removes it' },
  { kind: 'orphaned-stream-data', multiTenant: true, does: deleted },
  {
    kind: 'orphaned-stream-data',
    does: 'does not show it, does not count it, and never removes it; a new stream of the same name starts beside it',
  },

  { kind: 'unmigrated-stream', before: '1.0.0', does: 'does not start, because a newer server has already taken over the deployment metadata' },
  { kind: 'unmigrated-stream', from: '1.0.0', before: '1.6.3', does: 'does not start: the move to the new layout was interrupted and is not taken up again' },
  { kind: 'unmigrated-stream', from: '1.6.3', before: '2.0.0', does: 'does not show it: the move to the new layout was interrupted and is not taken up again' },
  { kind: 'unmigrated-stream', from: '2.0.0', does: 'does not show it and cannot move it any more; its data stays, invisible' },

  { kind: 'stream-metadata-corrupt', before: '1.3.0', does: 'does not start while the file is damaged' },
  { kind: 'stream-metadata-corrupt', from: '1.3.0', before: '1.7.4', does: 'skips the stream in silence if the file is empty, and otherwise crashes when it starts' },
  {
    kind: 'stream-metadata-corrupt',
    from: '1.7.4',
    does: 'crashes at its next start if the file is not JSON; if it is empty or lacks fields, it starts and can no longer save what the stream receives',
  },

  { kind: 'stream-metadata-base-missing', from: '1.0.0', before: '1.6.3', severity: 'error', does: refuses },
  { kind: 'stream-metadata-base-missing', does: 'makes the base file from a node file when its query node next starts: an ordinary state in a cluster' },

  { kind: 'stream-metadata-unreadable', before: '1.6.3', does: 'may not start, or may skip the stream, if it cannot read the file either' },
  { kind: 'stream-metadata-unreadable', from: '1.6.3', does: 'forgets all data of the stream at its next start if it cannot read the file either' },

  { kind: 'stream-metadata-newer', does: 'takes it for its own version and may misread it' },

  ...strict('stream-leftover'),
  { kind: 'stream-leftover', multiTenant: true, spared: true, does: 'ignores it' },
  { kind: 'stream-leftover', multiTenant: true, does: deleted },
  { kind: 'stream-leftover', does: 'ignores it; it costs one request at each start' },

  { kind: 'deployment-metadata-missing', before: '1.3.0', does: 'makes a new deployment, or refuses to start because its staging disk names another one' },
  { kind: 'deployment-metadata-missing', from: '1.3.0', before: '2.4.3', does: 'crashes at its next start' },
  { kind: 'deployment-metadata-missing', from: '2.4.3', does: 'makes a new deployment at its next start: users, roles and API keys are lost' },

  { kind: 'deployment-metadata-corrupt', multiTenant: true, does: 'does not start while the file is damaged' },
  { kind: 'deployment-metadata-corrupt', does: 'crashes at its next start' },

  { kind: 'newer-than-server', before: '0.2.0', does: hidesLater },
  { kind: 'newer-than-server', from: '0.2.0', before: '0.8.0', does: abortsRaw },
  { kind: 'newer-than-server', from: '0.8.0', does: refuses },

  {
    kind: 'tenant-metadata-missing',
    multiTenant: true,
    does: 'deletes the tenant with all its streams when it next starts in multi-tenant mode',
  },
  ...strict('tenant-metadata-missing'),
  {
    kind: 'tenant-metadata-missing',
    does: 'does not show what is in it; a server in multi-tenant mode would delete it at its next start',
  },

  { kind: 'tenant-stream-collision', multiTenant: true, does: 'sees only the tenant; the data of the stream is invisible' },
  { kind: 'tenant-stream-collision', does: 'sees only the stream, or only the tenant, depending on the mode it starts in' },

  { kind: 'stream-outside-tenant', does: 'deletes the stream with all its data when it next starts in multi-tenant mode' },

  { kind: 'unrecognised-internal-prefix', before: '1.6.3', does: 'does not know the folder and may refuse to start' },
  { kind: 'unrecognised-internal-prefix', does: 'does not know the folder and leaves it alone' },

  ...strict('folder-marker'),
  { kind: 'folder-marker', does: 'ignores it, and can never remove it; it costs one request at each start' },

  { kind: 'not-parseable', does: 'would take the bucket for a new one' },
  { kind: 'stale-allow-entry', does: 'is not concerned: the entry is only for this monitor' },
  { kind: 'scan-incomplete', does: 'is not concerned: what could not be looked at may hold anything' },
];

/** The row that holds for a kind in a bucket. */
export function consequenceOf(
  kind: Kind,
  { serverVersion, multiTenant, spared }: { serverVersion: string; multiTenant: boolean; spared: boolean },
): Consequence | null {
  return (
    consequences.find(
      (row) =>
        row.kind === kind &&
        (row.from === undefined || compareVersions(serverVersion, row.from) >= 0) &&
        (row.before === undefined || compareVersions(serverVersion, row.before) < 0) &&
        (row.multiTenant === undefined || multiTenant) &&
        (row.spared === undefined || spared),
    ) ?? null
  );
}
