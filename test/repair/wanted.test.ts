import { describe, expect, it } from 'vitest';
import type { Finding } from '../../src/findings/report.ts';
import { wantedOf } from '../../src/repair/wanted.ts';

const finding = (kind: Finding['kind'], more: Partial<Finding> = {}): Finding => ({
  id: kind,
  kind,
  severity: 'warning',
  status: 'new',
  subject: 'app/',
  title: '',
  message: '',
  why: '',
  remedy: '',
  evidence: {},
  firstSeen: '',
  ...more,
});

const days = { firstDay: '2026-11-01', lastDay: '2026-11-03' };

describe('what is to be mended', () => {
  it('is gathered stream by stream', () => {
    const findings = [
      finding('manifest-unreferenced', { evidence: { keys: ['m'], objects: 1 } }),
      finding('data-unreferenced', { evidence: { keys: ['a', 'b'], objects: 2 } }),
      finding('manifest-duplicated', { subject: 'web/', status: 'ongoing' }),
    ];
    expect(wantedOf({ findings })).toEqual([
      {
        prefix: 'app/',
        answers: [
          { kind: 'manifest-unreferenced', id: 'manifest-unreferenced' },
          { kind: 'data-unreferenced', id: 'data-unreferenced' },
        ],
        manifests: ['m'],
        lost: ['a', 'b'],
        days: null,
        more: false,
      },
      {
        prefix: 'web/',
        answers: [{ kind: 'manifest-duplicated', id: 'manifest-duplicated' }],
        manifests: [],
        lost: [],
        days: null,
        more: false,
      },
    ]);
  });

  it.each(['pending', 'known'] as const)('is nothing that is %s', (status) => {
    expect(wantedOf({ findings: [finding('data-unreferenced', { status })] })).toEqual([]);
  });

  it('is nothing that metadata cannot mend', () => {
    expect(wantedOf({ findings: [finding('data-missing'), finding('foreign-prefix')] })).toEqual([]);
  });

  it('are the days of a reset, unless the manifests are known by name', () => {
    const reset = finding('snapshot-reset', { evidence: days });
    expect(wantedOf({ findings: [reset] })[0]?.days).toEqual({ first: '2026-11-01', last: '2026-11-03' });
    expect(wantedOf({ findings: [reset, finding('manifest-unreferenced')] })[0]?.days).toBeNull();
  });

  it('is more than the evidence holds where that has fewer keys than objects', () => {
    const findings = [finding('data-unreferenced', { evidence: { keys: ['a'], objects: 2 } })];
    expect(wantedOf({ findings })[0]?.more).toBe(true);
  });
});
