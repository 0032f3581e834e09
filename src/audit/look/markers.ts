import { createHash } from 'node:crypto';
import type { Bucket } from '../../bucket/bucket.ts';
import { cutShort } from '../../bucket/cut-short.ts';
import type { Listed } from '../../bucket/page.ts';
import type { Failure, Read } from '../../bucket/failure.ts';
import { readDeployment, type DeploymentReading } from '../../parseable/deployment.ts';
import type { Layout } from '../../parseable/layout.ts';
import { readMarker } from '../../parseable/marker.ts';
import type { KnownMarkers, MarkerFact } from '../facts.ts';

/**
 * Metadata of long-lived streams reaches some hundred KB, and some MB where a change of host repeats its manifests; whatever is
 * far beyond is not read: parsed, it would take twenty times its size.
 */
const markerLimit = 8 * 1024 * 1024;

export interface Hidden {
  /** Hidden keys of the prefix, by their place relative to it. */
  keys: Map<string, Listed>;
  failure: Failure | null;
}

/**
 * Lists the hidden keys of a prefix: one page holds every marker of nearly every stream. Where it does not, the folders
 * that hold node files are listed to their end and the remaining places are asked for by name: a page that was cut is no answer.
 */
export async function listHidden(bucket: Bucket, prefix: string, layout: Layout): Promise<Hidden> {
  const keys = new Map<string, Listed>();
  const take = (objects: readonly Listed[]) => {
    for (const object of objects) keys.set(object.key.slice(prefix.length), object);
  };
  let more = false;
  for await (const answer of bucket.pages({ prefix: `${prefix}.` })) {
    if (answer.state === 'unknown') return { keys, failure: answer.failure };
    take(answer.value.objects);
    more = answer.value.more;
    // An empty page may stand anywhere in a listing and says nothing.
    if (more && answer.value.objects.length > 0) break;
  }
  if (!more) return { keys, failure: null };
  const folders = new Set(
    layout.markers
      .filter(({ nodes }) => nodes !== undefined)
      .map(({ place }) => place.slice(0, place.lastIndexOf('/') + 1)),
  );
  for (const folder of folders) {
    for await (const answer of bucket.pages({ prefix: `${prefix}${folder}` })) {
      if (answer.state === 'unknown') return { keys, failure: answer.failure };
      take(answer.value.objects);
    }
  }
  const places = [
    ...layout.markers.map(({ place }) => place),
    ...(layout.tenantFile === null ? [] : [layout.tenantFile]),
  ];
  for (const place of new Set(places)) {
    if (keys.has(place)) continue;
    // Asked for by listing: a role may list what it must not read. The name itself sorts before all that begins like it.
    for await (const answer of bucket.pages({ prefix: `${prefix}${place}` })) {
      if (answer.state === 'unknown') return { keys, failure: answer.failure };
      take(answer.value.objects.filter(({ key }) => key === `${prefix}${place}`));
      if (answer.value.objects.length > 0) break;
    }
  }
  return { keys, failure: null };
}

/**
 * A short print of a prefix's metadata files by their places and ETags, another one as soon as any of them changed; null
 * where the store tells no ETags.
 */
export function markersPrint({ keys }: Hidden, layout: Layout): string | null {
  const files = [...keys].filter(([relative]) => layout.markerOf(relative) !== null);
  if (files.some(([, { etag }]) => etag === '')) return null;
  const told = files.map(([relative, { etag }]) => `${relative}\n${etag}\n`).sort();
  return createHash('sha256').update(told.join('')).digest('base64url').slice(0, 12);
}

/** Reads a stream's metadata files; one that is gone meanwhile is left out. */
export async function readMarkers(
  bucket: Bucket,
  prefix: string,
  hidden: Hidden,
  layout: Layout,
  known: KnownMarkers,
): Promise<MarkerFact[]> {
  const places = [...hidden.keys.keys()].flatMap((relative) => {
    const marker = layout.markerOf(relative);
    return marker === null || relative === layout.tenantFile ? [] : [{ relative, ...marker }];
  });
  const newest = Math.max(...places.map(({ place }) => place.rank), -1);
  const facts = await Promise.all(
    places
      // What an older layout left behind says nothing once a newer marker is there, and is not asked for.
      .filter(({ place }) => place.rank === newest)
      .map(async ({ relative, place, node }): Promise<MarkerFact | null> => {
        const key = `${prefix}${relative}`;
        const listed = hidden.keys.get(relative);
        const fact = {
          key,
          place,
          node,
          size: listed?.size ?? 0,
          lastModified: listed?.lastModified ?? '',
          etag: listed?.etag ?? '',
        };
        const remembered = known[key];
        if (place.form === 'bare') {
          if (listed === undefined) return null;
          return {
            ...fact,
            reading: { state: 'present', value: { state: 'usable', version: null, newer: false, metadata: null } },
          };
        }
        if (listed !== undefined && remembered?.etag === listed.etag && listed.etag !== '') {
          return { ...fact, reading: { state: 'present', value: remembered.reading } };
        }
        const read = await bucket.get(key, markerLimit);
        if (read.state === 'absent') return null;
        if (read.state === 'unknown') return { ...fact, reading: read };
        const { bytes, etag, lastModified } = read.value;
        const cut = cutShort({ etag, length: bytes.length }, listed);
        if (cut !== null) return { ...fact, reading: { state: 'unknown', failure: cut } };
        const value = readMarker(bytes, place.form);
        return { ...fact, size: bytes.length, etag, lastModified, reading: { state: 'present', value } };
      }),
  );
  return facts.filter((fact) => fact !== null);
}

/** Reads a deployment's or tenant's file; only five of its fields leave the reader. `listed`: the row that told of it. */
export async function readDeploymentFile(
  bucket: Bucket,
  key: string,
  listed?: Listed,
): Promise<Read<DeploymentReading>> {
  const read = await bucket.get(key, markerLimit);
  if (read.state !== 'present') return read;
  const { bytes, etag } = read.value;
  const cut = cutShort({ etag, length: bytes.length }, listed);
  return cut === null ? { state: 'present', value: readDeployment(bytes) } : { state: 'unknown', failure: cut };
}
