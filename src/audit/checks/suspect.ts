import type { Failure } from '../../bucket/failure.ts';
import type { BucketConfig } from '../../config/config.ts';
import type { Kind } from '../../findings/kinds.ts';
import type { Evidence, Grace, Report } from '../../findings/report.ts';
import type { Layout } from '../../parseable/layout.ts';
import type { Row } from '../classify/row.ts';
import type { Earlier } from '../earlier.ts';
import type { Stream } from './streams.ts';
import type { Facts } from '../facts.ts';
import type { Inventory } from '../inventory.ts';

/** A finding without its words: what, where, on which evidence. */
export interface Suspect {
  kind: Kind;
  subject: string;
  evidence: Evidence;
  grace: Grace | null;
  /** For the words: reasons, keys and names, as they stand. */
  details: Record<string, string>;
}

/** All that a check may look at. No request, no clock of its own, no text. */
export interface Sight {
  bucket: BucketConfig;
  mode: Report['mode'];
  facts: Facts;
  rows: readonly Row[];
  /** The streams among the rows: worked out once, for all that look inside. */
  streams: readonly Stream[];
  layout: Layout;
  multiTenant: boolean;
  now: Date;
  earlier: Earlier;
  /** The buckets of the configuration that carry a deployment, or may do so. */
  peers: readonly Peer[];
}

/** Another watched bucket, and the deployment that its metadata names; null where nobody can tell. */
export interface Peer {
  bucket: string;
  id: string | null;
}

export type Check = (sight: Sight) => Suspect[];

export const suspect = (
  kind: Kind,
  subject: string,
  evidence: Evidence = {},
  details: Record<string, string> = {},
  grace: Grace | null = null,
): Suspect => ({ kind, subject, evidence, details, grace });

/** The figures of what was walked, as evidence. */
export const evidenceOf = (inventory: Inventory | null): Evidence =>
  inventory === null
    ? {}
    : {
        objects: inventory.objects,
        bytes: inventory.bytes,
        oldest: inventory.oldest,
        newest: inventory.newest,
        sizeComplete: inventory.complete,
        keys: inventory.sample,
      };

export const evidenceOfFailure = ({ operation, code, status, message }: Failure): Evidence => ({
  operation,
  code,
  status,
  answer: message,
});
