import type { Outcome } from '../../../src/audit/outcome.ts';
import { auditObjects, auditTime } from '../../support/audited.ts';
import { deploymentBody, markerBody, object } from '../../support/generated.ts';

export const key = 'app/.stream/.stream.json';
export const stats = (events: number) => {
  const counters = { events, ingestion: events * 10, storage: events * 2 };
  return { stats: { lifetime_stats: counters, current_stats: counters, deleted_stats: counters } };
};
export const marker = (more: Record<string, unknown> = {}) =>
  object(key, markerBody('v7', [], { ...stats(100), ...more }));
export const deployment = (id?: string) => object('.parseable/.parseable.json', deploymentBody(id));
export const [first, second] = ['01K3YPQ3C8JMRNV7E9Z0C1HT0H', '01K3YPQ3C8JMRNV7E9Z0C1HT0J'];

/** An audit so many days later, of what is there then, by one that knows what the one before saw. */
export const next = (before: Outcome, days: number, ...holds: Parameters<typeof auditObjects>[0][number][]) =>
  auditObjects(holds, {}, { earlier: before.known, startedAt: new Date(auditTime.getTime() + days * 86_400_000) });
