import type { Failure } from '../../bucket/failure.ts';
import type { Verdict } from '../../findings/report.ts';
import type { WriterId } from '../../writers/writers.ts';
import type { MarkerFact } from '../facts.ts';
import type { Inventory } from '../inventory.ts';

/** What a verdict alone does not say about a row; each trait leads to one kind of finding (checks/verdicts.ts). */
export type Trait =
  | { trait: 'marker-unusable'; key: string; why: string; files: MarkerFact[] }
  | { trait: 'marker-unreadable'; key: string; failure: Failure; files: MarkerFact[] }
  | { trait: 'marker-newer'; key: string; version: string; files: MarkerFact[] }
  | { trait: 'base-missing'; files: MarkerFact[] }
  | { trait: 'tenant-file-missing' }
  | { trait: 'tenant-file-unusable'; key: string; why: string }
  | { trait: 'tenant-and-stream' }
  | { trait: 'unlisted'; failure: Failure };

/** One row of the report with what the judgement needs. A root object is a row too. */
export interface Row {
  name: string;
  verdict: Verdict;
  /** The tenant's prefix for its children. */
  tenant: string | null;
  object: boolean;
  traits: Trait[];
  inventory: Inventory | null;
  /** The id of the program whose mark foreign keys bear; it decides nothing. */
  likelyWriter: WriterId | null;
  metadataVersion: string | null;
  /** Rank of the epoch whose marker makes it a stream; null where no marker does. */
  epoch: number | null;
  /** True for a prefix that bears a usable tenant file. */
  usableTenant: boolean;
  newest: string | null;
  shrinking: boolean;
}
