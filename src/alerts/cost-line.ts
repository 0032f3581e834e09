import { figuresOf } from '../findings/circumstances.ts';
import { priceText } from '../findings/costs.ts';
import type { Report } from '../findings/report.ts';
import { humanBytes } from '../findings/units.ts';

/**
 * What data that no stream uses costs a month, and by which price that was reckoned. Display text; null for less than a
 * cent. What a partial audit saw is a lower bound.
 */
export function costLine({ summary, completeness, startedAt }: Report): string | null {
  const { bytes, costPerMonth, price, sizeComplete } = summary.alien;
  const evidence = { costPerMonth, sizeComplete: sizeComplete && completeness === 'full' };
  const cost = figuresOf({ evidence, now: new Date(startedAt), details: { currency: price.currency } });
  return cost === null ? null : `COST: ${cost} for ${humanBytes(bytes)} that no stream uses, at ${priceText(price)}`;
}
