import {
  deploymentFolder,
  detailOf,
  hasZstdManifests,
  isFolded,
  isOfTenant,
  tenantOf,
  type Circumstances,
} from './circumstances.ts';
import {
  lifecycleCommand,
  listAllCommand,
  listCommand,
  showCommand,
  uploadsCommand,
  versionsCommand,
} from './commands.ts';
import { deepRemedies, plan, unpackManifests, type Remedy } from './deep-remedies.ts';
import { failedRequestOf, hintFor } from './failed-request.ts';
import type { Kind } from './kinds.ts';

const look = (c: Circumstances): string => `Look first: ${listAllCommand(c, isFolded(c) ? '' : c.subject)}`;

/** The file that is damaged, or where it would be. */
const keyOf = (c: Circumstances, otherwise: string): string => c.details?.['key'] ?? otherwise;

/** Stream metadata may be printed; a deployment's or tenant's file holds passwords and is only listed. */
const inspect = (c: Circumstances, key: string): string =>
  key.endsWith('.parseable.json') ? listCommand(c, key) : showCommand(c, key);

/** Where all metadata of a stream lies: `app/.stream/…`, and `app/.stream.json` of servers before 1.0. */
const streamFiles = ({ subject }: Circumstances): string => `${subject}.stream`;

/** Where the deployment file lies, in `.parseable/` or, before 1.0, at the root. */
const deploymentFiles = '.parseable';

/** What archived objects need before anything can read them. */
const restore = (c: Circumstances): string =>
  detailOf(c, 'action')?.includes('moves objects') === true
    ? ' What is archived has to be restored to be read again.'
    : '';

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
  'stream-metadata-rewritten': (c) =>
    `Look for an older version: ${versionsCommand(c, keyOf(c, streamFiles(c)))}. If nobody made the stream anew on purpose, stop the server, put that back, and start it again. If somebody did, nothing is to be done: after 30 days the new file counts as accepted.`,
  'snapshot-reset': (c) =>
    `Stop ingesting into this stream: what arrives overwrites the manifest of its day. Look for an older version of its metadata: ${versionsCommand(c, streamFiles(c))}. Put that back while the server is stopped. ${plan(c, 'Without one, have the snapshot made again from the manifests, which are intact')}`,
  'manifest-duplicated': (c) =>
    `Give the server a host name that stays the same, which ends the growth. See which metadata files list manifests: ${listAllCommand(c, streamFiles(c))}. ${plan(c, 'Then have them made again with one entry of each manifest')}`,
  'stream-leftover': (c) => `${look(c)}. If the stream is not wanted any more, remove it.`,
  'deployment-metadata-missing': (c) =>
    `Do not restart the server before it is back. Look for an older version of the file: ${versionsCommand(c, deploymentFolder)}. Put that back, or the copy of a backup.`,
  'deployment-metadata-corrupt': (c) => {
    const key = keyOf(c, `${c.subject}.parseable.json`);
    return `Do not restart the server before it is repaired. Look for an older version of the file: ${versionsCommand(c, key)}. Put that back; whatever you do, do not publish the file, it holds passwords.`;
  },
  'deployment-changed': (c) =>
    `Do not restart the server before it is clear which one is right. Look for the older version of the file: ${versionsCommand(c, deploymentFiles)}. If the new one is not wanted, put that back while the server is stopped; if it is, after 30 days it counts as accepted.`,
  'deployment-elsewhere': (c) =>
    `See whether servers use this bucket, and when they last started: ${listCommand(c, deploymentFolder)}. If it is a copy, start no server on it; if it has taken the place of the other, let no server use the other any more, and add this kind to ignoreKinds.`,
  'newer-than-server': (c) =>
    hasZstdManifests(c)
      ? unpackManifests(c)
      : `${look(c)}. Then run the version that wrote it, or a newer one; going back below 1.6.3 needs this folder out of the bucket.`,
  'shared-deployment': (c) =>
    `Find out which bucket the servers use, by the dates in each: ${listCommand(c, deploymentFolder)}. Start no server on the copies; one that is to live on its own needs a deployment file of its own.`,
  'tenant-metadata-missing': (c) =>
    `${look(c)}. If it is a copied stream, move it out of the bucket; if it is a tenant, put its .parseable.json back before a multi-tenant server starts: ${versionsCommand(c, `${c.subject}.parseable.json`)}.`,
  'tenant-stream-collision': (c) =>
    `${look(c)}. Then copy the stream elsewhere, and remove its date folders and its stream metadata from here.`,
  'stream-outside-tenant': (c) =>
    `Copy the stream elsewhere, or into a tenant, before the multi-tenant server starts again. See how much it is: ${listAllCommand(c, c.subject)}.`,
  'unrecognised-internal-prefix': (c) =>
    `${look(c)}. If your Parseable is newer than this program, bring bucket-hygiene up to date; if it is another writer’s, move it, or allow it in the configuration.`,
  'folder-marker': (c) => `${look(c)}. If it shows nothing but keys of 0 bytes that end in a slash, remove them.`,
  'malformed-date-prefix': (c) => {
    const [retention, takenFor] = [detailOf(c, 'retention'), detailOf(c, 'takenFor')];
    const when =
      retention === undefined
        ? 'before the stream is given a retention'
        : takenFor === undefined
          ? 'and retention works again from its next run on'
          : 'before retention runs next, at midnight or when the server starts';
    return `${look(c)}. Then move it out of the stream, ${when}.`;
  },
  'foreign-in-stream': (c) =>
    `Look first: ${listCommand(c, c.subject)}. Then move it to where it belongs, or allow it in the configuration by its full name, with a reason and an owner.`,
  'retention-overdue': (c) =>
    isOfTenant('retention-overdue', c)
      ? `See which days are there: ${listCommand(c, c.subject)}. No server from 2.5.14 to 2.9.5 removes them in a tenant: have the owner remove those that are too old, and do so again from time to time.`
      : `Look for a folder whose name begins with date and that is no day: ${listCommand(c, c.subject)}. Move it out of the stream, since retention stops at it. If there is none, restart the server, which runs retention at its start from 0.8.0 on, and read its log for why a delete fails.`,
  'lifecycle-reaches-metadata': (c) =>
    `See the rules: ${lifecycleCommand(c)}. Turn this one off, or narrow its filter to the data of a stream: the name of the stream, a slash, and date=, so that no hidden folder is in it. Then see what is lost already: ${versionsCommand(c, keyOf(c, c.subject === '/' ? '' : c.subject))}.${restore(c)}`,
  'lifecycle-before-retention': (c) =>
    `See the rules: ${lifecycleCommand(c)}. Turn this one off and leave old days to the retention of Parseable, or narrow its filter to other streams${detailOf(c, 'retention') === undefined ? '' : ', or give it more days than the stream keeps'}.${restore(c)}`,
  'incomplete-uploads': (c) =>
    `Look first: ${uploadsCommand(c, c.subject)}. Then add a lifecycle rule with AbortIncompleteMultipartUpload after 7 days to those that the bucket has: ${lifecycleCommand(c)}. A new configuration replaces all rules, so keep what is there.`,
  ...deepRemedies,
  'not-parseable': (c) =>
    `Look whether this is the bucket that you mean: ${listCommand(c)}. If not, correct its name, endpoint or credentials; if it is yet to be filled, start Parseable first.`,
  'stale-allow-entry': (c) =>
    `Take the entry out of the configuration, or correct or renew it. See what is there: ${listCommand(c, tenantOf(c.subject) ?? '')}.`,
  'scan-incomplete': (c) => {
    const request = failedRequestOf(c.evidence);
    return request === null ? `Run the audit again, or look by hand: ${listCommand(c)}.` : hintFor(request, c);
  },
};
