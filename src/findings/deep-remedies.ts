import { parentOf, type Circumstances } from './circumstances.ts';
import { listAllCommand, listCommand, planCommand, planFolder, showCommand, versionsCommand } from './commands.ts';
import type { DeepKind } from './kinds.ts';

/** What to do next, with the next command between backticks. */
export type Remedy = (c: Circumstances) => string;

/** The folder of the first day that is concerned; the stream's where no day is known. */
const dayFolder = ({ subject, details, evidence }: Circumstances): string => {
  const day = details?.['firstDay'] ?? evidence['firstDay'];
  return typeof day === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(day) ? `${subject}date=${day}/` : subject;
};

/** The first of the objects concerned. */
const firstKey = ({ evidence }: Circumstances, otherwise: string): string => evidence.keys?.[0] ?? otherwise;

/** The folder that the first of them lies in. */
const folderOf = (c: Circumstances): string => {
  const [key] = c.evidence.keys ?? [];
  return key === undefined ? dayFolder(c) : parentOf(key);
};

const olderVersions = (c: Circumstances, otherwise = c.subject): string => versionsCommand(c, firstKey(c, otherwise));

/** Has metadata made anew, for a person to put in place: this program writes nothing into a bucket. */
export const plan = (c: Circumstances, lead: string): string =>
  `${lead}: ${planCommand(c)}. The folder ${planFolder} then has it all, with the commands that put it in place while the server is stopped; the bucket itself is not touched.`;

/** Manifests that the server in use is too old to read. */
export const unpackManifests: Remedy = (c) =>
  `Look first: ${listCommand(c, dayFolder(c))}. Then run the version that wrote them, or a newer one; for 2.9.5 and older each of them has to be unpacked under its own name.`;

/** What to do next, of the kinds that a deep audit tells. */
export const deepRemedies: Record<DeepKind, Remedy> = {
  'stream-schema-corrupt': (c) =>
    `Do not restart the server before it is repaired. Look for an older version: ${olderVersions(c, `${c.subject}.stream/.schema`)}. Put that back; without one, keep a copy of the file and take it out of the bucket, for a server from 1.6.3 on makes a new one.`,
  'foreign-object-in-stream': (c) =>
    `Look first: ${listCommand(c, folderOf(c))}. Then move it to where it belongs: retention would remove it together with its day.`,
  'data-unreferenced': (c) =>
    `Do not remove it: it is data that nobody sees. Look first: ${listAllCommand(c, dayFolder(c))}. ${plan(c, 'Then have a manifest made for it')}`,
  'data-missing': (c) =>
    `Look for an older version of the file: ${olderVersions(c)}. Put that back, or the copy of a backup. What is in neither is lost: then take its entry out of the manifest while the server is stopped, so that queries work again.`,
  'data-size-mismatch': (c) =>
    `See which sizes the file has had: ${olderVersions(c)}. Put back the version that has the size in the manifest, or the copy of a backup; keep what is there now as well.`,
  'manifest-missing': (c) =>
    `Look for an older version: ${olderVersions(c)}. Put that back, or the copy of a backup. See whether the data of that day is still there: ${listAllCommand(c, dayFolder(c))}. If so, a manifest can be made for it again.`,
  'manifest-unreferenced': (c) =>
    `Send no data of these days before it is mended: it may overwrite the manifest. Look first: ${listCommand(c, dayFolder(c))}. ${plan(c, 'Then have the snapshot made again with all of them')}`,
  'manifest-corrupt': (c) =>
    `Look for an older version: ${olderVersions(c)}. Put that back while the server is stopped, or the copy of a backup. The data that it listed is untouched: ${listAllCommand(c, dayFolder(c))}. Without an older version a manifest can be made for it again.`,
  'stats-drift': (c) =>
    `See what it counts: ${showCommand(c, `${c.subject}.stream/.stream.json`)}. Nothing is lost, and nothing has to be done; reckon with the size that is stored.`,
};
