import { displayText } from '../findings/display.ts';
import type { Kind } from '../findings/kinds.ts';
import type { Candidate, Completeness, Preflight, Verdict } from '../findings/report.ts';
import { newestRelease } from '../findings/consequences.ts';
import type { Sight } from './checks/suspect.ts';
import { harmful } from './checks/lifecycle-rules.ts';

/** Rows that do not belong into a bucket that a server is to get, whatever that server would do about them. */
const inTheWay: readonly Verdict[] = ['foreign', 'orphaned', 'leftover', 'corrupt'];

/** The findings that tell of such rows. */
const ofRows: readonly Kind[] = [
  'foreign-prefix',
  'foreign-root-object',
  'orphaned-stream-data',
  'stream-leftover',
  'stream-metadata-corrupt',
  'deployment-metadata-corrupt',
];

/** Reasons that are told one by one; a bucket full of strangers needs no longer list. */
const mostReasons = 20;

/**
 * Answers whether a bucket may be given to a server: an empty one, or that of a healthy deployment. Pure.
 * @param candidates what the audit found, in words for the server's version
 * @param region the bucket's own
 */
export function preflightOf(
  sight: Sight,
  candidates: readonly Candidate[],
  completeness: Completeness,
  region: string | null,
): Preflight {
  const reasons =
    completeness === 'full' ? [] : ['Not everything could be looked at, so nobody can say what is there.'];
  const blocking = candidates.filter(({ kind, severity }) => severity === 'error' || ofRows.includes(kind));
  reasons.push(...blocking.map(({ message, why }) => `${message} ${why}`));
  const told = new Set(blocking.map(({ subject }) => subject));
  for (const { name, verdict } of sight.rows) {
    // Its kind of finding is ignored by the configuration, which moves nothing out of the way.
    if (inTheWay.includes(verdict) && !told.has(name)) reasons.push(`${displayText(name)} is in the way (${verdict}).`);
  }
  const more = reasons.length - mostReasons;
  if (more > 1) reasons.splice(mostReasons, more, `There are ${String(more)} more; the findings name them.`);
  return { ready: reasons.length === 0, reasons, advice: adviceOf(sight, region) };
}

/** What is no obstacle today and will cost data, money or nerves later. */
function adviceOf({ facts, bucket, rows }: Sight, region: string | null): string[] {
  const { lifecycle, beforehand } = facts;
  const rules = lifecycle.state === 'present' ? lifecycle.value.filter(({ enabled }) => enabled) : [];
  const advice: string[] = [];
  const allowed = rows.filter(({ verdict }) => verdict === 'allowed').map(({ name }) => name);
  for (const { id, prefix } of harmful(facts)) {
    // What somebody else keeps there, with consent, is his to expire.
    if (allowed.some((name) => prefix.startsWith(name))) continue;
    const name = id === null ? 'A lifecycle rule without a name' : `The lifecycle rule ${displayText(id)}`;
    const reach = prefix === '' ? 'the whole bucket' : displayText(prefix);
    advice.push(
      `${name} removes or archives objects in ${reach}: Parseable’s metadata there would go the same way. Switch it off, and set retention in Parseable.`,
    );
  }
  if (beforehand?.versioning.state === 'present' && beforehand.versioning.value === 'enabled') {
    if (lifecycle.state !== 'present' || !rules.some((rule) => rule.removesOldVersions && rule.prefix === '')) {
      advice.push(
        'Versioning is on and no rule removes older versions: what Parseable deletes by its retention stays and is paid for. Add a rule with NoncurrentVersionExpiration.',
      );
    }
  }
  if (beforehand?.objectLock.state === 'present' && beforehand.objectLock.value) {
    advice.push(
      'Object lock is on: a default retention keeps Parseable’s own retention and its deletes of streams from taking effect. Use a bucket without it, or without a default retention.',
    );
  }
  if (lifecycle.state === 'present' && !rules.some((rule) => rule.abortsUploads && rule.prefix === '')) {
    advice.push(
      'No rule removes unfinished uploads, of which servers leave some behind (2.0.0 to 2.6.6: one for nearly every file). Add a rule with AbortIncompleteMultipartUpload after 7 days.',
    );
  }
  if (bucket.region !== null && region !== null && region !== bucket.region) {
    advice.push(
      `The bucket lies in ${displayText(region)}, not in ${displayText(bucket.region)} as configured: set P_S3_REGION=${displayText(region)} for the server.`,
    );
  }
  if (bucket.serverVersion === null) {
    advice.push(
      `No server version was given, so this is the answer for ${newestRelease}: older servers refuse to start where newer ones look away. Ask again with --server-version.`,
    );
  }
  return advice;
}
