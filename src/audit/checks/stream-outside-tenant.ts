import { suspect, type Check } from './suspect.ts';

/** A stream at the root of a bucket with tenants: the multi-tenant server deletes it at its next start. */
export const streamOutsideTenant: Check = ({ rows, multiTenant }) =>
  multiTenant
    ? rows
        .filter(({ tenant, epoch, verdict }) => tenant === null && epoch !== null && verdict !== 'tenant')
        .map(({ name }) => suspect('stream-outside-tenant', name))
    : [];
