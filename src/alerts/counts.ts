import { severities, type Severity } from '../findings/kinds.ts';
import { humanCount } from '../findings/units.ts';

/** `a, b and c`. */
export const listOf = (parts: readonly string[]): string =>
  parts.length < 2 ? parts.join('') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`;

/** `1 error`, `2 warnings`: how many of each severity, gravest first; severities without any are left out. */
export function severityCounts(all: readonly Severity[]): string[] {
  return severities.toReversed().flatMap((severity) => {
    const count = all.filter((one) => one === severity).length;
    return count === 0 ? [] : [humanCount(count, severity)];
  });
}
