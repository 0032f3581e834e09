import type { Bucket } from '../../bucket/bucket.ts';
import { cutShort } from '../../bucket/cut-short.ts';
import type { Failure } from '../../bucket/failure.ts';
import type { Listed } from '../../bucket/page.ts';
import { dayOfFolder } from '../../parseable/days.ts';
import { keyOfPath } from '../../parseable/key-of-path.ts';
import { readManifest } from '../../parseable/manifest.ts';
import type { DayListing } from './day-listing.ts';
import type { Claim, ReadManifest } from './reconcile.ts';

/** What became of the reading of some manifests of one day. */
export interface Reading {
  manifests: ReadManifest[];
  /** What they say, by the day of the data file. */
  claims: Map<string, Claim[]>;
  /** Keys of those that were listed, and are not there any more. */
  gone: Set<string>;
  failure: Failure | null;
}

/** The day in whose folder a data file lies; what lies elsewhere is nobody's day. */
const dayOfKey = (key: string, prefix: string): string | null => {
  const end = key.indexOf('/', prefix.length) + 1;
  return end === 0 || !key.startsWith(prefix) ? null : dayOfFolder(key.slice(prefix.length, end));
};

/**
 * Reads manifests.
 * @param prefix the stream's
 * @param isNamed whether a snapshot names the manifest of this key
 */
export async function readManifests(
  bucket: Bucket,
  prefix: string,
  listed: readonly Listed[],
  isNamed: (key: string) => boolean,
): Promise<Reading> {
  const reading: Reading = { manifests: [], claims: new Map(), gone: new Set(), failure: null };
  const read = await Promise.all(listed.map((one) => readOne(bucket, prefix, one, isNamed(one.key))));
  for (const [index, one] of read.entries()) {
    if (one === 'gone') reading.gone.add(listed[index]?.key ?? '');
    else if ('code' in one) reading.failure ??= one;
    else {
      reading.manifests.push(one.manifest);
      for (const [day, claims] of one.claims) addClaims(reading.claims, day, claims);
    }
  }
  return reading;
}

/** Appends without spreading: a manifest may list a million files. */
export function addClaims(to: Map<string, Claim[]>, day: string, claims: readonly Claim[]): void {
  const known = to.get(day);
  if (known === undefined) to.set(day, [...claims]);
  else for (const claim of claims) known.push(claim);
}

async function readOne(
  bucket: Bucket,
  prefix: string,
  listed: Listed,
  named: boolean,
): Promise<{ manifest: ReadManifest; claims: Map<string, Claim[]> } | 'gone' | Failure> {
  const { key, lastModified: at } = listed;
  const answer = await bucket.through(key, async (pieces) => {
    let claims = new Map<string, Claim[]>();
    let files = 0;
    let fileBytes = 0;
    let day = '';
    let ofDay: Claim[] = [];
    let folder = '\0';
    const reading = await readManifest(pieces, {
      restart: () => {
        claims = new Map();
        files = 0;
        fileBytes = 0;
        folder = '\0';
      },
      entry: (path, size) => {
        files++;
        fileBytes += size;
        const file = keyOfPath(path, prefix);
        // Nearly all files of a manifest lie in one folder.
        if (!file.startsWith(folder)) {
          day = dayOfKey(file, prefix) ?? '';
          folder = day === '' ? '\0' : `${prefix}date=${day}/`;
          ofDay = claims.get(day) ?? [];
          claims.set(day, ofDay);
        }
        ofDay.push({ key: file, size, at, named });
      },
    });
    return { reading, claims, files, fileBytes };
  });
  if (answer.state === 'absent') return 'gone';
  if (answer.state === 'unknown') return answer.failure;
  const { value, etag, bytes } = answer.value;
  const cut = bytes === null ? null : cutShort({ etag, length: bytes }, listed);
  if (cut !== null) return cut;
  const { reading, claims, files, fileBytes } = value;
  const usable = reading.state === 'usable';
  return {
    manifest: {
      listed,
      named,
      zstd: reading.zstd,
      why: usable ? null : reading.why,
      files: usable ? files : 0,
      fileBytes: usable ? fileBytes : 0,
    },
    // What stands before the damage is no answer either.
    claims: usable ? claims : new Map<string, Claim[]>(),
  };
}

/** A listing without the manifests that were gone when they were to be read: as it would be now. */
export const withoutGone = (listing: DayListing, { gone }: Pick<Reading, 'gone'>): DayListing =>
  gone.size === 0 ? listing : { ...listing, manifests: listing.manifests.filter(({ key }) => !gone.has(key)) };
