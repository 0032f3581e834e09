import { leakedTenant, type Layout } from '../../parseable/layout.ts';
import type { PrefixFacts } from '../facts.ts';
import { seen } from '../inventory.ts';

/** A name that Parseable's own listings skip as hidden; tenants are looked for among the others only. */
export const isHidden = (prefix: string): boolean => prefix.startsWith('.');

/** True when the content shows a tenant: a stream one level down, or a key of Parseable's in a tenant's folder. */
export const looksLikeTenant = ({ prefix, inventory }: PrefixFacts): boolean =>
  !isHidden(prefix) &&
  seen(inventory, 'copied-deployment') === 0 &&
  seen(inventory, 'child-stream', 'tenant-folder') > 0;

/** True when the children of a root prefix are rows of their own: it is a tenant, or was one before its file was damaged or lost. */
export function holdsTenant(facts: PrefixFacts, layout: Layout): boolean {
  if (layout.tenantFile === null || facts.failure !== null) return false;
  const { tenantFile } = facts;
  if (tenantFile.state === 'unknown') return false;
  if (tenantFile.state === 'present' && tenantFile.value.state === 'usable')
    return !isHidden(facts.prefix) && !isLeak(facts);
  if (tenantFile.state === 'present' && tenantFile.value.state === 'format') return false;
  return !isStreamToo(facts) && !isLeak(facts) && looksLikeTenant(facts);
}

/** True for a prefix with a stream's marker; a bare one does not make a tenant a stream as well. */
export const isStreamToo = ({ markers }: PrefixFacts): boolean => markers.some(({ place }) => place.form !== 'bare');

/** The folder into which single-tenant servers leak alerts is no tenant, whatever lies in it. */
export const isLeak = ({ prefix }: PrefixFacts): boolean => prefix === leakedTenant.folder;
