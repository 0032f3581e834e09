import { dayOfFolder } from '../parseable/days.ts';
import { readMarker } from '../parseable/marker.ts';
import type { Counters } from './counters.ts';
import { elementsOf, membersOf, wholeOf, type Member, type Span } from './json-spans.ts';

/** One manifest as a snapshot names it. */
export interface Named {
  path: string;
  /** The day of its lower bound, else the one in its path; empty where neither is one. */
  day: string;
  /** The entry as it stands in the file, JSON. */
  raw: string;
}

/** A metadata file of a stream, whose list of manifests can be replaced. */
export interface MetadataBody {
  named: Named[];
  /** The entries of its snapshot have counters (v2). */
  counted: boolean;
  /** The column by whose times servers enter its files, beside `p_timestamp`; null for none. */
  timePartition: string | null;
  /** The file with these entries in the place of its own; all other bytes stay. */
  withList: (raws: readonly string[]) => string;
}

/** The snapshot that each version of the file goes with (storage/mod.rs): it is only looked at where the file has none. */
const snapshotOf: Readonly<Record<string, string>> = { v3: 'v1', v4: 'v2', v5: 'v2', v6: 'v2', v7: 'v2' };

/** The one member of that name; `twice` where servers would refuse the file (serde: duplicate field). */
const memberOf = (text: string, object: Span, wanted: string): Member | 'twice' | undefined => {
  const found = membersOf(text, object).filter(({ name }) => name === wanted);
  return found.length > 1 ? 'twice' : found[0];
};

/** Reads a metadata file, or tells why it must not be touched. */
export function readMetadataBody(bytes: Buffer): MetadataBody | { why: string } {
  const reading = readMarker(bytes, 'versioned');
  if (reading.state === 'unusable') return { why: reading.why };
  if (reading.newer) return { why: 'its version is unknown to this program' };
  const text = bytes.toString('utf8');
  const whole = wholeOf(text);
  const { time_partition: column } = JSON.parse(text) as Record<string, unknown>;
  const timePartition = typeof column === 'string' ? column : null;
  const snapshot = memberOf(text, whole, 'snapshot');
  if (snapshot === undefined) return withoutSnapshot(text, whole, reading.version ?? '', timePartition);
  if (snapshot === 'twice' || text[snapshot.start] !== '{') return { why: 'its field snapshot is not an object' };
  const list = memberOf(text, snapshot, 'manifest_list');
  const version = memberOf(text, snapshot, 'version');
  if (list === undefined || list === 'twice' || text[list.start] !== '[') return { why: 'its snapshot has no list' };
  const written = version === undefined || version === 'twice' ? '' : text.slice(version.start, version.end);
  if (written !== '"v1"' && written !== '"v2"')
    return { why: 'the version of its snapshot is unknown to this program' };
  const named: Named[] = [];
  for (const span of elementsOf(text, list)) {
    const one = namedOf(text.slice(span.start, span.end));
    if (one === null) return { why: 'an entry of its snapshot is not understood' };
    named.push(one);
  }
  return {
    named,
    counted: written === '"v2"',
    timePartition,
    withList: (raws) => `${text.slice(0, list.start)}[${raws.join(',')}]${text.slice(list.end)}`,
  };
}

function withoutSnapshot(
  text: string,
  { end }: Span,
  version: string,
  timePartition: string | null,
): MetadataBody | { why: string } {
  const snapshot = snapshotOf[version];
  if (snapshot === undefined) return { why: 'its version knows no manifests' };
  return {
    named: [],
    counted: snapshot === 'v2',
    timePartition,
    // A usable file has required fields, so that a comma is right.
    withList: (raws) =>
      `${text.slice(0, end - 1)},"snapshot":{"version":"${snapshot}","manifest_list":[${raws.join(',')}]}${text.slice(end - 1)}`,
  };
}

function namedOf(raw: string): Named | null {
  const entry: unknown = JSON.parse(raw);
  if (typeof entry !== 'object' || entry === null) return null;
  const { manifest_path: path, time_lower_bound: lower } = entry as Record<string, unknown>;
  if (typeof path !== 'string') return null;
  const bound = typeof lower === 'string' ? dayOfFolder(`date=${lower.slice(0, 10)}/`) : null;
  return { path, day: bound ?? dayOfPath(path) ?? '', raw };
}

const dayOfPath = (path: string): string | null =>
  dayOfFolder(`${path.split('/').findLast((segment) => segment.startsWith('date=')) ?? ''}/`);

/** An entry of a snapshot: bounds are those of the whole day (catalog/mod.rs, create_manifest). */
export const namedJson = (path: string, day: string, counters: Counters | null): string =>
  [
    `{"manifest_path":${JSON.stringify(path)}`,
    `"time_lower_bound":"${day}T00:00:00Z"`,
    `"time_upper_bound":"${day}T23:59:59.999999999Z"`,
    ...(counters === null
      ? []
      : [
          `"events_ingested":${String(counters.events)}`,
          `"ingestion_size":${String(counters.ingestion)}`,
          `"storage_size":${String(counters.storage)}`,
        ]),
  ].join(',') + '}';
