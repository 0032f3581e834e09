import { describe, expect, it } from 'vitest';
import { summaryLine } from '../../src/report/summary.ts';
import { entry, finding, report, situations } from './situations.ts';

const lineOf = (name: string) => summaryLine(situations[name]![0]!);

const denied = { operation: 'ListObjectsV2', code: 'AccessDenied', status: 403 };

describe('the summary line', () => {
  it.each([
    ['healthy', 'logs-prod (prod): clean, 15 entries (full, 31 requests, 1.8 s)'],
    ['one-foreign-prefix', 'logs-prod (prod): 1 warning in 16 entries (full, 31 requests, 1.8 s)'],
    ['orphaned-and-corrupt', 'logs-prod (prod): 1 error, 1 warning in 17 entries (full, 31 requests, 1.8 s)'],
    ['only-pending', 'logs-prod (prod): clean so far, 1 pending, 16 entries (full, 31 requests, 1.8 s)'],
    ['only-known', 'logs-prod (prod): clean, 4 known, 18 entries (full, 31 requests, 1.8 s)'],
    [
      'known-beside-new-and-pending',
      'logs-prod (prod): 1 warning in 18 entries, 1 more pending, 1 known (full, 31 requests, 1.8 s)',
    ],
    ['partial', 'logs-prod (prod): not everything was seen, 2 warnings (partial, 31 requests, 1.8 s)'],
    [
      'failed-access-denied',
      'logs-prod (prod): could not be looked at: ListObjectsV2 was answered with 403 AccessDenied (failed, 1 request, 1.8 s)',
    ],
    [
      'failed-unreachable',
      'logs: could not be looked at: ListObjectsV2 got no answer: ECONNREFUSED (failed, 31 requests, 1.8 s)',
    ],
  ])('of "%s" tells the verdict, how complete it is and what it took', (name, line) => {
    expect(lineOf(name)).toBe(line);
  });

  it.each([
    ['counts one entry as one', report([entry('api/', 'stream')], []), 'logs-prod (prod): clean, 1 entry (full'],
    [
      'says so when not all was seen and nothing found',
      report([], [], { completeness: 'partial' }),
      'logs-prod (prod): not everything was seen, nothing found so far (partial',
    ],
    [
      'adds up requests of all sorts',
      report([], [], { requests: { list: 1, get: 20, head: 300, other: 4_000 } }),
      'logs-prod (prod): clean, 0 entries (full, 4,321 requests, 1.8 s)',
    ],
    [
      'names no request where none is known to have failed',
      report([], [finding('scan-incomplete', '/')], { completeness: 'failed' }),
      'logs-prod (prod): could not be looked at (failed',
    ],
    [
      'names no request of an audit that went on without it',
      report([], [finding('scan-incomplete', 'x/', { evidence: denied })], { completeness: 'partial' }),
      'logs-prod (prod): not everything was seen, 1 warning (partial',
    ],
  ])('%s', (_, one, beginning) => {
    expect(summaryLine(one).slice(0, beginning.length)).toBe(beginning);
  });

  it.each([
    [
      'likely-writers',
      'logs-prod (prod): 3 warnings in 18 entries, at least 474 GB that no stream uses, at least 10.15 USD a month at S3 Standard’s list price, 0.023 USD per GB and month (full, 31 requests, 1.8 s)',
    ],
    ['one-foreign-prefix', 'logs-prod (prod): 1 warning in 16 entries (full, 31 requests, 1.8 s)'],
  ])('of "%s" tells what alien data costs, where it is a cent or more, and the price', (name, line) => {
    expect(lineOf(name)).toBe(line);
  });

  it('names a configured price as such', () => {
    const [one] = situations['likely-writers']!;
    const price = { perGiBMonth: 0.0049, currency: 'EUR' };
    const alien = { ...one!.summary.alien, price, costPerMonth: 215.6, sizeComplete: true };
    expect(summaryLine({ ...one!, summary: { ...one!.summary, alien } })).toContain(
      ', 474 GB that no stream uses, about 216 EUR a month at the configured price, 0.0049 EUR per GB and month (full',
    );
  });

  it('names no key: it goes into logs', () => {
    for (const [report] of Object.values(situations)) {
      for (const { subject } of report!.findings)
        if (subject !== '/') expect(summaryLine(report!)).not.toContain(subject);
    }
  });
});
