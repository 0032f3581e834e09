import type { Listed } from '../../bucket/bucket.ts';
import type { LifecycleRule, RuleAction } from '../../bucket/lifecycle.ts';
import type { Layout } from '../../parseable/layout.ts';
import type { Facts, PrefixFacts } from '../facts.ts';
import { sampleSize, seen } from '../inventory.ts';
import { isListed, streamsOf, type Stream } from './streams.ts';
import { suspect, type Check, type Suspect } from './suspect.ts';

/** Storage classes whose objects no server can read before somebody restores them. */
const unreadable = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** A Parquet file has its mark at both ends and a length: nothing smaller is one. */
const smallestData = 12;

/** What of a rule harms: expiry, and moves to where nothing can be read. */
const harmOf = ({ actions }: LifecycleRule): RuleAction[] =>
  actions.filter((action) => action.what === 'expire' || unreadable.has(action.to));

/** Rules that act on objects as Parseable writes them, without tags, and do them harm. */
export const harmful = ({ lifecycle }: Facts): LifecycleRule[] =>
  lifecycle.state === 'present'
    ? lifecycle.value.filter((rule) => rule.enabled && !rule.tagged && harmOf(rule).length > 0)
    : [];

export const covers = (rule: LifecycleRule, { key, size }: Listed): boolean =>
  key.startsWith(rule.prefix) &&
  (rule.largerThan === null || size > rule.largerThan) &&
  (rule.smallerThan === null || size < rule.smallerThan);

/** The copy of a bucket, which no server reads: a rule that tidies it up does no harm. */
const isCopy = ({ markers, tenantFile, inventory }: PrefixFacts): boolean =>
  markers.length === 0 && tenantFile.state !== 'present' && seen(inventory, 'copied-deployment') > 0;

/** Every key of Parseable's that the audit knows and that is no data. */
export function metadataKeys({ root, deployments, prefixes }: Facts): Listed[] {
  const present = new Set(deployments.filter(({ read }) => read.state === 'present').map(({ key }) => key));
  const everywhere = prefixes
    .flatMap((prefix) => [prefix, ...(prefix.children?.prefixes ?? [])])
    .filter((prefix) => !isCopy(prefix));
  return [
    ...root.objects.filter(({ key }) => present.has(key)),
    ...everywhere.flatMap(({ ownKeys, inventory, level }) => [
      ...ownKeys,
      ...(level?.metadata ?? []),
      ...(inventory?.ownKeys ?? []),
    ]),
  ];
}

/**
 * Prefixes of rules that reach deep into a folder of Parseable's own, where the audit knows some keys only: what lies there has
 * to be asked for.
 */
export function unsurePrefixes(facts: Facts): string[] {
  const known = metadataKeys(facts);
  const own = facts.prefixes
    .filter(({ inventory, tenantFile }) => (inventory?.own ?? 0) > 0 || tenantFile.state === 'present')
    .map(({ prefix }) => prefix);
  return harmful(facts)
    .filter((rule) => !known.some((listed) => covers(rule, listed)))
    .map(({ prefix }) => prefix)
    .filter((prefix) => own.some((folder) => prefix.startsWith(folder) && prefix !== folder));
}

/** Of what lies under a rule's prefix, the metadata. */
export const metadataAmong = (listed: readonly Listed[], layout: Layout): Listed[] =>
  listed.filter(({ key }) => layout.ownKey(key, false) || layout.ownKey(key.slice(key.indexOf('/') + 1), true));

const whenText = ({ when }: RuleAction): string =>
  'days' in when ? `after ${String(when.days)} ${when.days === 1 ? 'day' : 'days'}` : `on ${when.date}`;

const actionText = (action: RuleAction): string =>
  `${action.what === 'expire' ? 'expires objects' : `moves objects to ${action.to}`} ${whenText(action)}`;

const told = (rules: readonly LifecycleRule[], harm: (rule: LifecycleRule) => RuleAction[]) =>
  rules.map((rule) => ({ id: rule.id, prefix: rule.prefix, action: harm(rule).map(actionText).join(', ') }));

const detailsOf = ([first]: ReturnType<typeof told>): Record<string, string> => ({
  rule: first?.id ?? 'without a name',
  action: first?.action ?? '',
});

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
export const lifecycleBeforeRetention: Check = ({ facts, rows }) => {
  const rules = harmful(facts);
  if (rules.length === 0) return [];
  return streamsOf(facts, rows).flatMap((stream): Suspect[] => {
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
