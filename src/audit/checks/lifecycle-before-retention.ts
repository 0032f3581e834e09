import type { LifecycleRule, RuleAction } from '../../bucket/lifecycle.ts';
import { detailsOf, harmful, harmOf, told } from './lifecycle-rules.ts';
import { isListed, type Stream } from './streams.ts';
import { suspect, type Check, type Suspect } from './suspect.ts';

/** A Parquet file has its mark at both ends and a length: nothing smaller is one. */
const smallestData = 12;

/** True when a rule acts on data that the stream has. */
function coversData({ prefix, smallerThan }: LifecycleRule, stream: Stream): boolean {
  if (smallerThan !== null && smallerThan <= smallestData) return false;
  return (stream.level?.days ?? []).some((day) => {
    const folder = `${stream.prefix}date=${day}/`;
    return folder.startsWith(prefix) || prefix.startsWith(folder);
  });
}

/** What a rule does before the stream's own retention would; a date spares nothing, however young. */
const early = (rule: LifecycleRule, kept: number | null): RuleAction[] =>
  harmOf(rule).filter(({ when }) => kept === null || 'date' in when || when.days < kept);

/** A rule takes data away sooner than the stream means to keep it. */
export const lifecycleBeforeRetention: Check = ({ facts, streams }) => {
  const rules = harmful(facts);
  if (rules.length === 0) return [];
  return streams.flatMap((stream): Suspect[] => {
    const { prefix, retention } = stream;
    if (retention === null || !isListed(stream)) return [];
    const kept = retention.days;
    const hasty = rules.filter((rule) => coversData(rule, stream) && early(rule, kept).length > 0);
    if (hasty.length === 0) return [];
    const ruled = told(hasty, (rule) => early(rule, kept));
    const details = { ...detailsOf(ruled), ...(kept === null ? {} : { retention: String(kept) }) };
    return [suspect('lifecycle-before-retention', prefix, { rules: ruled, retention: kept }, details)];
  });
};
