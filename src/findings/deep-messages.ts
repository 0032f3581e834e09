import { detailOf, figuresOf, type Circumstances } from './circumstances.ts';
import { displayText } from './display.ts';
import type { DeepKind } from './kinds.ts';
import { figures, named, numberOf, ofDays, some, subjectOf, writer, type Message } from './phrases.ts';
import { humanBytes, humanCount } from './units.ts';

/** A size that the check gave: `2.4 MB`; undefined when it gave none. */
function sizeOf(c: Circumstances, name: string): string | undefined {
  const bytes = numberOf(c, name);
  return bytes === undefined ? undefined : humanBytes(bytes);
}

/** Figures without an age: where several files are held against each other, the time is that of any one of them. */
const withoutAge = (c: Circumstances): Circumstances => ({ ...c, evidence: { ...c.evidence, newest: null } });

/** `2 manifests`, and whether that is one; `manifests` where nobody has counted. */
const manifestsOf = ({ evidence: { objects } }: Circumstances): { text: string; one: boolean } => ({
  text: objects === undefined ? 'manifests' : humanCount(objects, 'manifest'),
  one: objects === 1,
});

/** `The manifest KEY cannot be used: it is not JSON; 2 more of app/ cannot either` */
function unusable(c: Circumstances, what: string): string {
  const { keys = [], objects = keys.length } = c.evidence;
  const file = keys.length === 0 ? `A ${what} of ${subjectOf(c)}` : `The ${what} ${some(keys.slice(0, 1))}`;
  const more = objects > 1 ? `; ${humanCount(objects - 1, 'more', 'more')} of ${subjectOf(c)} cannot either` : '';
  return `${file} cannot be used: ${detailOf(c, 'why') ?? 'it is damaged'}${more}`;
}

const dataOfAnotherSize: Message = (c) => {
  const claimed = sizeOf(c, 'claimedBytes');
  const known = figuresOf(withoutAge(c));
  const sizes = known === null ? '' : ` (${known}${claimed === undefined ? '' : ` in place of ${claimed}`})`;
  return `The stream ${subjectOf(c)} has data files${ofDays(c)} whose size is not the one that their manifests tell${sizes}${named(c)}`;
};

const manifestInNoSnapshot: Message = (c) => {
  const { text, one } = manifestsOf(c);
  const [files, size] = [numberOf(c, 'files'), sizeOf(c, 'fileBytes')];
  const listed =
    files === undefined ? 'the data' : `${humanCount(files, 'data file')}${size === undefined ? '' : `, ${size},`}`;
  return `The stream ${subjectOf(c)} has ${text}${ofDays(c)} that no snapshot names, and so knows nothing of ${listed} that ${one ? 'it lists' : 'they list'}${named(c)}`;
};

const countersApart: Message = (c) => {
  const [believed, actual] = [sizeOf(c, 'believedBytes'), sizeOf(c, 'actualBytes')];
  const { objects } = c.evidence;
  return believed === undefined || actual === undefined
    ? `The metadata of ${subjectOf(c)} counts another size of data than is stored`
    : `The metadata of ${subjectOf(c)} counts ${believed} of data, while ${actual} are stored${objects === undefined ? '' : `, in ${humanCount(objects, 'file')}`}`;
};

/** Manifests that the server in use is too old to read. */
export const zstdManifests: Message = (c) =>
  `The stream ${subjectOf(c)} has ${manifestsOf(c).text}${ofDays(c)} that a newer Parseable than the ${displayText(c.serverVersion ?? 'one')} in use has compressed with zstd${named(c)}`;

/** What happened, of the kinds that a deep audit tells. */
export const deepMessages: Record<DeepKind, Message> = {
  'stream-schema-corrupt': (c) => unusable(c, 'schema file'),
  'foreign-object-in-stream': (c) =>
    `The stream ${subjectOf(c)} holds ${figuresOf(c) ?? 'something'}${writer(c)}, among its data${ofDays(c)}, that Parseable has not put there${named(c)}`,
  'data-unreferenced': (c) =>
    `The stream ${subjectOf(c)} has data${ofDays(c)} that no manifest lists${figures(c)}${named(c)}`,
  'data-missing': (c) =>
    `Manifests of the stream ${subjectOf(c)} list data${ofDays(c)} that is not there${figures(withoutAge(c))}${named(c)}`,
  'data-size-mismatch': dataOfAnotherSize,
  'manifest-missing': (c) => {
    const { text, one } = manifestsOf(c);
    return `The snapshot of ${subjectOf(c)} names ${text}${ofDays(c)} that ${one ? 'is' : 'are'} not there${named(c)}`;
  },
  'manifest-unreferenced': manifestInNoSnapshot,
  'manifest-corrupt': (c) => unusable(c, 'manifest'),
  'stats-drift': countersApart,
};
