import type { Verdict } from '../../findings/report.ts';
import { suspect, type Check } from './suspect.ts';

const ofParseable: readonly Verdict[] = [
  'deployment',
  'stream',
  'tenant',
  'orphaned',
  'leftover',
  'corrupt',
  'unmigrated',
  'unknown',
];

/** Nothing here is Parseable's, an empty bucket included: probably the wrong bucket, told once instead of once per prefix. */
export const notParseable: Check = ({ facts, rows }) => {
  if (facts.root.failure !== null) return [];
  if (facts.deployments.some(({ read }) => read.state !== 'absent')) return [];
  if (rows.some(({ verdict }) => ofParseable.includes(verdict))) return [];
  return [suspect('not-parseable', '/', { rows: rows.length, keys: rows.slice(0, 20).map(({ name }) => name) })];
};
