import { isExpired } from '../classify/allow.ts';
import type { Row } from '../classify/row.ts';
import type { Facts } from '../facts.ts';
import { suspect, type Check } from './suspect.ts';

/** The first-level name inside a stream that an allow entry means, when it means one. */
export function namesInsideStream(prefix: string, rows: readonly Row[]): boolean {
  return rows.some(({ name, epoch }) => {
    if (epoch === null || !prefix.startsWith(name) || prefix === name) return false;
    const rest = prefix.slice(name.length);
    return !rest.slice(0, -1).includes('/');
  });
}

type Use = 'used' | 'unsure' | 'matches nothing' | 'expired' | 'names what needs no allowance';

function useOf(prefix: string, rows: readonly Row[], facts: Facts): Use {
  const row = rows.find(({ name }) => name === prefix);
  if (row !== undefined) {
    if (row.verdict === 'unknown') return 'unsure';
    return row.verdict === 'allowed' ? 'used' : 'names what needs no allowance';
  }
  const inside = facts.insideStreams[prefix];
  if (inside?.state === 'present') return 'used';
  // Absence is inferred from what was seen: nothing may be missing from it.
  const parentUnseen = rows.some(
    ({ name, traits, verdict }) =>
      prefix.startsWith(name) && (verdict === 'unknown' || traits.some(({ trait }) => trait === 'unlisted')),
  );
  return inside?.state === 'unknown' || facts.root.failure !== null || parentUnseen ? 'unsure' : 'matches nothing';
}

/** Allow entries without effect: expired, matching nothing, or naming a stream, a tenant or the deployment. */
export const staleAllowEntry: Check = ({ bucket, rows, facts, now }) =>
  [...new Map(bucket.allow.map((entry) => [entry.prefix, entry])).values()].flatMap((entry) => {
    const use = isExpired(entry, now) ? 'expired' : useOf(entry.prefix, rows, facts);
    if (use === 'used' || use === 'unsure') return [];
    const details: Record<string, string> = { reason: use };
    if (entry.expires !== null) details['expires'] = entry.expires;
    if (entry.owner !== null) details['owner'] = entry.owner;
    return [
      suspect('stale-allow-entry', entry.prefix, { reason: use, expires: entry.expires, owner: entry.owner }, details),
    ];
  });
