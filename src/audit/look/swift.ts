import type { Bucket } from '../../bucket/bucket.ts';
import type { Listed } from '../../bucket/page.ts';
import { compareKeys } from '../../bucket/keys.ts';
import type { Layout } from '../../parseable/layout.ts';
import { isFresh, knownDays, type KnownLevels } from '../earlier.ts';
import { plainListings, type DatedLevel, type Listings } from './listings.ts';
import { markersPrint, type Hidden } from './markers.ts';
import type { Level } from './root.ts';
import type { Row } from './rows.ts';
import { daysOf, hoursDelimiter, seeDays } from './see-days.ts';
import { folderOf, rowsBelow, type Seen } from './seen.ts';
import type { Thrift } from './follow.ts';

/** Rows that a prefix fits on one page with: what has more is listed as ever, so that figures are the same either way. */
const onePage = 1_000;

/** The level that rows show, all of them below `prefix`. */
export function levelOf(rows: readonly Row[], prefix: string): Level {
  const prefixes = new Set<string>();
  const objects: Listed[] = [];
  for (const row of rows) {
    const folder = folderOf(row, prefix);
    if (folder !== null) prefixes.add(folder);
    else if (row.object !== null) objects.push(row.object);
  }
  return { prefixes: [...prefixes].sort(compareKeys), objects, pages: 1, failure: null };
}

/** The hidden keys of a prefix, where they were all seen and are no more than a page. */
function hiddenOf(seen: Seen, prefix: string): Hidden | null {
  const rows = rowsBelow(seen, `${prefix}.`);
  if (rows === null || rows.length > onePage) return null;
  const keys = new Map<string, Listed>();
  for (const { at, object } of rows) {
    if (object === null) return null;
    keys.set(at.slice(prefix.length), object);
  }
  return { keys, failure: null };
}

const hasDays = (rows: readonly Row[], prefix: string): boolean => rows.some(({ at }) => at === daysOf(prefix));

/** Prefixes that may be streams: at the root, and in what may be a tenant. */
function mayBeStreams({ rows }: Seen, layout: Layout): string[] {
  const streams = new Set<string>();
  const tenants = new Set<string>();
  const inside = new Set<string>();
  for (const row of rows) {
    const root = row.object === null ? null : folderOf(row, '');
    if (root === null) continue;
    const relative = row.at.slice(root.length);
    if (relative === layout.tenantFile) tenants.add(root);
    if (layout.markerOf(relative) !== null) streams.add(root);
    const child = folderOf(row, root);
    if (child !== null && layout.markerOf(row.at.slice(child.length)) !== null) inside.add(child);
  }
  // A stream that holds another is no tenant, unless a tenant's file says so.
  const ofTenants = [...inside].filter((child) => {
    const root = child.slice(0, child.indexOf('/') + 1);
    return tenants.has(root) || !streams.has(root);
  });
  return [...streams, ...ofTenants];
}

interface SwiftOptions {
  bucket: Bucket;
  layout: Layout;
  levels: KnownLevels;
  /** The clock of the audit. */
  now: Date;
  thrift: Thrift;
}

/**
 * Answers from what one listing of the bucket showed, and lists anew only what it did not show whole. The days of streams are
 * listed together; those of a stream whose metadata is as it was at the last look, less than a day ago, are remembered.
 */
export function swiftListings(seen: Seen, { bucket, layout, levels, now, thrift }: SwiftOptions): Listings {
  const plain = plainListings(bucket, layout, now);

  /** All rows of a prefix; null where some were not seen, or where nothing of it was, although it is there. */
  const whole = (prefix: string): readonly Row[] | null => {
    const rows = rowsBelow(seen, prefix);
    return rows === null || rows.length === 0 ? null : rows;
  };

  const remembered = (prefix: string) => {
    const known = Object.hasOwn(levels, prefix) ? levels[prefix] : undefined;
    const hidden = hiddenOf(seen, prefix);
    return known !== undefined && hidden !== null && isFresh(known, markersPrint(hidden, layout), now) ? known : null;
  };

  const wanted = mayBeStreams(seen, layout).filter((prefix) => {
    const rows = whole(prefix);
    return rows !== null && hasDays(rows, prefix) && remembered(prefix) === null && !prefix.includes(hoursDelimiter);
  });
  const listed = seeDays(bucket, wanted, thrift);

  async function level(prefix: string): Promise<DatedLevel> {
    const rows = whole(prefix);
    if (rows === null) return plain.level(prefix);
    const outside = levelOf(
      rows.filter(({ at }) => at !== daysOf(prefix)),
      prefix,
    );
    if (!hasDays(rows, prefix)) return { ...outside, listedAt: now.toISOString() };
    const known = remembered(prefix);
    if (known !== null) {
      const folders = knownDays(known, prefix);
      return { ...outside, prefixes: [...outside.prefixes, ...folders].sort(compareKeys), listedAt: known.at };
    }
    const days = (await listed).get(prefix);
    if (days === undefined) return plain.level(prefix);
    return {
      ...outside,
      prefixes: [...outside.prefixes, ...days.folders].sort(compareKeys),
      objects: [...outside.objects, ...days.objects].sort((a, b) => compareKeys(a.key, b.key)),
      listedAt: now.toISOString(),
    };
  }

  /** A large prefix is left behind when its hidden keys, which sort before nearly all others, were seen. */
  async function hidden(prefix: string): Promise<Hidden> {
    const isLost = rowsBelow(seen, prefix)?.length === 0;
    return (isLost ? null : hiddenOf(seen, prefix)) ?? plain.hidden(prefix);
  }

  function pages(prefix: string): ReturnType<Bucket['pages']> {
    const rows = whole(prefix);
    if (rows === null || rows.length > onePage) return plain.pages(prefix);
    const objects = rows.flatMap(({ object }) => (object === null ? [] : [object]));
    return objects.length === rows.length ? onlyPage(objects) : plain.pages(prefix);
  }

  return { hidden, level, pages };
}

// eslint-disable-next-line @typescript-eslint/require-await -- it has to be of the kind that the store gives
async function* onlyPage(objects: Listed[]): ReturnType<Bucket['pages']> {
  yield { state: 'present', value: { objects, prefixes: [], more: false } };
}
