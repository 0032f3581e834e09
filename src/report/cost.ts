import { figuresOf } from '../findings/circumstances.ts';
import { priceText } from '../findings/costs.ts';
import type { Report } from '../findings/report.ts';
import { humanBytes } from '../findings/units.ts';

/**
 * What the data that no stream uses costs a month, and by whose price: `410 GB that no stream uses, about 8.78 USD a month
 * at S3 Standard's list price, 0.023 USD per GB and month`. Display text; null for less than a cent. What a partial audit
 * saw is a lower bound.
 */
export function costText({ summary, completeness, startedAt }: Report): string | null {
  const { bytes, costPerMonth, price, sizeComplete } = summary.alien;
  const exact = sizeComplete && completeness === 'full';
  const evidence = { costPerMonth, sizeComplete: exact };
  const cost = figuresOf({ evidence, now: new Date(startedAt), details: { currency: price.currency } });
  if (cost === null) return null;
  return `${exact ? '' : 'at least '}${humanBytes(bytes)} that no stream uses, ${cost} at ${priceText(price)}`;
}
