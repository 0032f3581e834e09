import { deploymentFolder, detailOf, figuresOf, isFolded, tenantOf, type Circumstances } from './circumstances.ts';
import { displayText } from './display.ts';
import { answerText, failedRequestOf, isStopped, storesWords } from './failed-request.ts';
import type { Kind } from './kinds.ts';
import { humanCount } from './units.ts';

type Message = (c: Circumstances) => string;

const subjectOf = ({ subject }: Circumstances): string => displayText(subject);

/** Figures in brackets, when there are any. */
const figures = (c: Circumstances): string => {
  const known = figuresOf(c);
  return known === null ? '' : ` (${known})`;
};

/** `and 2 more`, for what the evidence lists beyond the one that is named. */
const andMore = ({ evidence }: Circumstances): string => {
  const more = (evidence.keys?.length ?? 0) - 1;
  return more > 0 ? `, and ${humanCount(more, 'more file', 'more files')} of it` : '';
};

const request: Message = (c) => {
  const failed = failedRequestOf(c.evidence);
  if (failed === null) return detailOf(c, 'reason') ?? 'there was no answer';
  const words = storesWords(failed);
  return `${answerText(failed)}${words === null ? '' : ` (${words})`}`;
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
  const where = c.subject === '/' ? `The bucket ${displayText(c.bucket)}` : subjectOf(c);
  return stopped
    ? `${where} was not looked at: the audit was stopped before`
    : `${where} could not be looked at: ${request(c)}`;
};

/** What happened, in one sentence without its full stop. Display text. */
export const messages: Record<Kind, Message> = {
  'foreign-prefix': (c) =>
    isFolded(c)
      ? `More than a thousand prefixes belong to no Parseable stream and are told as one${figures(c)}`
      : `${subjectOf(c)} holds ${figuresOf(c) ?? 'something'}, and belongs to no Parseable stream`,
  'foreign-root-object': (c) => {
    if (isFolded(c)) return `${figuresOf(c) ?? 'Many objects'} at the root are not Parseable’s and are told as one`;
    const tenant = tenantOf(c.subject);
    const place = tenant === null ? 'at the root of the bucket' : `directly in the tenant ${displayText(tenant)}`;
    return `${subjectOf(c)}${figures(c)} lies ${place}, where Parseable puts no such object`;
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
  'stream-leftover': (c) =>
    `Of the stream ${subjectOf(c)} only bits of metadata are left${figures(c)}: it has neither data nor the file that makes it a stream`,
  'deployment-metadata-missing': () =>
    `The deployment file ${deploymentFolder}.parseable.json is missing, while something of a Parseable deployment is here`,
  'deployment-metadata-corrupt': (c) => {
    const of = c.subject === deploymentFolder ? 'deployment' : 'tenant';
    const key = detailOf(c, 'key') ?? `${subjectOf(c)}.parseable.json`;
    return `The ${of} file ${key} cannot be used: ${detailOf(c, 'reason') ?? 'it is damaged'}`;
  },
  'newer-than-server': (c) =>
    `${subjectOf(c)} is, or looks like, a folder of a newer Parseable than the ${displayText(c.serverVersion ?? 'one')} in use`,
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
