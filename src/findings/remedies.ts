import { shellQuote } from './display.ts';
import type { Kind } from './kinds.ts';

/** Where a finding is, for the commands that a person can type. Keys stand as in the bucket; every one is quoted here. */
export interface Place {
  bucket: string;
  endpoint: string | null;
  subject: string;
  /** The first file concerned, if one is. */
  key: string | null;
}

const endpointOption = ({ endpoint }: Place): string =>
  endpoint === null ? '' : ` --endpoint-url ${shellQuote(endpoint)}`;

const uri = (bucket: string, key: string): string => shellQuote(`s3://${bucket}/${key}`);

/** Lists everything below a prefix. */
const listAll = (place: Place, key = place.subject): string =>
  `aws s3 ls --recursive ${uri(place.bucket, key)}${endpointOption(place)}`;

/** Prints a file. Used for stream metadata only: nothing else may be shown without thinking of the secrets in it. */
const print = (place: Place): string =>
  `aws s3 cp ${uri(place.bucket, place.key ?? place.subject)} -${endpointOption(place)}`;

const details = (place: Place): string =>
  `aws s3api head-object --bucket ${shellQuote(place.bucket)} --key ${shellQuote(place.key ?? place.subject)}${endpointOption(place)}`;

const versions = (place: Place, prefix: string): string =>
  `aws s3api list-object-versions --bucket ${shellQuote(place.bucket)} --prefix ${shellQuote(prefix)}${endpointOption(place)}`;

/** What to do next, with the command to begin with; never a command that deletes. */
export const remedies: Record<Kind, (place: Place) => string> = {
  'foreign-prefix': (place) =>
    `Look: \`${listAll(place, place.subject === '*' ? '' : place.subject)}\`. Then move it to a bucket of its own, or allow it in the configuration, with a reason and an owner.`,
  'foreign-root-object': (place) =>
    place.subject === '*'
      ? `Look: \`aws s3 ls ${uri(place.bucket, '')}${endpointOption(place)}\`. Then find who writes there, and give that writer a bucket of its own.`
      : `Look: \`${details({ ...place, key: place.subject })}\`. Then move it to a bucket of its own, or allow it in the configuration, with a reason and an owner.`,
  'orphaned-stream-data': (place) =>
    `Look: \`${listAll(place)}\`. Then copy what is worth keeping elsewhere, and remove the rest before a stream of that name is made again.`,
  'unmigrated-stream': (place) =>
    `Look: \`${listAll(place)}\`. Then keep the data, and let a server of 1.0.0 to 1.1.0 move a copy of the bucket, version by version, before the newest one runs on it.`,
  'stream-metadata-corrupt': (place) =>
    `Do not restart the server. Look: \`${print(place)}\`. Then restore the file from a backup or an older version: \`${versions(place, place.key ?? place.subject)}\`.`,
  'stream-metadata-base-missing': (place) =>
    `In a cluster nothing need be done. To be sure, look: \`${listAll(place, `${place.subject}.stream/`)}\`.`,
  'stream-metadata-unreadable': (place) =>
    `Try the same read with the same credentials: \`${details(place)}\`. Then grant s3:GetObject on the file, or its key, before the server restarts.`,
  'stream-metadata-newer': () =>
    'Update bucket-hygiene; if no release knows this version, tell its authors which Parseable wrote it.',
  'stream-leftover': (place) =>
    `Look: \`${listAll(place)}\`. Then remove it, if no stream of that name is being made right now.`,
  'deployment-metadata-missing': (place) =>
    `Do not restart the server. See whether an older version can be restored: \`${versions(place, '.parseable/.parseable.json')}\`. Then look for the lifecycle rule or the person that removed it.`,
  'deployment-metadata-corrupt': (place) =>
    `Do not restart the server. See whether an older version can be restored: \`${versions(place, place.key ?? '.parseable/.parseable.json')}\`. Do not print the file: it holds secrets.`,
  'newer-than-server': () =>
    'Do not start the older server on this bucket: run 1.6.3 or newer, or give the older one a bucket of its own.',
  'tenant-metadata-missing': (place) =>
    `Do not restart the server in multi-tenant mode. Look: \`${listAll(place)}\`. If it is a copy of a stream, move it out of the bucket; if it was a tenant, restore its file: \`${versions(place, `${place.subject}.parseable.json`)}\`.`,
  'tenant-stream-collision': (place) =>
    `Look: \`${listAll(place, `${place.subject}.`)}\`. Then copy the data of the stream elsewhere before the server starts in multi-tenant mode.`,
  'stream-outside-tenant': (place) =>
    `Copy the stream elsewhere before the next start in multi-tenant mode: \`aws s3 sync ${uri(place.bucket, place.subject)} s3://A-BUCKET-OF-ITS-OWN/${endpointOption(place)}\`.`,
  'unrecognised-internal-prefix': (place) =>
    `Look: \`${listAll(place)}\`. If a newer Parseable made it, update bucket-hygiene; if not, move it to a bucket of its own or allow it.`,
  'folder-marker': (place) =>
    `Look: \`${listAll(place)}\`. Then remove the empty object, or allow it; Parseable itself cannot remove it.`,
  'not-parseable': (place) =>
    `Check the name and the endpoint of the bucket in the configuration; to see what is there: \`aws s3 ls ${uri(place.bucket, '')}${endpointOption(place)}\`.`,
  'stale-allow-entry': () => 'Take the entry out of the configuration, correct it, or give it a new date.',
  'scan-incomplete': (place) =>
    place.subject === '/'
      ? `Try the same listing with the same credentials: \`aws s3 ls ${uri(place.bucket, '')}${endpointOption(place)}\`. Then run the audit again.`
      : `Try the same listing with the same credentials: \`aws s3 ls ${uri(place.bucket, place.subject)}${endpointOption(place)}\`. Then run the audit again.`,
};
