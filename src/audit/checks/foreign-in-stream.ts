import type { Stranger } from '../facts.ts';
import { isExpired } from '../classify/allow.ts';
import { addFigures, emptyInventory, sampleSize, seen, variedKeys, type Inventory } from '../inventory.ts';
import { likelyWriter } from '../../writers/likely-writer.ts';
import { writerName } from '../../writers/writers.ts';
import { evidenceOf, suspect, type Check } from './suspect.ts';

/** Adds up what several folders and objects hold; some keys of each are named. */
function sumOf(strangers: readonly Stranger[]): Inventory {
  const sum: Inventory = { ...emptyInventory(), complete: true };
  const share = Math.max(1, Math.floor(sampleSize / strangers.length));
  for (const { inventory, prefix } of strangers) {
    addFigures(sum, inventory);
    const keys = inventory.sample.length === 0 ? [prefix] : inventory.sample.slice(0, share);
    sum.sample = [...sum.sample, ...keys].slice(0, sampleSize);
  }
  return sum;
}

/** A folder whose name no layout knows and whose content one does: data of days alone has a name that tells. */
const isOwn = ({ inventory }: Stranger): boolean => seen(inventory, 'data', 'metadata', 'marker') > 0;

/** What lies on the first level of a stream, or in the folder of its metadata, and is written by no Parseable. */
export const foreignInStream: Check = ({ streams, bucket, now }) => {
  const allowed = new Set(bucket.allow.filter((entry) => !isExpired(entry, now)).map(({ prefix }) => prefix));
  return streams.flatMap(({ prefix, level }) => {
    const strangers = (level?.strangers ?? []).filter((one) => !allowed.has(one.prefix) && !isOwn(one));
    if (strangers.length === 0) return [];
    const [only] = strangers.length === 1 ? strangers : [];
    const writer = only === undefined ? null : likelyWriter(variedKeys(only.inventory), only);
    const places = strangers.slice(0, sampleSize).map((one) => one.prefix);
    const evidence = { ...evidenceOf(sumOf(strangers)), places };
    return [
      writer === null
        ? suspect('foreign-in-stream', prefix, evidence)
        : suspect('foreign-in-stream', prefix, { ...evidence, likelyWriter: writer }, { writer: writerName(writer) }),
    ];
  });
};
