import type { Verdict } from '../../findings/report.ts';
import { suspect, type Check, type Sight } from './suspect.ts';

const ofParseable: readonly Verdict[] = [
  'deployment',
  'stream',
  'tenant',
  'orphaned',
  'leftover',
  'corrupt',
  'unmigrated',
];

/** Nothing that was seen is Parseable's, which matters in a bucket that a server has: before, there is nothing to be missed. */
const nothingSeen = ({ facts, rows, mode }: Sight): boolean =>
  mode === 'audit' &&
  facts.deployments.every(({ read }) => read.state !== 'present') &&
  rows.every(({ verdict }) => !ofParseable.includes(verdict));

/** What would tell it was not all seen. */
const notAllSeen = ({ facts, rows }: Sight): boolean =>
  facts.root.failure !== null ||
  facts.deployments.some(({ read }) => read.state === 'unknown') ||
  rows.some(({ verdict }) => verdict === 'unknown');

/** True when this may be the wrong bucket, and a failed read keeps it from being said. */
export const perhapsNotParseable = (sight: Sight): boolean => nothingSeen(sight) && notAllSeen(sight);

/** Nothing here is Parseable's, an empty bucket included: probably the wrong bucket, told once instead of once per prefix. */
export const notParseable: Check = (sight) => {
  if (!nothingSeen(sight) || notAllSeen(sight)) return [];
  const { rows } = sight;
  return [suspect('not-parseable', '/', { rows: rows.length, keys: rows.slice(0, 20).map(({ name }) => name) })];
};
