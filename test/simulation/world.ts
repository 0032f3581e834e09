import fc from 'fast-check';
import { createHash } from 'node:crypto';
import { StoredBucket, type StoredObject } from '../s3/server.ts';
import { deploymentBody, healthy, healthyBucket, markerBody } from '../support/generated.ts';
import { loadRecorded } from '../support/recorded.ts';
import { troubledBucket } from '../support/troubled-bucket.ts';
import type { Change, Deed, Schedule } from './schedule.ts';

/** When the first run of every schedule may begin; runs only move on from here. */
export const beginning = new Date('2026-11-24T06:00:00Z');

const generated = { any: healthyBucket, tenants: healthy.tenants };

const written = new Date('2026-11-01T00:00:00Z');

const otherWriters: readonly StoredObject[] = [
  'backups/2026-11-01/db.dump',
  'backups/2026-11-02/db.dump',
  'terraform/prod.tfstate',
  'index.html',
].map((key) => ({ key, size: 100, lastModified: written, etag: createHash('md5').update(key).digest('hex') }));

/** Where other programs write by mistake. */
const intruded = ['backups/', 'AWSLogs/', '.Trash/', '', 'tmp/x/'] as const;
const isIntruder = (key: string) => /^(backups|AWSLogs|\.Trash|tmp)\/|^dump-/.test(key);

function originalObjects({ origin, seed }: Schedule): readonly StoredObject[] {
  switch (origin.from) {
    case 'recorded':
      return loadRecorded(origin.name, beginning).contents.objects;
    case 'generated':
      // The smallest of some: what goes wrong in a small bucket is found sooner, and read sooner.
      return fc
        .sample(generated[origin.layout], { seed, numRuns: 3 })
        .map(({ objects }) => objects)
        .reduce((small, other) => (other.length < small.length ? other : small));
    case 'troubled':
      return troubledBucket;
    case 'other writers':
      return otherWriters;
  }
}

/** The watched bucket at the beginning, its times as the store's clock has them. */
export const bucketOf = (schedule: Schedule): StoredBucket =>
  new StoredBucket({
    objects: originalObjects(schedule).map((object) => ({
      ...object,
      lastModified: new Date(object.lastModified.getTime() + schedule.skewMs),
    })),
  });

export const objectsOf = (bucket: StoredBucket): StoredObject[] =>
  Array.from({ length: bucket.size }, (_, index) => bucket.at(index)).filter((object) => object !== undefined);

/** The first-level name of a key, `/` included for a prefix. */
export const firstLevel = (key: string): string => /^[^/]*\/?/.exec(key)?.[0] ?? key;

/** All first-level names. */
export const namesOf = (bucket: StoredBucket): string[] => [
  ...new Set(objectsOf(bucket).map(({ key }) => firstLevel(key))),
];

const made = (key: string, text: string, lastModified: Date): StoredObject => {
  const body = Buffer.from(text);
  return { key, size: body.length, lastModified, etag: createHash('md5').update(key).update(body).digest('hex'), body };
};

const dataKey = (stream: string, pick: number) =>
  `${stream}date=2026-11-23/hour=09/minute=${String(pick % 60).padStart(2, '0')}/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q1D.parquet`;

const round = <T>(list: readonly T[], pick: number): T | undefined => list[pick % Math.max(list.length, 1)];

/** What each deed puts and removes, in this order; each step may be seen by itself. */
type Step = { put: StoredObject } | { remove: string };

const deeds: Record<Deed, (bucket: StoredBucket, pick: number, now: Date) => Step[]> = {
  'foreign objects appear': (_, pick, now) => {
    const place = round(intruded, pick) ?? '';
    return [0, 1, 2]
      .slice(pick % 3)
      .map((n) => ({ put: made(`${place}dump-${String(pick % 7)}-${String(n)}.sql`, 'x', now) }));
  },
  'foreign objects go': (bucket) =>
    objectsOf(bucket)
      .filter(({ key }) => isIntruder(key))
      .map(({ key }) => ({ remove: key })),
  'an object vanishes': (bucket, pick) => {
    const object = bucket.at(pick % Math.max(bucket.size, 1));
    return object === undefined ? [] : [{ remove: object.key }];
  },
  'an object is rewritten': (bucket, pick, now) => {
    const object = bucket.at(pick % Math.max(bucket.size, 1));
    if (object?.body === undefined) return [];
    return [{ put: made(object.key, `${object.body.toString('utf8')} `, now) }];
  },
  'a prefix is deleted': (bucket, pick) => {
    const name = round(
      namesOf(bucket).filter((one) => one.endsWith('/')),
      pick,
    );
    if (name === undefined) return [];
    const keys = objectsOf(bucket).filter(({ key }) => key.startsWith(name));
    // Some deletes are cut short.
    return keys.slice(0, pick % 3 === 0 ? Math.ceil(keys.length / 2) : keys.length).map(({ key }) => ({ remove: key }));
  },
  'a stream appears': (bucket, pick, now) => {
    const stream = `made-${String(pick % 5)}/`;
    const files = [
      made(`${stream}.stream/.schema`, '{"fields":[],"metadata":{}}', now),
      made(`${stream}.stream/.stream.json`, markerBody('v7'), now),
      made(dataKey(stream, pick), 'PAR1', now),
    ];
    const deployed = bucket.size > 0 ? [] : [made('.parseable/.parseable.json', deploymentBody(), now)];
    return [...deployed, ...files].map((put) => ({ put }));
  },
  'data appears': (bucket, pick, now) => {
    const stream = round(
      namesOf(bucket).filter((one) => /^[^.][^/]*\/$/.test(one)),
      pick,
    );
    return stream === undefined ? [] : [{ put: made(dataKey(stream, pick), 'PAR1', now) }];
  },
};

/** The steps of a change, decided by what the bucket holds when it begins. */
export const stepsOf = ({ deed, pick }: Change, bucket: StoredBucket, now: Date): Step[] =>
  deeds[deed](bucket, pick, now);

export function take(bucket: StoredBucket, step: Step): void {
  if ('put' in step) bucket.put(step.put);
  else bucket.remove(step.remove);
}
