import type { Outcome } from '../audit/outcome.ts';
import { compareKeys } from '../bucket/keys.ts';
import { alienTotal, type StoragePrice } from '../findings/costs.ts';
import type { Entry, Finding, Report } from '../findings/report.ts';
import { version } from '../version.ts';

/** Puts an outcome and its judged findings together to the report. Rows and findings come in UTF-8 order. */
export function assembleReport(outcome: Outcome, findings: readonly Finding[]): Report {
  const { bucket, mode, startedAt, finishedAt, completeness, deployment, requests, skipped } = outcome;
  const entries = outcome.entries.toSorted((a, b) => compareKeys(a.name, b.name));
  return {
    schemaVersion: 1,
    tool: { name: 'bucket-hygiene', version },
    bucket,
    mode,
    startedAt,
    finishedAt,
    completeness,
    deployment,
    entries,
    findings: findings.toSorted((a, b) => compareKeys(a.subject, b.subject) || compareKeys(a.kind, b.kind)),
    streams: outcome.streams.toSorted((a, b) => compareKeys(a.name, b.name)),
    ...(outcome.depth === null ? {} : { depth: outcome.depth }),
    summary: summaryOf(entries, findings, outcome.price),
    requests,
    skipped,
    ...(outcome.preflight === null ? {} : { preflight: outcome.preflight }),
  };
}

/** Counts the findings that are neither known nor pending, and adds up the rows that have figures. */
function summaryOf(entries: readonly Entry[], findings: readonly Finding[], price: StoragePrice): Report['summary'] {
  const counted = findings.filter(({ status }) => status !== 'known' && status !== 'pending');
  const summary = { error: 0, warning: 0, note: 0, entries: entries.length, objects: 0, bytes: 0 };
  for (const { severity } of counted) summary[severity]++;
  for (const { objects, bytes } of entries) {
    summary.objects += objects ?? 0;
    summary.bytes += bytes ?? 0;
  }
  return { ...summary, alien: alienTotal(counted, price) };
}
