import type { AllowEntry } from '../../config/config.ts';
import type { Verdict } from '../../findings/report.ts';
import type { Row } from './row.ts';

/** What an owner can vouch for. Streams, tenants and the deployment need no allowance, and what is unknown stays so. */
const allowable: readonly Verdict[] = ['foreign', 'orphaned', 'leftover', 'marker', 'unrecognised'];

/** An entry holds until the end of its last day, UTC. */
export const isExpired = ({ expires }: AllowEntry, now: Date): boolean =>
  expires !== null && now.toISOString().slice(0, 10) > expires;

/** Marks the rows that the allow list names, exactly. Pure. */
export function applyAllowList(rows: readonly Row[], allow: readonly AllowEntry[], now: Date): Row[] {
  const names = new Set(allow.filter((entry) => !isExpired(entry, now)).map(({ prefix }) => prefix));
  return rows.map((row) =>
    names.has(row.name) && allowable.includes(row.verdict) ? { ...row, verdict: 'allowed' as const } : row,
  );
}
