import { sampleSize } from '../inventory.ts';
import { covers, detailsOf, harmful, harmOf, metadataAmong, metadataKeys, told } from './lifecycle-rules.ts';
import { suspect, type Check, type Suspect } from './suspect.ts';

/** A rule expires metadata, or moves it to where no server can read it: streams and users vanish. */
export const lifecycleReachesMetadata: Check = ({ facts, layout }) => {
  const under = Object.values(facts.underRules).flatMap((read) =>
    read.state === 'present' ? metadataAmong(read.value, layout) : [],
  );
  const keys = [...metadataKeys(facts), ...under];
  const byPrefix = Map.groupBy(harmful(facts), ({ prefix }) => prefix);
  return [...byPrefix].flatMap(([prefix, rules]): Suspect[] => {
    const reaching = rules.filter((rule) => keys.some((listed) => covers(rule, listed)));
    if (reaching.length === 0) return [];
    const covered = keys.filter((listed) => reaching.some((rule) => covers(rule, listed)));
    const ruled = told(reaching, harmOf);
    const evidence = {
      objects: covered.length,
      rules: ruled,
      keys: covered.slice(0, sampleSize).map(({ key }) => key),
    };
    const details = { ...detailsOf(ruled), key: covered[0]?.key ?? '' };
    return [suspect('lifecycle-reaches-metadata', prefix === '' ? '/' : prefix, evidence, details)];
  });
};
