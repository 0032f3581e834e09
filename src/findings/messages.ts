import {
  deploymentFolder,
  detailOf,
  figuresOf,
  hasZstdManifests,
  isFolded,
  tenantOf,
  type Circumstances,
} from './circumstances.ts';
import { deepMessages, zstdManifests } from './deep-messages.ts';
import { displayText } from './display.ts';
import { answerText, failedRequestOf, isStopped, storesWords } from './failed-request.ts';
import type { Kind } from './kinds.ts';
import { andMore, countOf, figures, some, subjectOf, writer, type Message } from './phrases.ts';
import { humanAge, humanCount } from './units.ts';

/** `retention` as a time: `90 days`; undefined when the stream sets none. */
const retentionOf = (c: Circumstances): string | undefined =>
  countOf(c, 'retention', 'day') ?? detailOf(c, 'retention');

/** The rule by its name, with what it does: `The lifecycle rule old-logs expires objects after 30 days`. */
const lifecycleRule = (c: Circumstances): string => {
  const name = detailOf(c, 'rule') ?? 'without a name';
  const rule = name === 'without a name' ? `A lifecycle rule ${name}` : `The lifecycle rule ${name}`;
  return `${rule} ${detailOf(c, 'action') ?? 'expires or archives objects'}`;
};

/** `; 2 more rules do so too` */
const moreRules = ({ evidence }: Circumstances): string => {
  const more = (Array.isArray(evidence['rules']) ? evidence['rules'].length : 0) - 1;
  return more > 0 ? `; ${humanCount(more, 'more rule does', 'more rules do')} so too` : '';
};

const snapshotReset: Message = (c) => {
  const many = countOf(c, 'days', 'day') ?? 'older days';
  const [first, last] = [detailOf(c, 'firstDay'), detailOf(c, 'lastDay')];
  const from = first === undefined || last === undefined ? '' : `, ${first === last ? first : `${first} to ${last}`}`;
  const since = detailOf(c, 'since');
  const knows =
    detailOf(c, 'reason') === 'empty'
      ? 'names no data at all'
      : since === undefined
        ? 'knows young data only'
        : `knows nothing from before ${since}`;
  return `The snapshot of ${subjectOf(c)} ${knows}, though manifests of ${many} lie there${from}${figures(c)}`;
};

const malformedDatePrefix: Message = (c) => {
  const [taken, retention] = [detailOf(c, 'takenFor'), retentionOf(c)];
  const parsed = taken === undefined ? 'read its name' : `take it for ${taken}`;
  const reads = taken === undefined ? 'cannot read its name' : `takes it for ${taken}`;
  const effect =
    retention === undefined
      ? `a retention would ${taken === undefined ? 'fail to ' : ''}${parsed}, but the stream sets none`
      : `the retention of the stream, ${retention}, ${reads}`;
  return `The folder ${subjectOf(c)}${figures(c)} is named much like a day, and is none: ${effect}`;
};

const foreignInStream: Message = (c) => {
  const { places, keys } = c.evidence;
  const named = (Array.isArray(places) ? places : (keys ?? [])).filter((one) => typeof one === 'string');
  const where = named.length === 0 ? '' : `: ${some(named)}`;
  return `The stream ${subjectOf(c)} holds ${figuresOf(c) ?? 'something'}${writer(c)}, that Parseable has not put there${where}`;
};

const incompleteUploads: Message = (c) => {
  const { oldest } = c.evidence;
  const first = typeof oldest === 'string' ? `; the first was begun ${humanAge(oldest, c.now)} ago` : '';
  return `${subjectOf(c)} has uploads that were begun and never completed${figures(c)}${first}`;
};

const request: Message = (c) => {
  const failed = failedRequestOf(c.evidence);
  if (failed === null) return detailOf(c, 'reason') ?? 'there was no answer';
  const words = storesWords(failed);
  return `${answerText(failed)}${words === null ? '' : ` (${words})`}`;
};

/** What a request asks for that lists no objects. */
const partsOfBucket: Partial<Record<string, string>> = {
  GetBucketLifecycleConfiguration: 'The lifecycle rules',
  ListMultipartUploads: 'The unfinished uploads',
  ListParts: 'The parts of unfinished uploads',
  GetBucketVersioning: 'The versioning',
  GetObjectLockConfiguration: 'The object lock',
};

const scanIncomplete: Message = (c) => {
  const failed = failedRequestOf(c.evidence);
  const stopped = failed !== null && isStopped(failed);
  const { places } = c.evidence;
  if (typeof places === 'number') {
    const many = humanCount(places, 'place');
    return stopped
      ? `The audit was stopped before everything in ${displayText(c.bucket)} was looked at: ${many} left`
      : `${many} in ${displayText(c.bucket)} could not be looked at; the first: ${request(c)}`;
  }
  const part = failed === null ? undefined : partsOfBucket[failed.operation];
  const bucket = displayText(c.bucket);
  const where = c.subject !== '/' ? subjectOf(c) : part === undefined ? `The bucket ${bucket}` : `${part} of ${bucket}`;
  return stopped
    ? `${where} was not looked at: the audit was stopped before`
    : `${where} could not be looked at: ${request(c)}`;
};

/** What happened, in one sentence without its full stop. Display text. */
export const messages: Record<Kind, Message> = {
  'foreign-prefix': (c) =>
    isFolded(c)
      ? `More than a thousand prefixes belong to no Parseable stream and are told as one${figures(c)}`
      : `${subjectOf(c)} holds ${figuresOf(c) ?? 'something'}${writer(c)}, and belongs to no Parseable stream`,
  'foreign-root-object': (c) => {
    if (isFolded(c)) return `${figuresOf(c) ?? 'Many objects'} at the root are not Parseable’s and are told as one`;
    const tenant = tenantOf(c.subject);
    const place = tenant === null ? 'at the root of the bucket' : `directly in the tenant ${displayText(tenant)}`;
    const by = writer(c);
    return `${subjectOf(c)}${figures(c)}${by}${by === '' ? '' : ','} lies ${place}, where Parseable puts no such object`;
  },
  'orphaned-stream-data': (c) =>
    `The data of a stream is in ${subjectOf(c)}${figures(c)}, its metadata is not: a delete was probably cut short`,
  'unmigrated-stream': (c) =>
    `${subjectOf(c)} is a stream in the layout before 1.0, while the deployment has moved on to the layout of 1.0 and newer`,
  'stream-metadata-corrupt': (c) => {
    const key = detailOf(c, 'key');
    const file = key === undefined ? `The metadata of ${subjectOf(c)}` : `The metadata file ${key}`;
    return `${file} cannot be used: ${detailOf(c, 'reason') ?? 'it is damaged'}${andMore(c)}`;
  },
  'stream-metadata-base-missing': (c) =>
    `The stream ${subjectOf(c)} has metadata of ingest nodes only, its base file .stream/.stream.json does not exist`,
  'stream-metadata-unreadable': (c) => `The metadata of the stream ${subjectOf(c)} could not be read: ${request(c)}`,
  'stream-metadata-newer': (c) => {
    const version = detailOf(c, 'version');
    const known = version === undefined ? 'a version' : `version ${version},`;
    return `The metadata of ${subjectOf(c)} has ${known} which this program does not know, so nothing was inferred from it`;
  },
  'stream-metadata-rewritten': (c) => {
    const key = detailOf(c, 'key');
    const file = key === undefined ? `The metadata of ${subjectOf(c)}` : `The metadata file ${key}`;
    const [before, now] = [detailOf(c, 'before'), detailOf(c, 'now')];
    const created =
      before === undefined || now === undefined || before === now ? '' : ` (created-at was ${before} and is ${now})`;
    return `${file}${figures(c)} has been written anew: ${detailOf(c, 'reason') ?? 'it is not the one that was here'}${created}${andMore(c)}`;
  },
  'snapshot-reset': snapshotReset,
  'manifest-duplicated': (c) => {
    const { manifests, keys = [] } = c.evidence;
    const many = typeof manifests === 'number' ? humanCount(manifests, 'manifest') : 'manifests';
    return `The snapshot of ${subjectOf(c)} lists ${many} more than once${keys.length === 0 ? '' : `, such as ${some(keys.slice(0, 1))}`}`;
  },
  'stream-leftover': (c) =>
    `Of the stream ${subjectOf(c)} only bits of metadata are left${figures(c)}: it has neither data nor the file that makes it a stream`,
  'deployment-metadata-missing': () =>
    `The deployment file ${deploymentFolder}.parseable.json is missing, while something of a Parseable deployment is here`,
  'deployment-metadata-corrupt': (c) => {
    const of = c.subject === deploymentFolder ? 'deployment' : 'tenant';
    const key = detailOf(c, 'key') ?? `${subjectOf(c)}.parseable.json`;
    return `The ${of} file ${key} cannot be used: ${detailOf(c, 'reason') ?? 'it is damaged'}`;
  },
  'deployment-changed': (c) => {
    const [before, now] = [detailOf(c, 'before'), detailOf(c, 'now')];
    const ids = before === undefined || now === undefined ? 'is not what it was' : `was ${before} and is ${now} now`;
    return `The deployment in ${displayText(c.bucket)} is another one than before: its ID ${ids}`;
  },
  'deployment-elsewhere': (c) =>
    `The deployment file ${detailOf(c, 'key') ?? `${deploymentFolder}.parseable.json`} was made for ${detailOf(c, 'elsewhere') ?? 'another bucket'}, not for ${displayText(c.bucket)}`,
  'newer-than-server': (c) =>
    hasZstdManifests(c)
      ? zstdManifests(c)
      : `${subjectOf(c)} is, or looks like, a folder of a newer Parseable than the ${displayText(c.serverVersion ?? 'one')} in use`,
  'shared-deployment': (c) => {
    const id = detailOf(c, 'id');
    return `${detailOf(c, 'others') ?? 'Another bucket'} and ${displayText(c.bucket)} carry the same deployment ID${id === undefined ? '' : `, ${id}`}: all but one are probably copies`;
  },
  'tenant-metadata-missing': (c) =>
    `In a bucket without other tenants this is nearly always a copied stream: ${subjectOf(c)} holds what a tenant holds, but no .parseable.json`,
  'tenant-stream-collision': (c) =>
    `${subjectOf(c)} is a tenant and a stream at once: it has both a .parseable.json and stream metadata`,
  'stream-outside-tenant': (c) =>
    `${subjectOf(c)} is a stream at the root of a multi-tenant bucket, outside every tenant`,
  'unrecognised-internal-prefix': (c) =>
    `The hidden folder ${subjectOf(c)} holds only JSON files${figures(c)} and is unknown to this program: a newer Parseable may have written it`,
  'folder-marker': (c) =>
    `${subjectOf(c)} holds ${(c.evidence.objects ?? 1) > 1 ? 'empty folder markers' : 'an empty folder marker'} and nothing else`,
  'malformed-date-prefix': malformedDatePrefix,
  'foreign-in-stream': foreignInStream,
  'retention-overdue': (c) => {
    const oldest = detailOf(c, 'oldestDay');
    const days = countOf(c, 'days', 'day');
    const back = oldest === undefined ? 'older days are still there' : `its oldest day is ${oldest}`;
    return `The stream ${subjectOf(c)} keeps ${retentionOf(c) ?? 'only so many days'}, and ${back}${days === undefined ? '' : `: ${days} should be gone`}`;
  },
  'lifecycle-reaches-metadata': (c) => {
    const key = detailOf(c, 'key');
    return `${lifecycleRule(c)}, Parseable’s own metadata among them${figures(c)}${key === undefined ? '' : `, such as ${key}`}${moreRules(c)}`;
  },
  'lifecycle-before-retention': (c) =>
    `${lifecycleRule(c)}, while the stream ${subjectOf(c)} keeps its data ${retentionOf(c) === undefined ? 'for ever' : `for ${retentionOf(c) ?? ''}`}${moreRules(c)}`,
  'incomplete-uploads': incompleteUploads,
  ...deepMessages,
  'not-parseable': (c) => {
    const { rows } = c.evidence;
    const bucket = displayText(c.bucket);
    return rows === 0
      ? `The bucket ${bucket} is empty, so there is no Parseable deployment in it`
      : `Nothing in ${bucket} is Parseable’s${typeof rows === 'number' ? `, though it has ${humanCount(rows, 'entry', 'entries')}` : ''}: it is probably the wrong bucket`;
  },
  'stale-allow-entry': (c) => {
    const owner = detailOf(c, 'owner');
    const entry = `The allow entry ${subjectOf(c)}${owner === undefined ? '' : ` of ${owner}`}`;
    const reason = detailOf(c, 'reason') ?? 'has no effect';
    const expires = detailOf(c, 'expires');
    if (reason === 'expired') return `${entry} has expired${expires === undefined ? '' : ` with ${expires}`}`;
    return reason === 'matches nothing' ? `${entry} matches nothing in the bucket` : `${entry} ${reason}`;
  },
  'scan-incomplete': scanIncomplete,
};
