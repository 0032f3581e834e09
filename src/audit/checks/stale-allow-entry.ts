import { isExpired } from '../classify/allow.ts';
import type { Row } from '../classify/row.ts';
import type { Facts } from '../facts.ts';
import { type Stream } from './streams.ts';
import { suspect, type Check } from './suspect.ts';

/** Whether an entry names something on the first level of a stream that is there. */
function insideStream(prefix: string, streams: readonly Stream[]): 'there' | 'unsure' | 'absent' {
  const stream = streams.find((one) => prefix.startsWith(one.prefix));
  if (stream === undefined) return 'absent';
  const { level } = stream;
  if (level?.failure !== null) return 'unsure';
  const names = [
    ...[...level.strangers, ...level.malformed].map((one) => one.prefix),
    ...level.days.map((day) => `${stream.prefix}date=${day}/`),
  ];
  return names.includes(prefix) ? 'there' : 'absent';
}

type Use = 'used' | 'unsure' | 'matches nothing' | 'expired' | 'names what needs no allowance';

function useOf(prefix: string, rows: readonly Row[], facts: Facts, streams: readonly Stream[]): Use {
  const row = rows.find(({ name }) => name === prefix);
  if (row !== undefined) {
    if (row.verdict === 'unknown') return 'unsure';
    return row.verdict === 'allowed' ? 'used' : 'names what needs no allowance';
  }
  const inside = insideStream(prefix, streams);
  if (inside === 'there') return 'used';
  // Absence is inferred from what was seen: nothing may be missing from it.
  const parentUnseen = rows.some(
    ({ name, traits, verdict }) =>
      prefix.startsWith(name) && (verdict === 'unknown' || traits.some(({ trait }) => trait === 'unlisted')),
  );
  return inside === 'unsure' || facts.root.failure !== null || parentUnseen ? 'unsure' : 'matches nothing';
}

/** Allow entries without effect: expired, matching nothing, or naming a stream, a tenant or the deployment. */
export const staleAllowEntry: Check = ({ bucket, rows, facts, streams, now }) => {
  return [...new Map(bucket.allow.map((entry) => [entry.prefix, entry])).values()].flatMap((entry) => {
    const use = isExpired(entry, now) ? 'expired' : useOf(entry.prefix, rows, facts, streams);
    if (use === 'used' || use === 'unsure') return [];
    const details: Record<string, string> = { reason: use };
    if (entry.expires !== null) details['expires'] = entry.expires;
    if (entry.owner !== null) details['owner'] = entry.owner;
    return [
      suspect('stale-allow-entry', entry.prefix, { reason: use, expires: entry.expires, owner: entry.owner }, details),
    ];
  });
};
