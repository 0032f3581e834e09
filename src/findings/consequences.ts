import type { Kind, Severity } from './kinds.ts';
import { compareVersions } from './version.ts';

/** The newest release this program knows: what is assumed of a server whose version nobody has configured. */
export const newestRelease = '2.9.5';

/** In which way a metadata file is unusable; servers fare differently with each. */
export type Damage = 'empty' | 'not JSON' | 'incomplete' | 'of an ingest node';

/** What a consequence may depend on, besides the version of the server. */
export interface Conditions {
  /** The bucket has tenants, or is meant to have them. */
  multiTenant: boolean;
  /** The name starts with a dot. */
  hidden: boolean;
  /** It is a tenant's, not the root's. */
  inTenant: boolean;
  damage: Damage | null;
  /** The stream sets a retention. */
  retention: boolean;
  /** Retention takes the folder's name for that of a day. */
  taken: boolean;
  /** It is about manifests that are compressed with zstd. */
  zstd: boolean;
}

/** What a server does about a kind of finding. A condition that is left out does not matter. */
export interface Consequence extends Partial<Conditions> {
  kind: Kind;
  /** First version it holds for. */
  from?: string;
  /** First version it no longer holds for. */
  before?: string;
  /** Where it differs from the kind's usual one. */
  severity?: Severity;
  /** Goes on from “Parseable X.Y.Z …”, without a full stop. */
  happens: string;
  /** False where it matters to the monitor alone: then `happens` is a sentence of its own. */
  ofServer?: false;
}

/** Until 1.6.3 a server took every folder for a stream, and a folder without stream metadata for a reason not to start. */
const refusals = (kind: Kind, severity: Severity): Consequence[] => [
  {
    kind,
    before: '0.2.0',
    severity,
    happens: 'stops loading there, so that streams whose names come later are not shown',
  },
  {
    kind,
    from: '0.2.0',
    before: '0.8.0',
    severity,
    happens: 'does not start: it looks for a .stream.json in every folder',
  },
  {
    kind,
    from: '0.8.0',
    before: '1.6.3',
    severity,
    happens: 'does not start: “bucket … contains stale data, please use an empty bucket”',
  },
];

/**
 * The one table of consequences: what a server of a version does, at its next start or query. The first row that fits
 * counts. Read from the code of every release and, for 0.9.0, 1.1.0, 1.6.2, 2.3.5, 2.4.3 and 2.9.5, seen in running servers.
 */
export const consequences: readonly Consequence[] = [
  ...refusals('foreign-prefix', 'error'),
  {
    kind: 'foreign-prefix',
    from: '1.6.3',
    before: '2.5.14',
    multiTenant: true,
    hidden: false,
    inTenant: false,
    severity: 'error',
    happens: 'ignores it, but a multi-tenant server (2.5.14 and newer) deletes it, all of it, at its next start',
  },
  {
    kind: 'foreign-prefix',
    from: '2.5.14',
    multiTenant: true,
    hidden: false,
    inTenant: false,
    severity: 'error',
    happens: 'deletes it, all of it, at its next start, with one line in its log: it has no tenant file',
  },
  {
    kind: 'foreign-prefix',
    from: '1.6.3',
    before: '2.4.3',
    happens: 'ignores it without a word, but does not start should the deployment file be lost as well',
  },
  {
    kind: 'foreign-prefix',
    hidden: true,
    happens: 'ignores it without a word; it is paid for, and never shown or removed, in multi-tenant mode neither',
  },
  {
    kind: 'foreign-prefix',
    inTenant: true,
    happens: 'ignores it without a word; it is paid for, never shown, and is deleted together with its tenant',
  },
  {
    kind: 'foreign-prefix',
    from: '2.4.3',
    happens: 'ignores it without a word today; a server that starts in multi-tenant mode deletes it',
  },

  {
    kind: 'foreign-root-object',
    happens: 'ignores it, as every version does; it is paid for, and nothing of Parseable ever shows or removes it',
  },

  ...refusals('orphaned-stream-data', 'error'),
  {
    kind: 'orphaned-stream-data',
    from: '2.5.14',
    multiTenant: true,
    inTenant: false,
    happens: 'does not show it, and deletes it at its next start in multi-tenant mode',
  },
  {
    kind: 'orphaned-stream-data',
    from: '1.6.3',
    happens: 'does not show it, does not count it, and will never remove it',
  },

  {
    kind: 'unmigrated-stream',
    before: '1.0.0',
    happens: 'does not start: the newer deployment’s own folders look like broken streams to it',
  },
  {
    kind: 'unmigrated-stream',
    from: '1.0.0',
    before: '1.6.3',
    happens: 'moves it while the old .parseable.json lies at the root, else it does not start',
  },
  {
    kind: 'unmigrated-stream',
    from: '1.6.3',
    before: '2.0.0',
    happens: 'moves it while the old .parseable.json lies at the root, else it ignores the stream',
  },
  {
    kind: 'unmigrated-stream',
    from: '2.0.0',
    happens: 'no longer knows how to move it: the stream is missing from the list, its data stays',
  },

  {
    kind: 'stream-metadata-corrupt',
    damage: 'of an ingest node',
    happens: 'has no other reference to what that ingest node wrote: queries do not find it',
  },
  {
    kind: 'stream-metadata-corrupt',
    before: '1.3.0',
    damage: 'empty',
    happens: 'does not start: it panics on the empty file',
  },
  {
    kind: 'stream-metadata-corrupt',
    from: '1.3.0',
    before: '1.6.3',
    damage: 'empty',
    happens: 'leaves the stream out of its list, and logs nothing',
  },
  {
    kind: 'stream-metadata-corrupt',
    from: '1.6.3',
    damage: 'empty',
    happens: 'lists the stream, does not load it, leaves the file empty and logs nothing',
  },
  {
    kind: 'stream-metadata-corrupt',
    damage: 'not JSON',
    happens: 'panics at its next start (“stream.json is valid json”), so that no stream is served',
  },
  {
    kind: 'stream-metadata-corrupt',
    before: '0.8.0',
    damage: 'incomplete',
    happens: 'fails at each use of the stream',
  },
  {
    kind: 'stream-metadata-corrupt',
    from: '0.8.0',
    before: '1.7.4',
    damage: 'incomplete',
    happens: 'panics at its next start, so that no stream is served',
  },
  {
    kind: 'stream-metadata-corrupt',
    from: '2.4.2',
    before: '2.9.1',
    damage: 'incomplete',
    happens:
      'works with default metadata from its next start on, fails to sync the stream, and loses sight of all it uploads',
  },
  {
    kind: 'stream-metadata-corrupt',
    from: '1.7.4',
    damage: 'incomplete',
    happens: 'works with default metadata from its next start on, and fails each time it syncs the stream',
  },
  { kind: 'stream-metadata-corrupt', happens: 'serves no stream from there, and may not start' },

  {
    kind: 'stream-metadata-base-missing',
    before: '1.0.0',
    happens: 'does not know this layout, which came with 1.0.0',
  },
  {
    kind: 'stream-metadata-base-missing',
    from: '1.0.0',
    before: '1.6.3',
    severity: 'error',
    happens: 'does not start: “bucket … contains stale data, please use an empty bucket”',
  },
  {
    kind: 'stream-metadata-base-missing',
    from: '1.6.3',
    happens:
      'writes it from the ingest nodes’ files at the next start of its query node: in a cluster this is ordinary',
  },

  {
    kind: 'stream-metadata-unreadable',
    before: '1.3.0',
    happens: 'does not start, or loads no further, if it cannot read the file either',
  },
  {
    kind: 'stream-metadata-unreadable',
    from: '1.3.0',
    before: '1.6.3',
    happens: 'leaves the stream out of its list if it cannot read the file either',
  },
  {
    kind: 'stream-metadata-unreadable',
    from: '1.6.3',
    happens: 'starts the stream anew if it cannot read the file either: counters at zero, references to old data gone',
  },

  {
    kind: 'stream-metadata-newer',
    happens: 'takes a version that it does not know for its own, and reads the file as such',
  },

  {
    kind: 'stream-metadata-rewritten',
    before: '0.7.2',
    happens: 'goes on with the new file; the data is found all the same, by listing folders',
  },
  {
    kind: 'stream-metadata-rewritten',
    from: '0.7.2',
    before: '1.6.3',
    happens: 'goes on with the new file: it counts from there, and days that only the old one named are in no snapshot',
  },
  {
    kind: 'stream-metadata-rewritten',
    from: '1.6.3',
    happens:
      'writes such a file itself if it could not read the old one at its start, and goes on with it: days that only the old one named are in no snapshot',
  },

  { kind: 'snapshot-reset', before: '0.7.2', happens: 'has no snapshots, and finds all data by listing folders' },
  {
    kind: 'snapshot-reset',
    from: '0.7.2',
    before: '2.5.0',
    happens:
      'finds the days that are not in its snapshot by listing folders only, slowly, and overwrites the manifest of such a day when data arrives for it',
  },
  {
    kind: 'snapshot-reset',
    from: '2.5.0',
    happens:
      'finds the days that are not in its snapshot by listing folders, probably not all of them, and overwrites the manifest of such a day when data arrives for it',
  },

  { kind: 'manifest-duplicated', before: '0.7.2', happens: 'has no manifests' },
  {
    kind: 'manifest-duplicated',
    from: '0.7.2',
    before: '2.4.2',
    happens: 'reads the manifest once for each entry, so that its rows come several times in answers',
  },
  {
    kind: 'manifest-duplicated',
    from: '2.4.2',
    happens:
      'adds an entry at each sync once its host name has changed within a day, and reads the manifest once for each: rows come several times in answers',
  },

  ...refusals('stream-leftover', 'error'),
  {
    kind: 'stream-leftover',
    from: '2.5.14',
    multiTenant: true,
    inTenant: false,
    happens: 'does not show it, and deletes it at its next start in multi-tenant mode',
  },
  {
    kind: 'stream-leftover',
    from: '1.6.3',
    happens: 'ignores it; a stream of that name can be created again',
  },

  { kind: 'deployment-metadata-missing', before: '0.1.0', happens: 'has no such file and needs none' },
  {
    kind: 'deployment-metadata-missing',
    from: '0.1.0',
    before: '1.3.0',
    happens:
      'makes a new one at its next start, without users, or does not start while its staging disk has the old one',
  },
  {
    kind: 'deployment-metadata-missing',
    from: '1.3.0',
    before: '2.4.3',
    happens: 'does not start: it panics where there are folders and no deployment file',
  },
  {
    kind: 'deployment-metadata-missing',
    from: '2.4.3',
    happens:
      'makes a new one at its next start, without users, roles and API keys; with the old staging disk it does not start',
  },

  {
    kind: 'deployment-metadata-corrupt',
    inTenant: true,
    from: '2.5.14',
    multiTenant: true,
    happens: 'does not start in multi-tenant mode: one unusable tenant file ends the start for all tenants',
  },
  {
    kind: 'deployment-metadata-corrupt',
    inTenant: true,
    happens: 'does not read this file; in multi-tenant mode (2.5.14 and newer) it ends the start for all tenants',
  },
  {
    kind: 'deployment-metadata-corrupt',
    happens: 'does not start: it panics with “parseable config is valid json” or the name of the missing field',
  },

  { kind: 'deployment-changed', before: '0.1.0', happens: 'has no deployment file' },
  {
    kind: 'deployment-changed',
    from: '0.1.0',
    happens:
      'does not start with the staging disk of the old deployment; with an empty one it takes over the new file and whatever users it has',
  },

  { kind: 'deployment-elsewhere', before: '0.1.0', happens: 'has no deployment file' },
  {
    kind: 'deployment-elsewhere',
    from: '0.1.0',
    happens: 'never compares the name: it works here with the ID and the users of the other bucket’s deployment',
  },

  {
    kind: 'newer-than-server',
    zstd: true,
    before: '0.7.2',
    happens: 'has no manifests, and reads none',
  },
  {
    kind: 'newer-than-server',
    zstd: true,
    from: '0.7.2',
    before: '2.4.3',
    happens: 'panics in each query and each sync that reads such a manifest',
  },
  {
    kind: 'newer-than-server',
    zstd: true,
    from: '2.4.3',
    happens: 'cannot read such a manifest: queries that touch its day fail, and new data of that day is not synced',
  },
  {
    kind: 'newer-than-server',
    zstd: false,
    before: '1.6.3',
    happens: 'does not start: it takes a folder that it does not know for a stream, and finds no stream metadata in it',
  },
  { kind: 'newer-than-server', zstd: false, from: '1.6.3', happens: 'cannot read what a newer server has written' },

  { kind: 'shared-deployment', before: '0.1.0', happens: 'has no deployment file, and no ID' },
  {
    kind: 'shared-deployment',
    from: '0.1.0',
    happens:
      'takes them for one: pointed at the wrong one it starts all the same, and uploads there what its staging disk still holds for the other',
  },

  ...refusals('tenant-metadata-missing', 'error'),
  {
    kind: 'tenant-metadata-missing',
    from: '2.5.14',
    multiTenant: true,
    happens: 'deletes it, with all streams in it, at its next start: without that file it is no tenant',
  },
  {
    kind: 'tenant-metadata-missing',
    from: '1.6.3',
    happens: 'shows none of the streams in it; a server that starts in multi-tenant mode deletes them',
  },

  {
    kind: 'tenant-stream-collision',
    from: '2.5.14',
    multiTenant: true,
    happens: 'sees only the tenant: the stream is not shown, and nothing removes its data',
  },
  {
    kind: 'tenant-stream-collision',
    happens: 'sees only the stream; in multi-tenant mode (2.5.14 and newer) it sees only the tenant',
  },

  {
    kind: 'stream-outside-tenant',
    before: '2.5.14',
    happens: 'serves it, but a multi-tenant server (2.5.14 and newer) deletes it with its data at its next start',
  },
  {
    kind: 'stream-outside-tenant',
    from: '2.5.14',
    happens: 'deletes it, with all its data, at its next start in multi-tenant mode',
  },

  ...refusals('unrecognised-internal-prefix', 'note'),
  {
    kind: 'unrecognised-internal-prefix',
    from: '1.6.3',
    happens: 'skips hidden folders that it does not know, in multi-tenant mode too',
  },

  ...refusals('folder-marker', 'error'),
  {
    kind: 'folder-marker',
    from: '2.5.14',
    multiTenant: true,
    hidden: false,
    inTenant: false,
    happens: 'tries to delete it at each start in multi-tenant mode, and cannot',
  },
  { kind: 'folder-marker', from: '1.6.3', happens: 'ignores it, and has no way to remove it' },

  {
    kind: 'malformed-date-prefix',
    before: '0.3.0',
    retention: true,
    severity: 'error',
    happens: 'has no retention; a newer server panics on this folder, or deletes it, when retention runs',
  },
  {
    kind: 'malformed-date-prefix',
    before: '0.3.0',
    happens: 'has no retention, and is not disturbed by this folder',
  },
  {
    kind: 'malformed-date-prefix',
    from: '2.5.14',
    inTenant: true,
    retention: true,
    taken: true,
    severity: 'error',
    happens:
      'takes it for that day once that is older than the retention, and means to delete it; in a tenant it looks in the wrong place, and misses it',
  },
  {
    kind: 'malformed-date-prefix',
    retention: true,
    taken: true,
    severity: 'error',
    happens: 'takes it for that day, and deletes all that is in it once the day is older than the retention',
  },
  {
    kind: 'malformed-date-prefix',
    from: '0.3.0',
    before: '0.8.0',
    retention: true,
    severity: 'error',
    happens:
      'panics on it at midnight, when retention runs, and does not run it for this stream again before a restart: no old day is removed',
  },
  {
    kind: 'malformed-date-prefix',
    from: '0.8.0',
    retention: true,
    severity: 'error',
    happens:
      'panics on it each time that retention runs, at its start and at midnight: it lives on, and no old day of this stream is removed any more',
  },
  {
    kind: 'malformed-date-prefix',
    taken: true,
    happens:
      'leaves it alone while the stream keeps its data for ever; once it sets a retention, the folder is taken for that day, and deleted with it',
  },
  {
    kind: 'malformed-date-prefix',
    happens:
      'leaves it alone while the stream keeps its data for ever; once it sets a retention, each run panics on the folder, and removes nothing',
  },

  {
    kind: 'foreign-in-stream',
    before: '0.3.0',
    happens: 'ignores it; it is paid for, never shown, and goes when the stream is deleted',
  },
  {
    kind: 'foreign-in-stream',
    from: '0.3.0',
    before: '1.0.0',
    happens:
      'ignores objects; on a folder the retention of the stream, if it sets one, panics, so that no old day of it is removed any more',
  },
  {
    kind: 'foreign-in-stream',
    from: '1.0.0',
    happens: 'ignores it; it is paid for, never shown, and goes when the stream is deleted',
  },

  { kind: 'retention-overdue', before: '0.3.0', happens: 'has no retention: a newer server has set it' },
  {
    kind: 'retention-overdue',
    from: '0.3.0',
    before: '0.8.0',
    happens: 'removes old days at midnight only; as they are still here, that failed, or it was not running then',
  },
  {
    kind: 'retention-overdue',
    from: '2.5.14',
    inTenant: true,
    happens:
      'takes old days of a tenant’s stream out of its snapshot, and looks for their data in the wrong place: they are not shown, and never removed',
  },
  {
    kind: 'retention-overdue',
    from: '0.8.0',
    happens: 'removes old days at its start and at midnight; as they are still here, that failed, or it has not run',
  },

  {
    kind: 'lifecycle-reaches-metadata',
    before: '0.2.0',
    happens: 'stops loading at the first stream whose files are gone, so that later ones are not shown',
  },
  {
    kind: 'lifecycle-reaches-metadata',
    from: '0.2.0',
    before: '1.6.3',
    happens: 'does not start once the metadata of a single stream is gone',
  },
  {
    kind: 'lifecycle-reaches-metadata',
    from: '1.6.3',
    before: '2.4.3',
    happens: 'loses a stream once its metadata is gone, and does not start once the deployment file is',
  },
  {
    kind: 'lifecycle-reaches-metadata',
    from: '2.4.3',
    happens:
      'loses a stream once its metadata is gone, and all users, roles and API keys once the deployment file is; an archived deployment file stops its start',
  },

  {
    kind: 'lifecycle-before-retention',
    before: '0.7.2',
    happens: 'finds data by listing folders: what is expired is missing from answers, what is archived fails the query',
  },
  {
    kind: 'lifecycle-before-retention',
    from: '0.7.2',
    before: '2.4.3',
    happens:
      'is not told: days whose manifest is gone or archived are missing from answers without a word, and a query that touches a single data file that is fails',
  },
  {
    kind: 'lifecycle-before-retention',
    from: '2.4.3',
    happens:
      'is not told: days whose manifest is gone are missing from answers, with a line in its log; a query that touches a lost data file, or anything archived, fails',
  },

  {
    kind: 'incomplete-uploads',
    before: '0.4.1',
    happens: 'makes no such uploads: a newer server or another program left them',
  },
  {
    kind: 'incomplete-uploads',
    from: '0.4.1',
    before: '1.4.0',
    happens: 'leaves one behind when it dies while it uploads a file above 100 MiB, and never removes it',
  },
  {
    kind: 'incomplete-uploads',
    from: '1.4.0',
    before: '2.0.0',
    happens: 'makes no such uploads: another version or another program left them',
  },
  {
    kind: 'incomplete-uploads',
    from: '2.0.0',
    before: '2.7.0',
    happens:
      'leaves an empty one behind for each file below 25 MiB that it uploads, thousands a day, and never removes them',
  },
  {
    kind: 'incomplete-uploads',
    from: '2.7.0',
    happens: 'leaves one behind when the upload of a file of 25 MiB or more fails half way, and never removes it',
  },

  {
    kind: 'stream-schema-corrupt',
    before: '0.2.0',
    happens: 'goes on as if the stream had no schema',
  },
  {
    kind: 'stream-schema-corrupt',
    from: '0.2.0',
    before: '0.4.1',
    happens: 'panics when it loads the stream',
  },
  {
    kind: 'stream-schema-corrupt',
    from: '0.4.1',
    before: '1.0.0',
    happens: 'fails with an error when it loads the stream',
  },
  { kind: 'stream-schema-corrupt', from: '1.0.0', before: '1.6.3', happens: 'does not start' },
  {
    kind: 'stream-schema-corrupt',
    from: '1.6.3',
    before: '2.4.3',
    happens: 'fails with an error when it loads the stream',
  },
  {
    kind: 'stream-schema-corrupt',
    from: '2.4.3',
    happens: 'panics at its next start, so that no stream is served',
  },

  {
    kind: 'foreign-object-in-stream',
    before: '0.3.0',
    happens: 'ignores it; it is paid for, never shown, and goes when the stream is deleted',
  },
  {
    kind: 'foreign-object-in-stream',
    from: '2.5.14',
    inTenant: true,
    happens:
      'ignores it; it is paid for, never shown, and goes when the stream is deleted: in a tenant retention looks for days in the wrong place',
  },
  {
    kind: 'foreign-object-in-stream',
    from: '0.3.0',
    happens:
      'ignores it; it is paid for, never shown, and goes when retention removes its day or the stream is deleted',
  },

  {
    kind: 'data-unreferenced',
    before: '0.7.2',
    happens: 'has no manifests, and finds all data by listing folders',
  },
  {
    kind: 'data-unreferenced',
    from: '0.7.2',
    before: '2.4.2',
    happens:
      'does not find it, so that its rows are missing from answers; after a restart it uploads again what its staging disk still holds, and lists that',
  },
  {
    kind: 'data-unreferenced',
    from: '2.4.2',
    before: '2.9.1',
    happens:
      'does not find it, so that its rows are missing from answers, and has no copy left: it empties its staging disk before it writes the snapshot',
  },
  {
    kind: 'data-unreferenced',
    from: '2.9.1',
    happens:
      'does not find it, so that its rows are missing from answers; only what its staging disk still holds is uploaded again, and listed, after a restart',
  },

  {
    kind: 'data-missing',
    before: '0.7.2',
    happens: 'has no manifests: it finds data by listing folders, and answers without what is lost',
  },
  {
    kind: 'data-missing',
    from: '2.0.0',
    before: '2.4.3',
    happens:
      'fails each query that touches such a file, and may make more of them: where the upload of 25 MiB or more fails at its end, it takes the file for stored',
  },
  {
    kind: 'data-missing',
    from: '0.7.2',
    happens: 'fails each query that touches such a file, even though the rest of the data is there',
  },

  {
    kind: 'data-size-mismatch',
    before: '0.7.2',
    happens: 'has no manifests, and takes each file as it is; a query that touches a damaged one fails',
  },
  {
    kind: 'data-size-mismatch',
    from: '0.7.2',
    before: '2.4.3',
    happens: 'never looks at the size of what it has uploaded; a query that touches such a file probably fails',
  },
  {
    kind: 'data-size-mismatch',
    from: '2.4.3',
    happens:
      'looks at the size right after the upload, and never again; a query that touches such a file probably fails',
  },

  { kind: 'manifest-missing', before: '0.7.2', happens: 'has no manifests' },
  {
    kind: 'manifest-missing',
    from: '0.7.2',
    before: '1.2.0',
    happens:
      'leaves out of answers what such a manifest listed, and cannot sync its day any more: “Manifest found in snapshot but not in object-storage”',
  },
  {
    kind: 'manifest-missing',
    from: '1.2.0',
    before: '2.4.3',
    happens:
      'leaves out of answers what such a manifest listed, without a word, and begins a new one when data arrives for its day',
  },
  {
    kind: 'manifest-missing',
    from: '2.4.3',
    happens:
      'leaves out of answers what such a manifest listed, with “Manifest missing” in its log, and begins a new one when data arrives for its day',
  },

  { kind: 'manifest-unreferenced', before: '0.7.2', happens: 'has no manifests' },
  {
    kind: 'manifest-unreferenced',
    from: '0.7.2',
    happens:
      'does not read such a manifest, so that what it lists is missing from answers, and may overwrite it with the newest files only when data arrives for its day',
  },

  { kind: 'manifest-corrupt', before: '0.7.2', happens: 'has no manifests' },
  {
    kind: 'manifest-corrupt',
    from: '0.7.2',
    before: '2.4.3',
    happens:
      'panics in each query and each sync that reads such a manifest: its day is not shown, and takes no new data',
  },
  {
    kind: 'manifest-corrupt',
    from: '2.4.3',
    happens: 'fails each query that touches the day of such a manifest, and cannot sync new data of it',
  },

  {
    kind: 'stats-drift',
    happens:
      'shows the size that it has counted, not the one that is stored and paid for; answers to queries are right',
  },

  {
    kind: 'not-parseable',
    ofServer: false,
    happens: 'A monitor that watches the wrong bucket is silent about the right one',
  },
  {
    kind: 'stale-allow-entry',
    ofServer: false,
    happens: 'An entry without effect vouches for nothing today, and may hide the wrong thing tomorrow',
  },
  {
    kind: 'scan-incomplete',
    ofServer: false,
    happens: 'What was not seen may hold anything, so nothing is called clean or resolved until it can be read',
  },
];

/**
 * The consequence of a kind for a server of this version: the first row of the table that fits.
 * @throws RangeError where no row fits, which the tests rule out for every kind and version.
 */
export function consequenceOf(kind: Kind, version: string, conditions: Conditions): Consequence {
  const row = consequences.find((one) => one.kind === kind && holdsFor(one, version) && isMet(one, conditions));
  if (row === undefined) throw new RangeError(`no consequence for ${kind} and ${version}`);
  return row;
}

/** True when what the server does, or how grave it is, hangs on its version: then the version has to be told. */
export const dependsOnVersion = (kind: Kind): boolean =>
  consequences.some((one) => one.kind === kind && (one.from !== undefined || one.before !== undefined));

const holdsFor = ({ from, before }: Consequence, version: string): boolean =>
  (from === undefined || compareVersions(version, from) >= 0) &&
  (before === undefined || compareVersions(version, before) < 0);

const isMet = (row: Consequence, conditions: Conditions): boolean =>
  (['multiTenant', 'hidden', 'inTenant', 'damage', 'retention', 'taken', 'zstd'] as const).every(
    (name) => row[name] === undefined || row[name] === conditions[name],
  );
