import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { auditSignal, auditTime } from '../../../src/entry/time.ts';

describe('the time of an audit', () => {
  it('leaves ten seconds, or a tenth, for report, alert and state', () => {
    expect(auditTime(60_000, 1, 3)).toBe(50_000);
    expect(auditTime(900_000, 1, 3)).toBe(810_000);
  });

  it('is shared by the buckets that are left, several at a time', () => {
    expect(auditTime(70_000, 4, 3)).toBe(30_000);
    expect(auditTime(70_000, 4, 1)).toBe(15_000);
  });

  it('is half of what there is when there is hardly any', () => {
    expect(auditTime(3_000, 1, 3)).toBe(1_500);
  });

  it('never uses up the invocation', () => {
    fc.assert(
      fc.property(fc.nat(900_000), fc.nat(200), fc.integer({ min: 1, max: 8 }), (remaining, left, lanes) => {
        const time = auditTime(remaining, left, lanes);
        expect(time).toBeGreaterThanOrEqual(0);
        expect(time * Math.ceil(Math.max(left, 1) / lanes)).toBeLessThanOrEqual(remaining / 2 + remaining * 0.4);
      }),
    );
  });

  it('has no end where the invocation has none', () => {
    expect(auditSignal({}, 1, 3)).toBeUndefined();
    expect(auditSignal({ getRemainingTimeInMillis: () => 60_000 }, 1, 3)).toBeInstanceOf(AbortSignal);
  });
});
