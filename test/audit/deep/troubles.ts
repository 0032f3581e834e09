import type { BucketContents } from '../../s3/server.ts';
import { deploymentBody, manifestBody, object, type GeneratedObject } from '../../support/generated.ts';
import { marker } from '../checks/streams.ts';

/** The days of every stream, long over. */
export const troubledDays = ['2026-11-19', '2026-11-20'] as const;
const [first, last] = troubledDays;

const size = 1_000;
const tails = ['01KY43JFV84TFF59TDWH9EDD1R', '01KY43JFV84TFF59TDWH9EDD2R', '01KY43JFV84TFF59TDWH9EDD3R'];
export const fileIn = (prefix: string, day: string, n = 0): string =>
  `${prefix}date=${day}/hour=05/minute=07/host.data.${tails[n] ?? ''}.parquet`;
export const manifestIn = (prefix: string, day: string, host = 'host'): string =>
  `${prefix}date=${day}/${host}.manifest.json`;
export const schemaIn = (prefix: string): string => `${prefix}.stream/.schema`;

export const listing = (key: string, files: readonly string[], bytes = size): GeneratedObject =>
  object(key, manifestBody(files.map((path) => ({ path, size: bytes }))));

/** A stream in order: two files a day, both in the day's manifest, all manifests in the snapshot. */
export const streamInOrder = (prefix: string, days: readonly string[] = troubledDays): GeneratedObject[] => [
  marker(prefix, days),
  object(schemaIn(prefix), JSON.stringify({ fields: [], metadata: {} })),
  ...days.flatMap((day) => [
    object(fileIn(prefix, day, 0), size),
    object(fileIn(prefix, day, 1), size),
    listing(manifestIn(prefix, day), [fileIn(prefix, day, 0), fileIn(prefix, day, 1)]),
  ]),
];

/** A stream in order, but for what is done to it. */
function stream(prefix: string, { lacks = [], has = [] }: { lacks?: string[]; has?: GeneratedObject[] }) {
  const instead = new Set([...lacks, ...has.map(({ key }) => key)]);
  return [...streamInOrder(prefix).filter(({ key }) => !instead.has(key)), ...has];
}

/** Each trouble that lies deep in a stream, by the name of its stream; `fine/` has none. */
const streams = {
  'corrupt/': { has: [object(manifestIn('corrupt/', last), '{"files":[')] },
  'fine/': {},
  'loose/': { has: [listing(manifestIn('loose/', last, 'other'), [])] },
  'lost/': { lacks: [fileIn('lost/', first, 1)] },
  'schema/': { has: [object(schemaIn('schema/'), '{"fields":')] },
  'size/': { has: [object(fileIn('size/', first), size + 1)] },
  'spare/': { has: [object(fileIn('spare/', last, 2), size)] },
  'stranger/': { has: [object(`stranger/date=${first}/notes.txt`, 'notes')] },
  'unlisted/': { lacks: [manifestIn('unlisted/', last)] },
} satisfies Record<string, { lacks?: string[]; has?: GeneratedObject[] }>;

export const deeplyTroubled: BucketContents = {
  objects: [
    object('.parseable/.parseable.json', deploymentBody()),
    ...Object.entries(streams).flatMap(([prefix, what]) => stream(prefix, what)),
  ],
};

/** What a deep audit tells of them, in the order of kinds. */
export const deepTroubles = [
  'data-missing lost/',
  'data-size-mismatch size/',
  'data-unreferenced spare/',
  'foreign-object-in-stream stranger/',
  'manifest-corrupt corrupt/',
  'manifest-missing unlisted/',
  'manifest-unreferenced loose/',
  'stream-schema-corrupt schema/',
];
