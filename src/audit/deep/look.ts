import pLimit from 'p-limit';
import type { Bucket } from '../../bucket/bucket.ts';
import type { Failure } from '../../bucket/failure.ts';
import { compareKeys } from '../../bucket/keys.ts';
import { walk } from '../../bucket/walk.ts';
import { halfOfDay } from './half-of-day.ts';
import type { Layout } from '../../parseable/layout.ts';
import type { Stream } from '../checks/streams.ts';
import { stopped } from '../checks/scan-incomplete.ts';
import type { PrefixFacts } from '../facts.ts';
import { listHidden, readMarkers } from '../look/markers.ts';
import { addRows, emptyListing, type DayListing } from './day-listing.ts';
import type { DayLook, StreamDepth, Unseen } from './day-look.ts';
import type { KnownDepth, KnownStream } from './known.ts';
import { ingestNodes } from './nodes.ts';
import { objectsIn, planOf } from './plan.ts';
import { referencesOf, type References } from './references.ts';
import { lookAtSchemas } from './schemas.ts';
import { lookAtStream, type StreamLook } from './stream-look.ts';

/** Days whose manifests are read at one time: their rows are in memory until that is done. */
const daysAtOnce = 16;

/** How far the look inside is. */
export interface DeepProgress {
  streams: number;
  ofStreams: number;
  objects: number;
  /** As many as earlier audits counted; null where none did. */
  ofObjects: number | null;
  days: number;
  ofDays: number;
}

export interface DeepLookOptions {
  bucket: Bucket;
  layout: Layout;
  /** Those that are to be looked into, with the facts about their prefix. */
  streams: readonly { stream: Stream; facts: PrefixFacts }[];
  known: KnownDepth;
  /** The clock of the audit. */
  now: Date;
  /** Listings under way at most. */
  slots: number;
  onProgress?: (progress: DeepProgress) => void;
}

/** What a deep audit learnt about the inside of a bucket's streams. */
export interface DeepFacts {
  /** In the order of the streams. */
  streams: StreamDepth[];
  /** The ingest nodes could not be listed. */
  failure: Failure | null;
  /** What the next deep audit builds on. */
  known: KnownDepth;
}

/** One stream under way. */
interface Run {
  prefix: string;
  facts: PrefixFacts;
  before: KnownStream;
  look: StreamLook;
  /** Days that have yet to be taken, or to fail. */
  left: number;
}

/** The folder of one day, as a stretch of the key space. */
interface DayCell {
  from: string;
  to: string;
  day: string;
  run: Run;
}

/** Why nobody can tell which days a stream has. */
const notListed: Failure = { operation: 'ListObjectsV2', code: 'NotListed', status: null, message: '' };

const nothing: KnownStream = { days: [], schemas: {} };

/** What became of one stream. */
interface Ended {
  depth: StreamDepth;
  known: KnownStream;
}

/** The first key that does not begin with a folder's name: `0` comes after `/`. */
const endOf = (folder: string): string => `${folder.slice(0, -1)}0`;

/**
 * Looks into streams: lists every day folder, all of the bucket in parallel, reads the manifests of each day when its listing
 * is whole, and looks again at what seems wrong when the days of its stream are read. Memory is bounded by the days that are
 * under way, not by the bucket.
 */
export async function lookDeep(options: DeepLookOptions): Promise<DeepFacts> {
  const { bucket, streams, known, now, slots } = options;
  const plan = planOf(bucket, known, now);
  const nodes = await ingestNodes(bucket);
  const ids = nodes.state === 'present' ? nodes.value : null;
  const inTurn = pLimit(daysAtOnce);
  const reading = pLimit(daysAtOnce);
  const cells: DayCell[] = [];
  const ended = new Map<string, Promise<Ended>>();
  const progress: DeepProgress = {
    streams: 0,
    ofStreams: streams.length,
    objects: 0,
    ofObjects: objectsIn(known) || null,
    days: 0,
    ofDays: 0,
  };
  const onward = () => options.onProgress?.(progress);
  const dayIsDone = (run: Run) => {
    progress.days++;
    onward();
    if (--run.left > 0) return;
    const end = endOfStream(run, options).finally(() => {
      progress.streams++;
      onward();
    });
    ended.set(run.prefix, end);
  };

  const begin = async ({ stream, facts }: DeepLookOptions['streams'][number]): Promise<void> => {
    const { prefix } = stream;
    const before = (Object.hasOwn(known.streams, prefix) ? known.streams[prefix] : undefined) ?? nothing;
    const references = referencesOf(prefix, stream.markers, ids);
    const look = lookAtStream({
      bucket,
      stream,
      references,
      again: once(() => readAgain(options, prefix, ids)),
      inTurn,
      now,
      known: new Map(before.days.map((one) => [one.day, one])),
    });
    const { level } = stream;
    const folders = new Set(level?.days ?? []);
    // Where the folders could not be listed, those of earlier looks may be there still.
    const seen = level?.failure === null ? [] : before.days.map(({ day }) => day);
    const days = [...new Set([...folders, ...references.byDay.keys(), ...seen])].sort();
    const kept = new Map((await plan.kept(prefix, days, references)).map((one) => [one.day, one]));
    const due = days.filter((day) => !kept.has(day));
    // The stream itself counts as one more day: it ends when everything that is due has begun and ended.
    const run: Run = { prefix, facts, before, look, left: due.length + 1 };
    progress.ofDays += days.length + 1;
    for (const one of kept.values()) {
      look.keep(one);
      progress.days++;
      progress.objects += one.objects;
    }
    for (const day of due) {
      const folder = `${prefix}date=${day}/`;
      if (folders.has(day)) {
        cells.push({ from: folder, to: endOf(folder), day, run });
        continue;
      }
      // Snapshots name manifests of a day that has no folder: there is nothing to be listed.
      if (level?.failure === null) await look.take(emptyListing(prefix, day));
      else look.fail(day, level?.failure ?? notListed);
      dayIsDone(run);
    }
    dayIsDone(run);
  };
  await Promise.all(streams.map(begin));

  cells.sort((a, b) => compareKeys(a.from, b.from));
  const weights = weightsOf(cells);
  const listings = new Map<number, DayListing>();
  const underWay = new Set<Promise<void>>();
  await walk(
    bucket,
    cells,
    { slots, weights, halve: (at, after) => halfOfDay(cells[at]?.from ?? '', after) },
    {
      onPage: (at, objects) => {
        const cell = cells[at];
        if (cell === undefined) return;
        const listing = listings.get(at) ?? emptyListing(cell.run.prefix, cell.day);
        listings.set(at, listing);
        addRows(listing, objects);
        progress.objects += objects.length;
        onward();
      },
      onCell: async (at) => {
        const cell = cells[at];
        if (cell === undefined) return;
        const listing = listings.get(at) ?? emptyListing(cell.run.prefix, cell.day);
        listings.delete(at);
        const taken = reading(() => cell.run.look.take(listing)).then(() => {
          underWay.delete(taken);
          dayIsDone(cell.run);
        });
        underWay.add(taken);
        // The listing waits when more days are under way than memory is meant for.
        if (reading.pendingCount > daysAtOnce) await taken;
      },
      onAgain: (at) => {
        listings.delete(at);
      },
      onFailure: (at, failure) => {
        const cell = cells[at];
        if (cell === undefined) return;
        listings.delete(at);
        cell.run.look.fail(cell.day, failure);
        dayIsDone(cell.run);
      },
    },
  );
  await Promise.all(underWay);
  const all = await Promise.all(
    streams.map(async ({ stream: { prefix } }) => [prefix, await ended.get(prefix)] as const),
  );
  const whole = all.flatMap(([, one]) => one ?? []);
  // Stopped before any stream was looked into: it may have streams that the audit did not come to.
  const unbegun = nodes.state === 'unknown' && nodes.failure.code === stopped;
  // What cannot be read at all is tried anew each time; only what time cut short goes on.
  const unfinished = unbegun || whole.some(({ depth }) => wasStopped(depth));
  return {
    streams: whole.map(({ depth }) => depth),
    failure: nodes.state === 'present' ? null : nodes.failure,
    known: {
      round: unfinished ? plan.round : null,
      streams: {
        ...(unbegun ? known.streams : {}),
        ...Object.fromEntries(all.flatMap(([prefix, one]) => (one === undefined ? [] : [[prefix, one.known]]))),
      },
    },
  };
}

const wasStopped = ({ unseen, schemas }: StreamDepth): boolean =>
  unseen.some(({ failure }) => failure.code === stopped) || schemas.failure?.code === stopped;

/** How many objects each day had when it was last seen; undefined where some day never was. */
function weightsOf(cells: readonly DayCell[]): number[] | undefined {
  const weights: number[] = [];
  for (const { day, run } of cells) {
    const known = run.before.days.find((look) => look.day === day);
    if (known === undefined) return undefined;
    weights.push(known.objects);
  }
  return weights;
}

/** Schemas and second looks of a stream whose days are all listed and read. */
async function endOfStream({ prefix, facts, before, look }: Run, { bucket }: DeepLookOptions): Promise<Ended> {
  const [schemas, { days, unseen }] = await Promise.all([
    lookAtSchemas(bucket, prefix, facts.ownKeys, before.schemas),
    look.finish(),
  ]);
  const remembered = rememberedOf(unseen, before.days);
  const all = [...days, ...remembered].sort((a, b) => (a.day < b.day ? -1 : 1));
  return {
    depth: { prefix, days: all, unseen, schemas: schemas.facts },
    known: { days: all, schemas: { ...before.schemas, ...schemas.inOrder } },
  };
}

/** Days that could not be looked at this time, as they were seen before: what was found there stands. */
const rememberedOf = (unseen: readonly Unseen[], before: readonly DayLook[]): DayLook[] => {
  const missed = new Set(unseen.map(({ day }) => day));
  return before.filter(({ day }) => missed.has(day));
};

/** Reads the metadata files of a stream anew; nothing remembered is trusted. Null when none is there any more. */
async function readAgain(
  { bucket, layout }: DeepLookOptions,
  prefix: string,
  nodes: ReadonlySet<string> | null,
): Promise<References | Failure | null> {
  const hidden = await listHidden(bucket, prefix, layout);
  if (hidden.failure !== null) return hidden.failure;
  const markers = await readMarkers(bucket, prefix, hidden, layout, {});
  if (markers.length === 0) return null;
  for (const { reading } of markers) if (reading.state === 'unknown') return reading.failure;
  return referencesOf(prefix, markers, nodes);
}

/** Asks once, and gives the same answer to all who ask. */
function once<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | null = null;
  return () => (answer ??= ask());
}
