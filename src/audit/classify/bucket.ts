import { compareKeys } from '../../bucket/keys.ts';
import type { Layout } from '../../parseable/layout.ts';
import { likelyWriter } from '../../writers/likely-writer.ts';
import { everyPrefix, type Facts } from '../facts.ts';
import { classifyPrefix, type Surroundings } from './prefix.ts';
import { emptyInventory } from '../inventory.ts';
import type { Row } from './row.ts';
import { isStreamToo } from './tenancy.ts';

/** Rank of the newest layout that has a deployment file; `unknown` as soon as a newer place could not be read. */
export function deploymentRank(facts: Facts): number | null | 'unknown' {
  for (const { rank, read } of facts.deployments) {
    if (read.state === 'unknown') return 'unknown';
    if (read.state === 'present') return rank;
  }
  return null;
}

/** Judges a bucket: one row for each root prefix, root object, and child of a tenant, in UTF-8 order of name. Pure. */
export function classify(facts: Facts, layout: Layout): Row[] {
  const oldest = Math.min(...layout.deploymentFiles.map(({ rank }) => rank));
  const prefixes = everyPrefix(facts);
  const around: Surroundings = {
    layout,
    deploymentRank: deploymentRank(facts),
    newerStreamExists: prefixes.some(({ markers }) => markers.some(({ place }) => place.rank >= oldest)),
    everythingSeen: facts.root.failure === null && prefixes.every(({ failure }) => failure === null),
  };
  const rows: Row[] = [];
  for (const { key, size, lastModified } of facts.root.objects) {
    const own = layout.deploymentFiles.some((file) => file.key === key);
    rows.push(objectRow(key, size, lastModified, null, own));
  }
  for (const prefix of facts.prefixes) {
    const row = classifyPrefix(prefix, around);
    if (row === null) continue;
    rows.push(row);
    for (const child of prefix.children?.prefixes ?? []) {
      const childRow = classifyPrefix(child, around);
      if (childRow !== null) rows.push(childRow);
    }
    for (const { key, size, lastModified } of prefix.children?.objects ?? []) {
      const relative = key.slice(prefix.prefix.length);
      const what = layout.classOf(relative, size);
      // Where the prefix is a stream as well, the stream's own files are no rows of the tenant.
      const ofStream = isStreamToo(prefix) && what !== 'foreign';
      if (what !== 'folder' && relative !== layout.tenantFile && !ofStream) {
        rows.push(objectRow(key, size, lastModified, prefix.prefix, false));
      }
    }
  }
  return rows.sort((a, b) => compareKeys(a.name, b.name));
}

const objectRow = (key: string, size: number, lastModified: string, tenant: string | null, own: boolean): Row => ({
  name: key,
  verdict: own ? 'deployment' : 'foreign',
  tenant,
  object: true,
  traits: [],
  inventory: own
    ? null
    : {
        ...emptyInventory(),
        objects: 1,
        bytes: size,
        oldest: lastModified,
        newest: lastModified,
        complete: true,
        classes: { foreign: 1 },
        sample: [key],
      },
  likelyWriter: own ? null : likelyWriter([key], { prefix: tenant ?? '' }),
  metadataVersion: null,
  epoch: null,
  usableTenant: false,
  newest: lastModified,
  shrinking: false,
});
