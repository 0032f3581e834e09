import { deploymentFolder, isFolded, tenantOf, type Circumstances } from './circumstances.ts';
import { listAllCommand, listCommand, showCommand, versionsCommand } from './commands.ts';
import { failedRequestOf, hintFor } from './failed-request.ts';
import type { Kind } from './kinds.ts';

type Remedy = (c: Circumstances) => string;

const look = (c: Circumstances): string => `Look first: ${listAllCommand(c, isFolded(c) ? '' : c.subject)}`;

/** The file that is damaged, or where it would be. */
const keyOf = (c: Circumstances, otherwise: string): string => c.details?.['key'] ?? otherwise;

/** Stream metadata may be printed; a deployment's or tenant's file holds passwords and is only listed. */
const inspect = (c: Circumstances, key: string): string =>
  key.endsWith('.parseable.json') ? listCommand(c, key) : showCommand(c, key);

/**
 * What to do next, in one or two sentences with the next command, which stands between backticks. A remedy looks before
 * it removes, and never puts a key outside of a command.
 */
export const remedies: Record<Kind, Remedy> = {
  'foreign-prefix': (c) =>
    isFolded(c)
      ? `Look first: ${listCommand(c)}. Then give whoever writes them a bucket of their own.`
      : `${look(c)}. Then move it to a bucket of its own, or allow it in the configuration, with a reason and an owner.`,
  'foreign-root-object': (c) =>
    `Look first: ${listCommand(c, isFolded(c) ? '' : c.subject)}. Then move it to where it belongs, or allow it in the configuration, with a reason and an owner.`,
  'orphaned-stream-data': (c) => `${look(c)}. Then copy it elsewhere if anybody may miss it, and remove it here.`,
  'unmigrated-stream': (c) =>
    `${look(c)}. Then upgrade a copy of the bucket through 1.1.0, which moves such streams while the old .parseable.json lies at the root, or keep the data elsewhere and remove it here.`,
  'stream-metadata-corrupt': (c) => {
    const key = keyOf(c, `${c.subject}.stream/.stream.json`);
    return `Do not restart the server before it is repaired. Look for an older version: ${versionsCommand(c, key)}. Put that back, or repair the file by hand: ${inspect(c, key)}.`;
  },
  'stream-metadata-base-missing': (c) =>
    `In a cluster nothing is to be done: the query node writes the file when it starts next. Otherwise look: ${listAllCommand(c, `${c.subject}.stream/`)}.`,
  'stream-metadata-unreadable': (c) => {
    const request = failedRequestOf(c.evidence);
    const hint = request === null ? '' : ` ${hintFor(request, c)}`;
    return `See whether it can be read now: ${inspect(c, keyOf(c, `${c.subject}.stream/.stream.json`))}.${hint}`;
  },
  'stream-metadata-newer': (c) =>
    `Bring bucket-hygiene up to date. To see the file: ${inspect(c, keyOf(c, `${c.subject}.stream/.stream.json`))}.`,
  'stream-leftover': (c) => `${look(c)}. If the stream is not wanted any more, remove it.`,
  'deployment-metadata-missing': (c) =>
    `Do not restart the server before it is back. Look for an older version of the file: ${versionsCommand(c, deploymentFolder)}. Put that back, or the copy of a backup.`,
  'deployment-metadata-corrupt': (c) => {
    const key = keyOf(c, `${c.subject}.parseable.json`);
    return `Do not restart the server before it is repaired. Look for an older version of the file: ${versionsCommand(c, key)}. Put that back; whatever you do, do not publish the file, it holds passwords.`;
  },
  'newer-than-server': (c) =>
    `${look(c)}. Then run the version that wrote it, or a newer one; going back below 1.6.3 needs this folder out of the bucket.`,
  'tenant-metadata-missing': (c) =>
    `${look(c)}. If it is a copied stream, move it out of the bucket; if it is a tenant, put its .parseable.json back before a multi-tenant server starts: ${versionsCommand(c, `${c.subject}.parseable.json`)}.`,
  'tenant-stream-collision': (c) =>
    `${look(c)}. Then copy the stream elsewhere, and remove its date folders and its stream metadata from here.`,
  'stream-outside-tenant': (c) =>
    `Copy the stream elsewhere, or into a tenant, before the multi-tenant server starts again. See how much it is: ${listAllCommand(c, c.subject)}.`,
  'unrecognised-internal-prefix': (c) =>
    `${look(c)}. If your Parseable is newer than this program, bring bucket-hygiene up to date; if it is another writer’s, move it, or allow it in the configuration.`,
  'folder-marker': (c) => `${look(c)}. If it shows nothing but keys of 0 bytes that end in a slash, remove them.`,
  'not-parseable': (c) =>
    `Look whether this is the bucket that you mean: ${listCommand(c)}. If not, correct its name, endpoint or credentials; if it is yet to be filled, start Parseable first.`,
  'stale-allow-entry': (c) =>
    `Take the entry out of the configuration, or correct or renew it. See what is there: ${listCommand(c, tenantOf(c.subject) ?? '')}.`,
  'scan-incomplete': (c) => {
    const request = failedRequestOf(c.evidence);
    return request === null ? `Run the audit again, or look by hand: ${listCommand(c)}.` : hintFor(request, c);
  },
};
