import type { Listed } from '../../bucket/page.ts';
import type { LifecycleRule, RuleAction } from '../../bucket/lifecycle.ts';
import type { Layout } from '../../parseable/layout.ts';
import { everyPrefix, type Facts, type PrefixFacts } from '../facts.ts';
import { seen } from '../inventory.ts';

/** Storage classes whose objects no server can read before somebody restores them. */
const unreadable = new Set(['GLACIER', 'DEEP_ARCHIVE']);

/** What of a rule harms: expiry, and moves to where nothing can be read. */
export const harmOf = ({ actions }: LifecycleRule): RuleAction[] =>
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
  const everywhere = everyPrefix({ prefixes }).filter((prefix) => !isCopy(prefix));
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

export const told = (rules: readonly LifecycleRule[], harm: (rule: LifecycleRule) => RuleAction[]) =>
  rules.map((rule) => ({ id: rule.id, prefix: rule.prefix, action: harm(rule).map(actionText).join(', ') }));

export const detailsOf = ([first]: ReturnType<typeof told>): Record<string, string> => ({
  rule: first?.id ?? 'without a name',
  action: first?.action ?? '',
});
