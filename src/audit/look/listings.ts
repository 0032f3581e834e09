import type { Bucket } from '../../bucket/bucket.ts';
import type { Layout } from '../../parseable/layout.ts';
import { listHidden, type Hidden } from './markers.ts';
import { listLevel, type Level } from './root.ts';

/** A level, and when what lies in its days' place was listed: in this audit, or in an earlier one that counts still. */
export interface DatedLevel extends Level {
  /** RFC 3339. */
  listedAt: string;
}

/** What looking at a prefix asks of the store's listings. Whoever answers, plainly or faster, answers the same. */
export interface Listings {
  hidden(prefix: string): Promise<Hidden>;
  level(prefix: string): Promise<DatedLevel>;
  /** All keys below a prefix, page by page. */
  pages(prefix: string): ReturnType<Bucket['pages']>;
}

/** Each question is a listing of its own. */
export const plainListings = (bucket: Bucket, layout: Layout, now: Date): Listings => ({
  hidden: (prefix) => listHidden(bucket, prefix, layout),
  level: async (prefix) => ({ ...(await listLevel(bucket, prefix)), listedAt: now.toISOString() }),
  pages: (prefix) => bucket.pages({ prefix }),
});
