import { objectOf } from '../s3/client.ts';
import type { BucketContents, StoredObject } from '../s3/server.ts';
import { deploymentBody, markerBody } from './generated.ts';

const day = (stream: string, date: string, files: number): StoredObject[] => [
  objectOf(`${stream}/date=${date}/node-1.manifest.json`, '{"version":"v1","files":[]}'),
  ...Array.from({ length: files }, (_, minute) =>
    objectOf(
      `${stream}/date=${date}/hour=09/minute=${String(minute).padStart(2, '0')}/node-1.data.01M72BPEH5DF5EAYAFYW1K8Q${String(minute)}D.parquet`,
      'PAR1 data PAR1',
    ),
  ),
];

const stream = (name: string, files = 2): StoredObject[] => [
  objectOf(`${name}/.stream/.stream.json`, markerBody('v7', [`${name}/date=2026-10-30/node-1.manifest.json`])),
  objectOf(`${name}/.stream/.schema`, '{"fields":[],"metadata":{}}'),
  ...day(name, '2026-10-30', files),
];

/**
 * A small bucket with one of each: a plain stream with a stranger in it, one whose snapshot was reset, a cluster's stream with
 * more node files than fit on a small page, an orphan, a stream with an unusable marker, foreign prefixes, a folder marker and a root object. All of it is old.
 */
export const troubledBucket: readonly StoredObject[] = [
  objectOf('.parseable/.parseable.json', deploymentBody(undefined, undefined, 'troubled')),
  ...stream('web'),
  objectOf('web/exports/report.csv', 'a,b'),
  objectOf('web/tmp/half.csv', 'a,b'),
  // A server rewrote the metadata and forgot the data that is there.
  objectOf('reset/.stream/.stream.json', markerBody('v7')),
  ...day('reset', '2026-10-30', 1),
  objectOf('reset/date-backup/copy.parquet', 'PAR1'),
  ...stream('cluster'),
  ...Array.from({ length: 6 }, (_, node) =>
    objectOf(`cluster/.stream/.ingestor.0123456789abcd${String(node)}.stream.json`, markerBody('v7')),
  ),
  ...day('lost', '2026-10-29', 6),
  objectOf('broken/.stream/.stream.json', '{"version":"v7"'),
  ...day('broken', '2026-10-28', 1),
  ...Array.from({ length: 6 }, (_, index) => objectOf(`dump/part-${String(index)}.sql.gz`, 'x'.repeat(20))),
  objectOf('.Trash/old.txt', 'old'),
  objectOf('marker/'),
  objectOf('notes.txt', 'a note'),
];

/** How the troubled bucket is set, and what was never finished in it. */
export const troubledSettings: Omit<BucketContents, 'objects'> = {
  settings: {
    lifecycle:
      '<LifecycleConfiguration><Rule><ID>tidy</ID><Filter><Prefix>web/date=</Prefix></Filter><Status>Enabled</Status>' +
      '<Expiration><Days>30</Days></Expiration></Rule></LifecycleConfiguration>',
  },
  uploads: Array.from({ length: 6 }, (_, index) => ({
    key: `web/part-${String(index)}`,
    uploadId: String(index),
    initiated: new Date('2026-10-01T00:00:00Z'),
    parts: [5_242_880],
  })),
};
