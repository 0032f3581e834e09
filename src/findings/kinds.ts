export type Severity = 'error' | 'warning' | 'note';

/** From light to grave. */
export const severities = ['note', 'warning', 'error'] as const satisfies readonly Severity[];

/** True when `a` is at least as grave as `b`. */
export const atLeast = (a: Severity, b: Severity): boolean => severities.indexOf(a) >= severities.indexOf(b);

/**
 * Every kind of finding that exists, with its usual severity and its title. What a kind means for a certain
 * server version, and where its severity differs for one, stands in `consequences.ts`; what to do stands in `remedies.ts`.
 * `deep` marks what lies so far inside of streams that only a deep audit looks for it.
 * Adding a kind: CONTRIBUTING.md.
 */
export const kinds = {
  'foreign-prefix': { severity: 'warning', title: 'foreign prefix' },
  'foreign-root-object': { severity: 'warning', title: 'foreign object at the root' },
  'orphaned-stream-data': { severity: 'warning', title: 'orphaned stream data' },
  'unmigrated-stream': { severity: 'error', title: 'stream in the layout before 1.0' },
  'stream-metadata-corrupt': { severity: 'error', title: 'stream metadata unusable' },
  'stream-metadata-base-missing': { severity: 'note', title: 'stream without base metadata' },
  'stream-metadata-unreadable': { severity: 'warning', title: 'stream metadata could not be read' },
  'stream-metadata-newer': { severity: 'note', title: 'stream metadata of a newer version' },
  'stream-metadata-rewritten': { severity: 'error', title: 'stream metadata rewritten' },
  'snapshot-reset': { severity: 'error', title: 'snapshot reset' },
  'manifest-duplicated': { severity: 'warning', title: 'manifest listed twice' },
  'stream-leftover': { severity: 'note', title: 'leftover of a stream' },
  'deployment-metadata-missing': { severity: 'error', title: 'deployment metadata missing' },
  'deployment-metadata-corrupt': { severity: 'error', title: 'deployment metadata unusable' },
  'deployment-changed': { severity: 'error', title: 'deployment changed' },
  'deployment-elsewhere': { severity: 'warning', title: 'deployment of another bucket' },
  'newer-than-server': { severity: 'error', title: 'newer than the server in use' },
  'shared-deployment': { severity: 'error', title: 'deployment shared with another bucket' },
  'tenant-metadata-missing': { severity: 'error', title: 'tenant without metadata' },
  'tenant-stream-collision': { severity: 'error', title: 'tenant and stream in one prefix' },
  'stream-outside-tenant': { severity: 'error', title: 'stream outside every tenant' },
  'unrecognised-internal-prefix': { severity: 'note', title: 'unrecognised hidden prefix' },
  'folder-marker': { severity: 'note', title: 'empty folder marker' },
  'malformed-date-prefix': { severity: 'warning', title: 'malformed date folder' },
  'foreign-in-stream': { severity: 'warning', title: 'foreign files in stream' },
  'retention-overdue': { severity: 'warning', title: 'retention overdue' },
  'lifecycle-reaches-metadata': { severity: 'error', title: 'lifecycle rule reaches metadata' },
  'lifecycle-before-retention': { severity: 'warning', title: 'lifecycle rule before retention' },
  'incomplete-uploads': { severity: 'note', title: 'incomplete uploads' },
  'stream-schema-corrupt': { severity: 'error', title: 'stream schema unusable', deep: true },
  'foreign-object-in-stream': { severity: 'warning', title: 'foreign files among data', deep: true },
  'data-unreferenced': { severity: 'warning', title: 'data in no manifest', deep: true },
  'data-missing': { severity: 'error', title: 'data missing', deep: true },
  'data-size-mismatch': { severity: 'error', title: 'data of another size', deep: true },
  'manifest-missing': { severity: 'error', title: 'manifest missing', deep: true },
  'manifest-unreferenced': { severity: 'warning', title: 'manifest in no snapshot', deep: true },
  'manifest-corrupt': { severity: 'error', title: 'manifest unusable', deep: true },
  'stats-drift': { severity: 'note', title: 'counters differ from data', deep: true },
  'not-parseable': { severity: 'error', title: 'nothing of Parseable here' },
  'stale-allow-entry': { severity: 'note', title: 'stale allow entry' },
  'scan-incomplete': { severity: 'warning', title: 'not everything could be looked at' },
} as const satisfies Record<string, { severity: Severity; title: string; deep?: true }>;

export type Kind = keyof typeof kinds;

export const isKind = (text: string): text is Kind => Object.hasOwn(kinds, text);

/** Kinds that only a deep audit looks for; the subject is always a stream. */
export type DeepKind = { [K in Kind]: (typeof kinds)[K] extends { deep: true } ? K : never }[Kind];

export const isDeep = (text: string): text is DeepKind => isKind(text) && 'deep' in kinds[text];
