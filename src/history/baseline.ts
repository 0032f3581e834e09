import * as z from 'zod/mini';
import { compareKeys } from '../bucket/keys.ts';
import { isFolded } from '../findings/circumstances.ts';
import { displayJson } from '../findings/display.ts';
import { isKind, type Kind } from '../findings/kinds.ts';
import type { Finding, Report } from '../findings/report.ts';
import { fingerprint } from './fingerprint.ts';
import { sees } from './sees.ts';

/** A finding that somebody has agreed to live with. */
export interface BaselineEntry {
  bucket: string;
  /** As it was written; a kind that this version does not know is kept. */
  kind: string;
  subject: string;
  /** The fingerprint of the three above. */
  id: string;
  /** Why it may stay, added by hand; null when nobody said. */
  reason: string | null;
}

/** Where in the file something is not as it should be, and what: the predicate of a sentence whose subject is the path. */
export interface BaselineProblem {
  path: PropertyKey[];
  problem: string;
}

/** What no baseline may hold: a place that was not seen is not known, however often it was not seen. */
const neverKnown: Kind = 'scan-incomplete';

const missing = (what: string) => (issue: { input?: unknown }) =>
  issue.input === undefined ? `is missing, expected ${what}` : `is not ${what}`;
const text = (what: string) =>
  z.string({ error: missing(what) }).check(z.minLength(1, { error: `is empty, expected ${what}` }));

const schema = z.strictObject(
  {
    schemaVersion: z.literal(1, { error: missing('1, the version of baselines that this program reads') }),
    findings: z.array(
      z.strictObject(
        {
          bucket: text('the name of a bucket'),
          kind: text('a kind of finding'),
          subject: text('a prefix or key'),
          id: text('the id of a finding'),
          reason: z.optional(z.nullable(z.string({ error: 'is not a text' }))),
        },
        { error: 'is not a finding with bucket, kind, subject and id' },
      ),
      { error: missing('a list of findings') },
    ),
  },
  { error: 'is not a baseline: expected an object with schemaVersion and findings' },
);

/** Reads the value of a baseline file. What is foreign, broken or of a newer version is told, all of it, and nothing is taken. */
export function readBaseline(value: unknown): { entries: BaselineEntry[] } | { problems: BaselineProblem[] } {
  const version = typeof value === 'object' && value !== null && 'schemaVersion' in value ? value.schemaVersion : null;
  if (typeof version === 'number' && version > 1) {
    const problem = `is ${String(version)}, of a newer version of this program; this one reads 1`;
    return { problems: [{ path: ['schemaVersion'], problem }] };
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) {
    return {
      problems: parsed.error.issues.flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) => ({ path: [...issue.path, key], problem: 'is nothing that a baseline holds' }))
          : [{ path: issue.path, problem: issue.message }],
      ),
    };
  }
  const entries = parsed.data.findings.map((one): BaselineEntry => ({ ...one, reason: one.reason ?? null }));
  const first = new Map<string, number>();
  const problems = entries.flatMap(({ bucket, kind, subject, id }, index): BaselineProblem[] => {
    const place = ['findings', index];
    if (kind === neverKnown) {
      return [{ path: [...place, 'kind'], problem: `is ${neverKnown}: what was not seen cannot be known` }];
    }
    const expected = fingerprint(bucket, kind, subject);
    if (id !== expected) {
      return [{ path: [...place, 'id'], problem: `does not belong to its bucket, kind and subject: ${expected} does` }];
    }
    const before = first.get(id);
    first.set(id, before ?? index);
    return before === undefined ? [] : [{ path: place, problem: `is findings[${String(before)}] once more` }];
  });
  return problems.length > 0 ? { problems } : { entries };
}

/** The baseline as it is kept: sorted, a line for each fact, the same text for the same entries; keys are exact once parsed. */
export function baselineJson(entries: readonly BaselineEntry[]): string {
  const findings = entries
    .toSorted(
      (a, b) => compareKeys(a.bucket, b.bucket) || compareKeys(a.subject, b.subject) || compareKeys(a.kind, b.kind),
    )
    .map(({ bucket, kind, subject, id, reason }) => ({
      bucket,
      kind,
      subject,
      id,
      ...(reason === null ? {} : { reason }),
    }));
  return `${displayJson(JSON.stringify({ schemaVersion: 1, findings }, null, 2))}\n`;
}

/** Two baselines as one; where both hold a finding, the first one's words count, and the other's where it has none. */
export function mergeBaselines(first: readonly BaselineEntry[], second: readonly BaselineEntry[]): BaselineEntry[] {
  const merged = new Map(second.map((entry) => [entry.id, entry]));
  for (const entry of first) {
    merged.set(entry.id, { ...entry, reason: entry.reason ?? merged.get(entry.id)?.reason ?? null });
  }
  return [...merged.values()];
}

/** Marks the findings that a baseline holds. What is pending stays pending, and what was not seen is never known. Pure. */
export function markKnown(findings: readonly Finding[], baseline: readonly BaselineEntry[]): Finding[] {
  const ids = new Set(baseline.map(({ id }) => id));
  return findings.map((finding) =>
    ids.has(finding.id) && isForBaseline(finding) ? { ...finding, status: 'known' } : finding,
  );
}

const isForBaseline = ({ status, kind }: Finding): boolean => status !== 'pending' && kind !== neverKnown;

/** Kinds that are told as one where there are too many, and that nothing tells in a bucket without anything of Parseable's. */
const foldedKinds: readonly string[] = ['foreign-prefix', 'foreign-root-object'];
const silencedKinds: readonly string[] = [...foldedKinds, 'folder-marker', 'unrecognised-internal-prefix'];

/** Kinds that show only against a state, or beside another bucket: one audit alone cannot tell that they are gone. */
const comparedKinds: readonly string[] = ['stream-metadata-rewritten', 'deployment-changed', 'shared-deployment'];

/** Kinds whose absence from this report means nothing. */
function unjudgedKinds({ findings }: Report): readonly string[] {
  const folded = foldedKinds.filter((one) =>
    findings.some(({ kind, subject, evidence }) => kind === one && isFolded({ subject, evidence })),
  );
  const silenced = findings.some(({ kind }) => kind === 'not-parseable') ? silencedKinds : [];
  return [...comparedKinds, ...folded, ...silenced];
}

/**
 * The entries of the audited bucket whose finding is gone. Only a full audit knows, and not of a kind that this version does
 * not know or this audit could not tell.
 */
export function staleEntries(baseline: readonly BaselineEntry[], report: Report): BaselineEntry[] {
  const ids = new Set(report.findings.map(({ id }) => id));
  const unjudged = unjudgedKinds(report);
  return baseline.filter(
    ({ bucket, kind, subject, id }) =>
      bucket === report.bucket.name &&
      !ids.has(id) &&
      isKind(kind) &&
      sees(report, { kind, subject }) &&
      !unjudged.includes(kind),
  );
}

/**
 * The baseline after audits: their findings, but for what is pending, besides the entries that were there and are not gone.
 * Reasons stay, and so do the entries of other buckets. A failed or partial audit adds and takes away nothing.
 */
export function renewBaseline(before: readonly BaselineEntry[], reports: readonly Report[]): BaselineEntry[] {
  const full = reports.filter(({ completeness }) => completeness === 'full');
  const gone = new Set(full.flatMap((report) => staleEntries(before, report).map(({ id }) => id)));
  const found = full.flatMap(({ bucket, findings }) =>
    findings
      .filter(isForBaseline)
      .map(({ id, kind, subject }): BaselineEntry => ({ bucket: bucket.name, kind, subject, id, reason: null })),
  );
  return mergeBaselines(
    before.filter(({ id }) => !gone.has(id)),
    found,
  );
}
