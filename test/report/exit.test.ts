import { describe, expect, it } from 'vitest';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Completeness, Status } from '../../src/findings/report.ts';
import { exitCode, preflightCode } from '../../src/report/exit.ts';
import { finding, report } from './situations.ts';

const withFinding = (kind: Kind, status: Status = 'new', completeness: Completeness = 'full') =>
  report([], [finding(kind, 'x/', { status })], { completeness });
const clean = report([], []);

describe('the exit code', () => {
  it('is 0 when nothing was found', () => {
    expect(exitCode([clean], 'note')).toBe(0);
    expect(exitCode([], 'note')).toBe(0);
  });

  it.each([
    ['tenant-metadata-missing', 'error', 1],
    ['foreign-prefix', 'error', 0],
    ['foreign-prefix', 'warning', 1],
    ['stream-leftover', 'warning', 0],
    ['stream-leftover', 'note', 1],
    ['tenant-metadata-missing', 'never', 0],
  ] as const)('for %s with the threshold %s is %i', (kind, failOn, code) => {
    expect(exitCode([withFinding(kind)], failOn)).toBe(code);
    expect(exitCode([withFinding(kind, 'ongoing')], failOn)).toBe(code);
  });

  it.each(['pending', 'known'] as const)('does not count what is %s', (status) => {
    expect(exitCode([withFinding('tenant-metadata-missing', status)], 'note')).toBe(0);
  });

  it('is 3 for an incomplete audit and 4 for a failed one, whatever was found and whatever the threshold', () => {
    for (const failOn of ['error', 'warning', 'note', 'never'] as const) {
      expect(exitCode([withFinding('tenant-metadata-missing', 'new', 'partial')], failOn)).toBe(3);
      expect(exitCode([withFinding('scan-incomplete', 'new', 'failed')], failOn)).toBe(4);
    }
  });

  it('is the worst of several buckets: 4, 3, 1, 0', () => {
    const [found, partial, failed] = [
      withFinding('foreign-prefix'),
      report([], [], { completeness: 'partial' }),
      report([], [], { completeness: 'failed' }),
    ];
    expect(exitCode([clean, found, partial, failed], 'warning')).toBe(4);
    expect(exitCode([clean, found, partial], 'warning')).toBe(3);
    expect(exitCode([clean, found], 'warning')).toBe(1);
    expect(exitCode([found, clean], 'error')).toBe(0);
  });
});

describe('the exit code of a pre-flight', () => {
  const answer = (ready: boolean, completeness: Completeness = 'full') =>
    preflightCode(
      report([], [finding('foreign-prefix', 'x/')], { completeness, preflight: { ready, reasons: [], advice: [] } }),
    );

  it('is 0 when the bucket is ready and 1 when it is not, whatever was found', () => {
    expect(answer(true)).toBe(0);
    expect(answer(false)).toBe(1);
  });

  it('is 3 when not everything was seen and 4 when nothing was', () => {
    expect(answer(false, 'partial')).toBe(3);
    expect(answer(false, 'failed')).toBe(4);
  });
});
