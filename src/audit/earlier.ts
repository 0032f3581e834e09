import { packDays, unpackDays } from '../parseable/days.ts';
import type { StreamMetadata } from '../parseable/stream-metadata.ts';
import type { Collapsed } from './classify/collapse.ts';
import { everyPrefix, type Facts, type KnownMarkers, type MarkerFact, type PrefixFacts } from './facts.ts';

/** What a stream's metadata never takes back. */
export type Identity = Pick<StreamMetadata, 'createdAt' | 'owner' | 'lifetime'>;

/** Something that was replaced: what it was, and when the change was first seen. */
export interface Replaced<T> {
  before: T;
  /** RFC 3339. */
  since: string;
}

/** The deployment's id, and the one that it had before it changed. */
export interface KnownDeployment {
  id: string;
  replaced: Replaced<string> | null;
}

/** What lay in a stream at the place of its days. */
export interface KnownLevel {
  /** When it was listed, RFC 3339. */
  at: string;
  /** The print of its metadata files then. */
  markers: string;
  /** Its days, packed into ranges. */
  days: string[];
  /** Names of folders that looked like days and were none. */
  others: string[];
}

/** By the stream's prefix. */
export type KnownLevels = Record<string, KnownLevel>;

/** What earlier audits of a bucket know, as far as this one builds on it. */
export interface Earlier {
  markers: KnownMarkers;
  collapsed: Collapsed;
  /** Metadata files that went backwards, by key, until they are as before or the change counts as accepted. */
  rewritten: Record<string, Replaced<Identity>>;
  deployment: KnownDeployment | null;
  levels: KnownLevels;
}

/** What the first audit knows. */
export const nothingEarlier: Earlier = {
  markers: {},
  collapsed: { objects: false, prefixes: false },
  rewritten: {},
  deployment: null,
  levels: {},
};

/** A change that nobody has undone for so long is how things are now. */
const acceptedAfterMs = 30 * 86_400_000;

const isAccepted = ({ since }: Replaced<unknown>, now: Date): boolean =>
  now.getTime() - Date.parse(since) >= acceptedAfterMs;

/** In which ways metadata is worse than it was; empty when it is not. */
export function setbacks(before: Identity, now: Identity): string[] {
  const ways: string[] = [];
  if (before.createdAt !== null && now.createdAt !== null && before.createdAt !== now.createdAt) {
    ways.push('its created-at changed');
  }
  if (before.owner !== null && now.owner !== null && before.owner !== now.owner) ways.push('its owner changed');
  const [was, is] = [before.lifetime, now.lifetime];
  const fell =
    was !== null && is !== null && (is.events < was.events || is.ingestion < was.ingestion || is.storage < was.storage);
  if (fell) ways.push('its lifetime counters went backwards');
  return ways;
}

const identityOf = ({ createdAt, owner, lifetime }: StreamMetadata): Identity => ({ createdAt, owner, lifetime });

/** What a metadata file says now, where that can be judged by. */
export const metadataOf = ({ reading }: MarkerFact): StreamMetadata | null =>
  reading.state === 'present' && reading.value.state === 'usable' ? reading.value.metadata : null;

const everyMarker = (facts: Facts): MarkerFact[] => everyPrefix(facts).flatMap(({ markers }) => markers);

/**
 * The metadata files that went backwards, as they are to be remembered now, of those that were found: one that is gone is
 * forgotten, for a new file of its name is another stream's. Pure.
 */
export function rewrittenAfter(facts: Facts, earlier: Earlier, now: Date): Earlier['rewritten'] {
  const entries = everyMarker(facts).flatMap((marker): [string, Replaced<Identity>][] => {
    const { key } = marker;
    const replaced = Object.hasOwn(earlier.rewritten, key) ? (earlier.rewritten[key] ?? null) : null;
    const is = metadataOf(marker);
    // What cannot be read now may be as before, or not.
    if (is === null) return replaced === null ? [] : [[key, replaced]];
    const known = Object.hasOwn(earlier.markers, key) ? (earlier.markers[key]?.reading.metadata ?? null) : null;
    const before = replaced?.before ?? (known === null ? null : identityOf(known));
    if (before === null || setbacks(before, is).length === 0) return [];
    // What is worse than at the last audit is a change of its own: nobody has accepted that one yet.
    const worsened = known !== null && setbacks(identityOf(known), is).length > 0;
    const standing = replaced === null || worsened ? { before, since: now.toISOString() } : replaced;
    return isAccepted(standing, now) ? [] : [[key, standing]];
  });
  return Object.fromEntries(entries);
}

/** The deployment as it is to be remembered now; an audit that finds none forgets none. Pure. */
export function deploymentAfter(id: string | null, earlier: Earlier, now: Date): KnownDeployment | null {
  const known = earlier.deployment;
  if (id === null || known === null) return id === null ? known : { id, replaced: null };
  const before = known.replaced?.before ?? known.id;
  if (before === id) return { id, replaced: null };
  // Another id than at the last audit is a change of its own.
  const replaced = known.replaced !== null && known.id === id ? known.replaced : { before, since: now.toISOString() };
  return { id, replaced: isAccepted(replaced, now) ? null : replaced };
}

/** The readings to remember: those of today, and of files that cannot be used now what they said when they could. */
export function markersAfter(facts: Facts, earlier: Earlier): KnownMarkers {
  const markers: KnownMarkers = {};
  for (const { key, etag, place, reading } of everyMarker(facts)) {
    if (place.form === 'bare') continue;
    const known = Object.hasOwn(earlier.markers, key) ? earlier.markers[key] : undefined;
    const usable = reading.state === 'present' && reading.value.state === 'usable' ? reading.value : null;
    if (usable !== null && etag !== '') markers[key] = { etag, reading: usable };
    else if (known !== undefined) markers[key] = known;
  }
  return markers;
}

/** A stream's days are looked at once a day, though nothing seems to have changed. */
const daysCountForMs = 86_400_000;

/** True while a stream's days need not be listed anew: its metadata files are as they were, and the last look is not old. */
export function isFresh({ at, markers, days, others }: KnownLevel, print: string | null, now: Date): boolean {
  const age = now.getTime() - Date.parse(at);
  // A stream without days may have got its first ones.
  return markers === print && age >= 0 && age < daysCountForMs && days.length + others.length > 0;
}

/** The folders of a remembered level, from the root. */
export const knownDays = ({ days, others }: KnownLevel, prefix: string): string[] => [
  ...unpackDays(days).map((day) => `${prefix}date=${day}/`),
  ...others.map((name) => `${prefix}${name}`),
];

/** So many folders that are no days are remembered of a stream; one with more is listed each time. */
const othersKept = 20;

/** The levels to remember: of streams whose metadata files can be told from later ones, and that hold no objects named like days. */
export function levelsAfter(facts: Facts): KnownLevels {
  return Object.fromEntries(everyPrefix(facts).flatMap(levelAfter));
}

function levelAfter({ prefix, level }: PrefixFacts): [string, KnownLevel][] {
  if (level?.failure !== null || level.listed.markers === null) return [];
  const { at, markers } = level.listed;
  const isDated = (one: { prefix: string }) => one.prefix.startsWith('date=', prefix.length);
  const others = level.malformed.filter(isDated).map((one) => one.prefix.slice(prefix.length));
  if (others.length > othersKept || level.strangers.some(isDated)) return [];
  return [[prefix, { at, markers, days: packDays(level.days), others }]];
}
