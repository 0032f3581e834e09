import type { Failure } from '../../bucket/failure.ts';
import { emptyPile, pileUp, type Allowance, type OnPile, type Pile } from './pile.ts';

/** What may be wrong with a day, by the objects concerned. */
export type Sort =
  /** In the day's folder, and of no layout. */
  | 'foreign'
  /** Data that no manifest lists; `untailed`: of the form that was written before there were manifests. */
  | 'unreferenced'
  | 'untailed'
  /** Data that a manifest lists, which a snapshot names, and that is not there, or not of that size. */
  | 'missing'
  | 'mismatched'
  | 'manifest-missing'
  | 'manifest-unreferenced'
  | 'manifest-corrupt'
  /** Manifests that servers up to 2.9.5 cannot read. */
  | 'zstd';

/** How long each sort is left in peace, hours: what is being written looks like damage for a while. */
export const graceHours: Partial<Record<Sort, number>> = {
  unreferenced: 24,
  untailed: 24,
  'manifest-unreferenced': 24,
  missing: 1,
  mismatched: 1,
  'manifest-missing': 1,
};

/** Of one sort: what is past its grace, and what was not at the time of the look. */
export interface Found {
  settled: Pile;
  young: Pile;
}

/** What a look at one day of a stream brought. A plain value, so that the next audit can rest on it. */
export interface DayLook {
  /** `YYYY-MM-DD` */
  day: string;
  /** When the audit began that looked; RFC 3339. */
  lookedAt: string;
  /** Everything below the day's folder. */
  objects: number;
  bytes: number;
  dataObjects: number;
  dataBytes: number;
  /** Bytes of data files that were younger than an hour: counters may not know them yet. */
  youngBytes: number;
  manifests: number;
  found: Partial<Record<Sort, Found>>;
  /** Other days whose files its manifests list. */
  reaches: string[];
  /** By these it is known again: the listing, and what refers to it. Empty where the look is not to be relied on again. */
  listing: string;
  references: string;
}

/** A day that could not be looked at to its end. */
export interface Unseen {
  day: string;
  failure: Failure;
}

/** Everything a deep audit knows of one stream. */
export interface StreamDepth {
  prefix: string;
  /** Ascending; of this audit, or of an earlier one where nothing changed since or time ran out. */
  days: DayLook[];
  unseen: Unseen[];
  schemas: SchemaFacts;
}

/** The files of a stream that hold its schema. */
export interface SchemaFacts {
  corrupt: Pile;
  failure: Failure | null;
}

const hourMs = 3_600_000;

/** True when something of this age is still left in peace at this time. */
export const isYoung = (sort: Sort, at: string | null, now: Date): boolean =>
  at === null || now.getTime() - Date.parse(at) < (graceHours[sort] ?? 0) * hourMs;

/** True where nothing waits for its grace: of what does, some may be past it by now, and the look does not tell which. */
export const isSettled = ({ found }: DayLook): boolean =>
  Object.values(found).every(({ young }) => young.objects === 0);

/** Adds an object to what was found of its sort. `graceless`: it is told at once, however young. */
export function note(
  found: DayLook['found'],
  sort: Sort,
  { graceless = false, ...one }: OnPile & { graceless?: boolean },
  { now, keep }: { now: Date; keep: Allowance },
): void {
  const sorted = (found[sort] ??= { settled: emptyPile(), young: emptyPile() });
  const young = !graceless && graceHours[sort] !== undefined && isYoung(sort, one.at, now);
  pileUp(young ? sorted.young : sorted.settled, one, keep);
}
