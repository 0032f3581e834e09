import type { Bucket } from '../../bucket/bucket.ts';
import type { Upload } from '../../bucket/uploads.ts';
import type { Failure } from '../../bucket/failure.ts';
import { compareKeys } from '../../bucket/keys.ts';
import type { Optional } from '../../bucket/optional.ts';
import type { Facts, UploadsFact } from '../facts.ts';
import { sampleSize } from '../inventory.ts';

/** Uploads younger than this may still be completed. */
const unfinishedAfterMs = 7 * 86_400_000;

/** Pages of unfinished uploads that are read at most. */
const uploadPages = 20;

/** Uploads whose parts are added up at most, the oldest ones: each costs a request. */
const sizedUploads = 100;

/** Asks for what the bucket itself is set to and holds besides objects. What a store refuses is left out and told. */
export async function lookAtSettings(
  bucket: Bucket,
  now: Date,
  beforehand: boolean,
): Promise<Pick<Facts, 'lifecycle' | 'uploads' | 'beforehand'>> {
  const [lifecycle, uploads, versioning, objectLock] = await Promise.all([
    bucket.lifecycle(),
    unfinished(bucket, now),
    beforehand ? bucket.versioning() : null,
    beforehand ? bucket.objectLock() : null,
  ]);
  const both = versioning === null || objectLock === null ? null : { versioning, objectLock };
  return { lifecycle, uploads, beforehand: both };
}

/** Old unfinished uploads by the first level of their keys; what lies at the root stands for itself. */
async function unfinished(bucket: Bucket, now: Date): Promise<Facts['uploads']> {
  const listed = await bucket.uploads(uploadPages);
  if (listed.state !== 'present') return listed;
  const { uploads, complete } = listed.value;
  const old = uploads
    .filter(({ initiated }) => now.getTime() - Date.parse(initiated) > unfinishedAfterMs)
    .toSorted((a, b) => (a.initiated < b.initiated ? -1 : 1));
  const sizes = new Map<Upload, { bytes: number; complete: boolean }>();
  const sized = await sizesOf(bucket, old.slice(0, sizedUploads), sizes);
  if (sized !== null) return { state: 'unknown', failure: sized };
  const groups = new Map<string, Upload[]>();
  for (const upload of old) {
    const subject = upload.key.slice(0, upload.key.indexOf('/') + 1) || upload.key;
    const group = groups.get(subject) ?? [];
    groups.set(subject, group);
    group.push(upload);
  }
  const facts = [...groups]
    .sort(([a], [b]) => compareKeys(a, b))
    .map(([subject, group]) => factOf(subject, group, sizes, complete));
  return { state: 'present', value: { groups: facts, listed: complete } };
}

/** Adds up parts; a store that does not tell them is asked once. */
async function sizesOf(
  bucket: Bucket,
  uploads: readonly Upload[],
  sizes: Map<Upload, { bytes: number; complete: boolean }>,
): Promise<Failure | null> {
  const [first, ...rest] = uploads;
  if (first === undefined) return null;
  const size = async (upload: Upload): Promise<Optional<{ bytes: number; complete: boolean }>> => {
    const answer = await bucket.partsOf(upload);
    if (answer.state === 'present') sizes.set(upload, answer.value);
    return answer;
  };
  const asked = await size(first);
  if (asked.state === 'unknown') return asked.failure;
  // An upload that was completed or aborted meanwhile is refused as well, and says nothing about the others.
  if (asked.state === 'refused' && asked.why !== 'NoSuchUpload') return null;
  const answers = await Promise.all(rest.map(size));
  return answers.flatMap((answer) => (answer.state === 'unknown' ? [answer.failure] : []))[0] ?? null;
}

function factOf(
  subject: string,
  group: readonly Upload[],
  sizes: ReadonlyMap<Upload, { bytes: number; complete: boolean }>,
  complete: boolean,
): UploadsFact {
  const known = group.flatMap((upload) => sizes.get(upload) ?? []);
  return {
    subject,
    uploads: group.length,
    bytes: known.length === 0 ? null : known.reduce((sum, { bytes }) => sum + bytes, 0),
    oldest: group[0]?.initiated ?? '',
    newest: group.at(-1)?.initiated ?? '',
    complete: complete && known.length === group.length && known.every((one) => one.complete),
    sample: group.slice(0, sampleSize).map(({ key }) => key),
  };
}
