import { figuresOf } from '../findings/circumstances.ts';
import { displayJson, displayText } from '../findings/display.ts';
import type { Entry, Report, Verdict } from '../findings/report.ts';

/** What an owner may vouch for. What is Parseable's own, whole or damaged, is nothing to allow. */
const suggested: readonly Verdict[] = ['foreign', 'marker'];

/** The region that is asked when none is named. */
const usualRegion = 'us-east-1';

/** More than a thousand foreign rows are told as one, `*`, which names none of them; an object may bear that name too. */
export const standsForMany = ({ name, objects }: Pick<Entry, 'name' | 'objects'>): boolean =>
  name === '*' && objects !== 1;

/** The rows that a first configuration suggests to allow. */
export const suggestions = (entries: readonly Entry[]): Entry[] =>
  entries.filter((entry) => suggested.includes(entry.verdict) && !standsForMany(entry));

/** `7 objects, 1.1 MB, newest 2 hours ago, by its keys probably restic; seen on 2026-11-24` */
function reasonOf(entry: Entry, now: Date): string {
  const { objects, bytes, newest, sizeComplete, likelyWriter } = entry;
  const evidence = {
    ...(objects === null ? {} : { objects }),
    ...(bytes === null ? {} : { bytes }),
    newest,
    sizeComplete,
  };
  const parts = [
    figuresOf({ evidence, now }) ?? 'of unknown size',
    ...(likelyWriter === null ? [] : [`by its keys probably ${displayText(likelyWriter)}`]),
  ];
  return `${parts.join(', ')}; seen on ${now.toISOString().slice(0, 10)}`;
}

/**
 * The text of a first configuration for a bucket, from a look at it.
 * @param schema the address of the JSON Schema, for editors.
 * @param now the clock of the look.
 */
export function firstConfig(
  { bucket, entries }: Pick<Report, 'bucket' | 'entries'>,
  { schema, now }: { schema: string; now: Date },
): string {
  const config = {
    $schema: schema,
    buckets: [
      {
        name: bucket.name,
        ...(bucket.region === null || bucket.region === usualRegion ? {} : { region: bucket.region }),
        ...(bucket.endpoint === null ? {} : { endpoint: bucket.endpoint }),
        allow: [],
        suggestedAllow: suggestions(entries).map((entry) => ({ prefix: entry.name, reason: reasonOf(entry, now) })),
      },
    ],
  };
  return `${displayJson(JSON.stringify(config, null, 2))}\n`;
}
