import type { Bucket } from '../bucket/bucket.ts';
import type { Tails } from '../bucket/tail.ts';
import { dayOfFolder, dayOfManifest } from '../parseable/days.ts';
import { keyOfPath } from '../parseable/key-of-path.ts';
import { layout } from '../parseable/layout.ts';
import { sumOf, type Counters, type FileEntry } from './counters.ts';
import { largestManifest, readManifestBody } from './manifest-body.ts';
import {
  recoveredKey,
  type FoundManifest,
  type LostFile,
  type Material,
  type MetadataFile,
  type Recovered,
} from './material.ts';
import { readMetadataBody } from './metadata-body.ts';
import type { Notes } from './notes.ts';
import { footerLength, readFooter } from './parquet-footer.ts';
import type { Wanted } from './wanted.ts';

/** As much as an audit reads of a metadata file, and some. */
const largestMetadata = 64 * 1024 * 1024;

/** Nearly every footer is in this much of its file's end. */
const usualFooter = 64 * 1024;
const largestFooter = 16 * 1024 * 1024;

/** Why there can be no plan for a stream, and whether that is because something could not be read. */
export interface NoMaterial {
  why: string;
  unread: boolean;
}

/** Reads what the plan of a stream needs; or tells why there can be none. Nothing is written. */
export async function gatherMaterial(
  bucket: Bucket,
  tails: Tails,
  wanted: Wanted,
  notes: Notes,
): Promise<Material | NoMaterial> {
  const { prefix } = wanted;
  const files = await metadataFiles(bucket, prefix);
  if ('why' in files) return files;
  const counts = new Map<string, number>();
  for (const { body } of files) {
    for (const { path } of body.named) {
      const key = keyOfPath(path, prefix);
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
  }
  const lostManifests = wanted.days === null ? [] : await manifestsBetween(bucket, prefix, wanted.days);
  if ('why' in lostManifests) return lostManifests;
  const dayOf = (key: string) => dayOfManifest(key.slice(prefix.length));
  const unnamed = [...new Set([...wanted.manifests, ...lostManifests])].filter(
    (key) => !counts.has(key) && dayOf(key) !== null,
  );

  const read = new Map<string, Promise<ManifestAnswer>>();
  const manifest = (key: string): Promise<ManifestAnswer> => {
    const known = read.get(key) ?? readOne(bucket, key);
    read.set(key, known);
    return known;
  };
  const lost = await lostFiles(tails, wanted, notes);
  const days = new Set([...unnamed.map((key) => dayOf(key) ?? ''), ...lost.map(({ day }) => day)]);
  const unseen = new Set<string>();

  const manifests: FoundManifest[] = [];
  for (const key of unnamed) {
    const answer = await manifest(key);
    const day = dayOf(key) ?? '';
    if (answer.state === 'present') manifests.push({ key, day, files: answer.files });
    else notes.add(remarkOf[answer.state], key);
  }
  const listed = new Set<string>();
  for (const key of counts.keys()) {
    const day = dayOf(key);
    if (day === null || !days.has(day)) continue;
    const answer = await manifest(key);
    if (answer.state === 'present') for (const { path } of answer.files) listed.add(keyOfPath(path, prefix));
    // What an unread manifest lists is not known, and must not be listed twice.
    if (answer.state === 'unknown') unseen.add(day);
    if (answer.state === 'unknown') notes.add('unreadManifest', key);
  }
  const recovered = new Map<string, Recovered | null>();
  for (const day of days) {
    const key = recoveredKey(prefix, day);
    const answer = await manifest(key);
    if (answer.state === 'present') recovered.set(day, answer);
    else if (answer.state === 'absent') recovered.set(day, null);
    else notes.add(remarkOf[answer.state], key);
  }
  const repeated = new Map<string, Counters>();
  for (const [key, count] of counts) {
    if (count < 2) continue;
    const answer = await manifest(key);
    if (answer.state === 'present') repeated.set(key, sumOf(answer.files));
  }
  const isSeen = ({ day }: { day: string }) => !unseen.has(day);
  return {
    prefix,
    files,
    manifests: manifests.filter(isSeen),
    lost: lost.filter(isSeen),
    listed,
    recovered,
    repeated,
  };
}

type ManifestAnswer =
  { state: 'present'; etag: string; files: FileEntry[] } | { state: 'absent' | 'unknown' | 'unusable' };

const remarkOf = { absent: 'gone', unknown: 'unreadManifest', unusable: 'unusableManifest' } as const;

async function readOne(bucket: Bucket, key: string): Promise<ManifestAnswer> {
  const answer = await bucket.get(key, largestManifest);
  if (answer.state !== 'present') return { state: answer.state };
  const body = readManifestBody(answer.value.bytes);
  return 'why' in body ? { state: 'unusable' } : { state: 'present', etag: answer.value.etag, files: body.files };
}

/** The metadata files of a stream, the base file first. All must be read and understood: else it is not known what they name. */
async function metadataFiles(bucket: Bucket, prefix: string): Promise<MetadataFile[] | NoMaterial> {
  const places: { key: string; node: string | null; rank: number }[] = [];
  for await (const answer of bucket.pages({ prefix: `${prefix}.` })) {
    if (answer.state === 'unknown')
      return { why: `its metadata could not be listed (${answer.failure.code})`, unread: true };
    for (const { key } of answer.value.objects) {
      const marker = layout.markerOf(key.slice(prefix.length));
      if (marker?.place.form !== 'versioned') continue;
      const node = marker.node ? (/\.ingestor\.([^/]+)\.stream\.json$/.exec(key)?.[1] ?? '') : null;
      places.push({ key, node, rank: marker.place.rank });
    }
  }
  // What an older layout left behind says nothing once a newer file is there.
  const newest = Math.max(...places.map(({ rank }) => rank));
  const files: MetadataFile[] = [];
  for (const { key, node, rank } of places) {
    if (rank !== newest) continue;
    const answer = await bucket.get(key, largestMetadata);
    if (answer.state === 'absent') continue;
    if (answer.state === 'unknown')
      return { why: `a metadata file could not be read (${answer.failure.code})`, unread: true };
    const body = readMetadataBody(answer.value.bytes);
    if ('why' in body) return { why: `a metadata file cannot be changed: ${body.why}`, unread: false };
    files.push({ key, node, etag: answer.value.etag, body });
  }
  if (files.length === 0) return { why: 'it has no metadata file', unread: false };
  return files.sort((a, b) => Number(a.node !== null) - Number(b.node !== null) || (a.key < b.key ? -1 : 1));
}

/** The manifests of the days from one to another. */
async function manifestsBetween(
  bucket: Bucket,
  prefix: string,
  { first, last }: { first: string; last: string },
): Promise<string[] | NoMaterial> {
  const failed = { why: 'its days could not be listed', unread: true };
  const folders: string[] = [];
  for await (const answer of bucket.pages({ prefix: `${prefix}date=`, delimiter: '/' })) {
    if (answer.state === 'unknown') return failed;
    folders.push(...answer.value.prefixes);
  }
  const keys: string[] = [];
  for (const folder of folders) {
    const day = dayOfFolder(folder.slice(prefix.length));
    if (day === null || day < first || day > last) continue;
    for await (const answer of bucket.pages({ prefix: folder, delimiter: '/' })) {
      if (answer.state === 'unknown') return failed;
      for (const { key } of answer.value.objects) if (dayOfManifest(key.slice(prefix.length)) === day) keys.push(key);
    }
  }
  return keys;
}

async function lostFiles(tails: Tails, { prefix, lost }: Wanted, notes: Notes): Promise<LostFile[]> {
  const read = await Promise.all(
    lost.map(async (key): Promise<LostFile | null> => {
      const day = dayOfFolder(key.slice(prefix.length, key.indexOf('/', prefix.length) + 1));
      const end = await tails.tail(key, usualFooter);
      if (day === null || end.state !== 'present') {
        // Without its size a file cannot be entered.
        notes.add(end.state === 'absent' ? 'gone' : 'unreadManifest', key);
        return null;
      }
      const { bytes, size } = end.value;
      return { key, day, size, footer: await footerOf(tails, key, bytes) };
    }),
  );
  return read.filter((one) => one !== null);
}

async function footerOf(tails: Tails, key: string, end: Buffer): Promise<LostFile['footer']> {
  const length = footerLength(end);
  if (length === null) return 'damaged';
  const whole = length + 8;
  if (whole > largestFooter) return 'unread';
  let bytes = end;
  if (whole > bytes.length) {
    const more = await tails.tail(key, whole);
    if (more.state !== 'present') return 'unread';
    bytes = more.value.bytes;
  }
  if (whole > bytes.length) return 'damaged';
  return readFooter(bytes.subarray(bytes.length - whole, bytes.length - 8)) ?? 'damaged';
}
