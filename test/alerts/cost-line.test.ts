import { describe, expect, it } from 'vitest';
import { costLine } from '../../src/alerts/cost-line.ts';
import { listPrice, type AlienTotal } from '../../src/findings/costs.ts';
import type { Completeness } from '../../src/findings/report.ts';
import { outcome, run, start } from '../history/fixtures.ts';

const told = (alien: Partial<AlienTotal>, completeness: Completeness = 'full'): string | null => {
  const { report } = run(null, outcome(start, [], { completeness }));
  const total = { objects: 3, bytes: 2.4e12, sizeComplete: true, costPerMonth: 51.4, price: listPrice, ...alien };
  return costLine({ ...report, summary: { ...report.summary, alien: total } });
};

const assumed = 'at S3 Standard’s list price, 0.023 USD per GB and month';

describe('what data that no stream uses costs', () => {
  it('is told with the list price that is assumed', () => {
    expect(told({})).toBe(`COST: about 51.40 USD a month for 2.4 TB that no stream uses, ${assumed}`);
  });

  it('is told from a cent on', () => {
    expect(told({ costPerMonth: 0.01, bytes: 470_000_000 })).toBe(
      `COST: about 0.01 USD a month for 470 MB that no stream uses, ${assumed}`,
    );
    expect(told({ costPerMonth: 0.0099 })).toBeNull();
    expect(told({ costPerMonth: 0, bytes: 0 })).toBeNull();
  });

  it('is a lower bound where not all was sized, or seen', () => {
    const least = `COST: at least 51.40 USD a month for 2.4 TB that no stream uses, ${assumed}`;
    expect(told({ sizeComplete: false })).toBe(least);
    expect(told({}, 'partial')).toBe(least);
  });

  it.each([
    [{ perGiBMonth: 0.0049, currency: 'USD' }, '0.0049 USD'],
    [{ perGiBMonth: 0.023, currency: 'EUR' }, '0.023 EUR'],
  ])('names a configured price as such: %o', (price, words) => {
    expect(told({ price })).toBe(
      `COST: about 51.40 ${price.currency} a month for 2.4 TB that no stream uses, at the configured price, ${words} per GB and month`,
    );
  });
});
