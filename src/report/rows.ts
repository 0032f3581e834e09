import { severities, type Severity } from '../findings/kinds.ts';
import type { Entry, Report, StreamFigures, Verdict } from '../findings/report.ts';
import { humanBytes, humanNumber } from '../findings/units.ts';
import { isOpen } from './summary.ts';

/** What lies below an entry, as far as anybody counted it. */
export interface Size {
  objects: number | null;
  bytes: number | null;
  /** False when these are lower bounds. */
  exact: boolean;
}

/** As the entry knows it, else as a deep audit has counted it in the stream of that name. */
export const sizeOf = (entry: Entry, stream: StreamFigures | undefined): Size =>
  entry.objects === null && stream !== undefined
    ? { objects: stream.objects, bytes: stream.bytes, exact: stream.complete }
    : { objects: entry.objects, bytes: entry.bytes, exact: entry.sizeComplete };

export const sizeTexts = ({ objects, bytes, exact }: Size, none: string): { objects: string; bytes: string } => {
  const bound = exact ? '' : '≥ ';
  return {
    objects: objects === null ? none : `${bound}${humanNumber(objects)}`,
    bytes: bytes === null ? none : `${bound}${humanBytes(bytes)}`,
  };
};

export interface Row {
  entry: Entry;
  size: Size;
  /** The gravest open finding about it; null where there is none. */
  severity: Severity | null;
  pending: boolean;
}

export type Mark = '!' | '?' | '+' | '=';

/** `!` broken or without an owner, `?` not known, `+` not Parseable's or left behind, `=` as it should be. */
export const marks: Record<Verdict, Mark> = {
  corrupt: '!',
  orphaned: '!',
  unmigrated: '!',
  unknown: '?',
  foreign: '+',
  unrecognised: '+',
  leftover: '+',
  marker: '+',
  tenant: '=',
  stream: '=',
  deployment: '=',
  allowed: '=',
};

/** Gravest first; what is not known stands between warnings and notes, since it may be anything. */
const grave = ({ severity }: Row): number => (severity === null ? 0.5 : severities.indexOf(severity));

/** Every row of a report, in its order, with what is told about it. */
export function rowsOf({ entries, findings, streams }: Report): Row[] {
  const counted = new Map(streams.map((stream) => [stream.name, stream]));
  const open = new Map<string, Severity>();
  const pending = new Set<string>();
  for (const finding of findings) {
    if (finding.status === 'pending') pending.add(finding.subject);
    if (!isOpen(finding)) continue;
    const before = open.get(finding.subject);
    if (before === undefined || severities.indexOf(finding.severity) > severities.indexOf(before)) {
      open.set(finding.subject, finding.severity);
    }
  }
  return entries.map((entry) => ({
    entry,
    size: sizeOf(entry, counted.get(entry.name)),
    severity: open.get(entry.name) ?? null,
    pending: pending.has(entry.name),
  }));
}

/** True for a row that is shown by itself: there is something to tell about it, or it is not known what it is. */
export const needsEye = ({ severity, entry }: Row): boolean => severity !== null || entry.verdict === 'unknown';

/** The rows that need an eye, the gravest first. */
export const oddRowsOf = (rows: readonly Row[]): Row[] => rows.filter(needsEye).toSorted((a, b) => grave(b) - grave(a));
