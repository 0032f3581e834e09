import type { Bucket } from '../../bucket/bucket.ts';
import type { Listed } from '../../bucket/page.ts';
import type { Failure } from '../../bucket/failure.ts';
import { dayOfManifest } from '../../parseable/days.ts';
import type { DayFacts, StreamLevel } from '../facts.ts';
import { listLevel } from './root.ts';

interface Found {
  days: DayFacts[];
  failure: Failure | null;
}

/** Statuses by which stores refuse a delimiter of several characters. */
const refusals = new Set([400, 501]);

/**
 * Lists the manifests of days that a snapshot seems to have lost, and how old one of these days is: the one whose manifests
 * have rested longest, all of it, twenty pages at most.
 */
export async function lookAtLostDays(
  bucket: Bucket,
  prefix: string,
  wanted: readonly string[],
): Promise<NonNullable<StreamLevel['lostDays']>> {
  const quick = await inOneListing(bucket, prefix, wanted);
  const { days, failure } = quick ?? (await dayByDay(bucket, prefix, wanted));
  const rested = days
    .filter(({ manifests }) => manifests.length > 0)
    .toSorted((a, b) => (youngest(a) < youngest(b) ? -1 : 1))[0];
  if (rested === undefined || failure !== null) return { days, newest: null, oldest: null, failure };
  return { days, ...(await agesOf(bucket, `${prefix}date=${rested.day}/`)) };
}

const youngest = ({ manifests }: DayFacts): string =>
  manifests.reduce((newest, { lastModified }) => (lastModified > newest ? lastModified : newest), '');

/** All days in one listing that leaves the data out; null where the store does not know such a delimiter. */
async function inOneListing(bucket: Bucket, prefix: string, wanted: readonly string[]): Promise<Found | null> {
  const manifests = new Map<string, Listed[]>(wanted.map((day) => [day, []]));
  let failure: Failure | null = null;
  for await (const answer of bucket.pages({ prefix: `${prefix}date=`, delimiter: '/hour=' })) {
    if (answer.state === 'unknown') {
      if (refusals.has(answer.failure.status ?? 0)) return null;
      failure = answer.failure;
      break;
    }
    const { objects } = answer.value;
    if (objects.some(({ key }) => key.slice(prefix.length).includes('/hour='))) return null;
    for (const object of objects) {
      const day = dayOfManifest(object.key.slice(prefix.length));
      if (day !== null) manifests.get(day)?.push(object);
    }
  }
  return { days: [...manifests].map(([day, found]) => ({ day, manifests: found })), failure };
}

async function dayByDay(bucket: Bucket, prefix: string, wanted: readonly string[]): Promise<Found> {
  const listed = await Promise.all(
    wanted.map(async (day) => {
      const { objects, failure } = await listLevel(bucket, `${prefix}date=${day}/`);
      const manifests = objects.filter(({ key }) => dayOfManifest(key.slice(prefix.length)) === day);
      return { day: { day, manifests }, failure };
    }),
  );
  return {
    days: listed.map(({ day }) => day),
    failure: listed.find(({ failure }) => failure !== null)?.failure ?? null,
  };
}

const pagesPerDay = 20;

async function agesOf(
  bucket: Bucket,
  folder: string,
): Promise<{ newest: string | null; oldest: string | null; failure: Failure | null }> {
  let newest: string | null = null;
  let oldest: string | null = null;
  let pages = 0;
  for await (const answer of bucket.pages({ prefix: folder })) {
    if (answer.state === 'unknown') return { newest: null, oldest: null, failure: answer.failure };
    for (const { lastModified } of answer.value.objects) {
      if (newest === null || lastModified > newest) newest = lastModified;
      if (oldest === null || lastModified < oldest) oldest = lastModified;
    }
    if (++pages >= pagesPerDay) break;
  }
  return { newest, oldest, failure: null };
}
