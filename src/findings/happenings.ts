import type { Circumstances } from './circumstances.ts';
import type { Kind } from './kinds.ts';
import { humanAge, humanBytes, humanCount } from './units.ts';

/** "7 objects, 1.1 MB, newest 2 hours ago", as far as it is known; lower bounds are called that. */
export function figures({ evidence, now }: Pick<Circumstances, 'evidence' | 'now'>): string {
  const { objects, bytes, newest, sizeComplete } = evidence;
  if (objects === undefined || bytes === undefined) return '';
  const bound = sizeComplete === false ? 'at least ' : '';
  const age = typeof newest === 'string' ? `, newest ${humanAge(newest, now)} ago` : '';
  return `${bound}${humanCount(objects, 'object')}, ${humanBytes(bytes)}${age}`;
}

const withFigures = (circumstances: Circumstances): string => {
  const text = figures(circumstances);
  return text === '' ? '' : ` (${text})`;
};

const file = ({ subject, details = {} }: Circumstances): string => details['key'] ?? subject;
const reason = ({ details = {} }: Circumstances): string => details['reason'] ?? 'the reason is not known';

const failedRead = ({ evidence, details = {} }: Circumstances): string => {
  const status = typeof evidence['status'] === 'number' ? `, HTTP ${String(evidence['status'])}` : '';
  return `${details['operation'] ?? 'the request'} was answered with ${details['reason'] ?? 'an error'}${status}`;
};

/** What happened, in one sentence each; texts stand as in the bucket and are made safe by `describe`. */
export const happenings: Record<Kind, (circumstances: Circumstances) => string> = {
  'foreign-prefix': (c) =>
    c.subject === '*'
      ? `More prefixes than can be told one by one hold what is not Parseable's${withFigures(c)}.`
      : `${c.subject} holds what is not Parseable's${withFigures(c)}.`,
  'foreign-root-object': (c) =>
    c.subject === '*'
      ? `More objects than can be told one by one lie at the root and are not Parseable's${withFigures(c)}.`
      : `${c.subject} lies at the root and is not Parseable's${withFigures(c)}.`,
  'orphaned-stream-data': (c) =>
    `The data of a stream is in ${c.subject}, its metadata is not${withFigures(c)}: a delete was probably cut short.`,
  'unmigrated-stream': (c) =>
    `${c.subject} is a stream in the layout before 1.0, while the deployment is of a newer layout.`,
  'stream-metadata-corrupt': (c) => `The stream metadata ${file(c)} is unusable: ${reason(c)}.`,
  'stream-metadata-base-missing': (c) =>
    `${c.subject} has metadata of ingest nodes, but no base file .stream/.stream.json.`,
  'stream-metadata-unreadable': (c) => `The stream metadata ${file(c)} could not be read: ${failedRead(c)}.`,
  'stream-metadata-newer': (c) =>
    `The metadata of ${c.subject} has version ${c.details?.['version'] ?? '?'}, which this program does not know.`,
  'stream-leftover': (c) =>
    `${c.subject} holds metadata of a stream, but neither its marker nor data${withFigures(c)}.`,
  'deployment-metadata-missing': () =>
    'Streams are here, but .parseable/.parseable.json, the identity of the deployment with its users and roles, is not.',
  'deployment-metadata-corrupt': (c) => `The deployment metadata ${file(c)} is unusable: ${reason(c)}.`,
  'newer-than-server': (c) =>
    `${c.subject} was made by a newer Parseable than the ${c.serverVersion ?? '?'} that is configured.`,
  'tenant-metadata-missing': (c) =>
    c.multiTenant
      ? `${c.subject} looks like a tenant, but has no .parseable.json.`
      : `${c.subject} is most likely a copied stream or tenant: it looks like a tenant, but has no .parseable.json.`,
  'tenant-stream-collision': (c) => `${c.subject} is a tenant and a stream at once.`,
  'stream-outside-tenant': (c) => `${c.subject} is a stream at the root of a bucket with tenants.`,
  'unrecognised-internal-prefix': (c) =>
    `${c.subject} is a hidden folder that looks like Parseable's own, but this program does not know it${withFigures(c)}.`,
  'folder-marker': (c) => `${c.subject} is nothing but an empty folder marker, made by a console or a copying tool.`,
  'not-parseable': (c) =>
    c.evidence['rows'] === 0
      ? `The bucket ${c.bucket} is empty.`
      : `Nothing in the bucket ${c.bucket} is Parseable's: it is probably the wrong bucket.`,
  'stale-allow-entry': (c) =>
    `The allow entry ${c.subject} has no effect: it ${staleReasons[reason(c)] ?? 'is not needed'}.`,
  'scan-incomplete': (c) =>
    c.details?.['reason'] === 'Stopped'
      ? 'The audit was stopped before everything was looked at.'
      : `${c.subject === '/' ? `The bucket ${c.bucket}` : c.subject} could not be looked at: ${failedRead(c)}.`,
};

const staleReasons: Record<string, string> = {
  expired: 'has expired',
  'matches nothing': 'matches nothing in the bucket',
  'names what needs no allowance': 'names a stream, a tenant or the deployment, which an allowance cannot change',
};
