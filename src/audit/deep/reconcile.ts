import { createHash } from 'node:crypto';
import type { Listed } from '../../bucket/page.ts';
import { hasTail } from '../../parseable/data-file.ts';
import { addDays } from '../../parseable/days.ts';
import { compareDay } from '../../parseable/difference.ts';
import { isYoung, note, type DayLook } from './day-look.ts';
import type { DataRow } from './data-rows.ts';
import { fingerprintOf, type DayListing } from './day-listing.ts';
import type { Allowance } from './pile.ts';
import type { Naming, References } from './references.ts';

/** What a manifest says of one data file. */
export interface Claim {
  key: string;
  size: number;
  /** When the manifest was written; RFC 3339. */
  at: string;
  /** A snapshot names the manifest. */
  named: boolean;
}

/** A manifest that was read. */
export interface ReadManifest {
  listed: Listed;
  named: boolean;
  zstd: boolean;
  /** Why servers cannot use it; null when they can. */
  why: string | null;
  /** Data files that it lists, and their bytes. */
  files: number;
  fileBytes: number;
}

/** One day of a stream, and everything that refers to it. */
export interface DayCase {
  listing: DayListing;
  /** Manifests in the day's folder. */
  manifests: readonly ReadManifest[];
  /** What these manifests, and those of other days, say of data files of this day. */
  claims: Claim[];
  /** Manifests of this day that snapshots name. */
  names: ReadonlyMap<string, Naming>;
  references: References;
  /** Other days whose files the manifests of this day list. */
  reaches: readonly string[];
  now: Date;
  /** Keys that may still be kept. */
  keep: Allowance;
  /** Is told every data file that no manifest of these lists. */
  spare?: (row: DataRow) => void;
  /** Only what an earlier look found, too, is told: what came in between is not damage. */
  only?: (sort: keyof DayLook['found'], key: string) => boolean;
}

/** Days whose end is so long past have no grace: their metadata file is rewritten at every sync and would look young for ever. */
const closedAfterHours = 24;

const isClosed = (day: string, now: Date): boolean =>
  now.getTime() - Date.parse(`${addDays(day, 1)}T00:00:00Z`) > closedAfterHours * 3_600_000;

/** Holds what lies in a day's folder against what refers to it. Pure, but that it sorts the claims. */
export function reconcile(given: DayCase): DayLook {
  const { listing, manifests, names, references, now } = given;
  // What is not told this time must be looked for next time, though nothing changes until then.
  const passedOver = { any: false };
  const one: DayCase = {
    ...given,
    only: (sort, key) => {
      const told = given.only?.(sort, key) ?? true;
      passedOver.any ||= !told;
      return told;
    },
  };
  const found: DayLook['found'] = {};
  for (const row of listing.foreign) note(found, 'foreign', row, one);
  judgeManifests(one, found);
  const data = listing.data.toArray();
  judgeData(one, data, found);
  const dataBytes = data.reduce((sum, { size }) => sum + size, 0);
  const youngBytes = data.reduce((sum, { size, at }) => sum + (isYoung('missing', at, now) ? size : 0), 0);
  return {
    day: listing.day,
    lookedAt: now.toISOString(),
    objects: listing.objects,
    bytes: listing.bytes,
    dataObjects: data.length,
    dataBytes,
    youngBytes,
    manifests: manifests.length,
    found,
    reaches: [...one.reaches].sort(),
    listing: passedOver.any || references.unread ? '' : fingerprintOf(listing),
    references: referencesPrint(listing, names, references),
  };
}

/** By this it is known whether anything that refers to a day changed: its manifests, and what snapshots name. */
export const referencesPrint = (
  { manifests }: Pick<DayListing, 'manifests'>,
  names: ReadonlyMap<string, Naming>,
  { whole, snapshots }: Pick<References, 'whole' | 'snapshots'>,
): string =>
  shortHash([
    String(whole),
    String(snapshots),
    ...manifests.map(({ key, etag }) => `${etag} ${key}`).sort(),
    ...[...names].map(([key, { dead }]) => `${dead ? '-' : '+'}${key}`).sort(),
  ]);

const shortHash = (lines: readonly string[]): string =>
  createHash('sha256').update(lines.join('\n')).digest('base64url').slice(0, 16);

const always = () => true;

function judgeManifests(one: DayCase, found: DayLook['found']): void {
  const { listing, manifests, names, references, now, only = always } = one;
  const there = new Set(listing.manifests.map(({ key }) => key));
  for (const [key, { newest, dead }] of names) {
    if (there.has(key) || dead || !only('manifest-missing', key)) continue;
    note(found, 'manifest-missing', { key, size: 0, at: newest, graceless: isClosed(listing.day, now) }, one);
  }
  for (const { listed, named, why, zstd, files, fileBytes } of manifests) {
    const { key, size, lastModified: at } = listed;
    if (why !== null && only('manifest-corrupt', key)) note(found, 'manifest-corrupt', { key, size, at, why }, one);
    if (zstd) note(found, 'zstd', { key, size, at }, one);
    if (!named && references.whole && references.snapshots && only('manifest-unreferenced', key)) {
      note(found, 'manifest-unreferenced', { key, size, at, files, fileBytes }, one);
    }
  }
}

function judgeData(one: DayCase, data: DataRow[], found: DayLook['found']): void {
  const { claims, spare, only = always } = one;
  const later = (a: string, b: string): string => (a > b ? a : b);
  compareDay<DataRow, Claim>(data, claims, {
    unreferenced: (row) => {
      const sort = hasTail(row.key) ? 'unreferenced' : 'untailed';
      spare?.(row);
      if (only(sort, row.key)) note(found, sort, row, one);
    },
    missing: (all) => {
      const [claim] = all.filter(({ named }) => named);
      if (claim !== undefined && only('missing', claim.key)) {
        note(found, 'missing', { key: claim.key, size: claim.size, at: claim.at }, one);
      }
    },
    mismatched: (row, all) => {
      const [claim] = all.filter(({ named }) => named);
      if (claim === undefined || !only('mismatched', row.key)) return;
      note(found, 'mismatched', { ...row, at: later(row.at, claim.at), claimedBytes: claim.size }, one);
    },
  });
}
