import { describe, expect, it } from 'vitest';
import { addDays, dayOf, dayOfFolder, dayOfManifest, dayThatRetentionReads } from '../../src/parseable/days.ts';

describe('the day of a folder', () => {
  it.each([
    ['date=2026-11-24/', '2026-11-24'],
    ['date=2024-02-29/', '2024-02-29'],
    ['date=2026-02-29/', null],
    ['date=2026-13-45/', null],
    ['date=2026-11-24', null],
    ['date=2026-11-24/hour=05/', null],
    ['update=2026-11-24/', null],
    ['date=2026-11-24-copy/', null],
    ['date=2026-11/', null],
    ['', null],
  ])('%s is %s', (name, day) => {
    expect(dayOfFolder(name)).toBe(day);
  });
});

describe('the day of a manifest', () => {
  it.each([
    ['date=2026-11-24/manifest.json', '2026-11-24'],
    ['date=2026-11-24/host.manifest.json', '2026-11-24'],
    ['date=2026-11-24/ingestor.host.0123456789abcde.manifest.json', '2026-11-24'],
    ['date=2026-11-24/mymanifest.json', '2026-11-24'],
    ['date=2026-11-24/manifest.json.bak', null],
    ['date=2026-11-24/hour=05/manifest.json', null],
    ['date=2026-13-24/manifest.json', null],
    ['manifest.json', null],
    ['.stream/manifest.json', null],
  ])('%s is %s', (relative, day) => {
    expect(dayOfManifest(relative)).toBe(day);
  });
});

describe('days of the calendar', () => {
  it('are those of UTC, and are counted over months and leap days', () => {
    expect(dayOf(new Date('2026-11-24T23:59:59.999Z'))).toBe('2026-11-24');
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
  });
});

describe('the day for which retention takes a folder', () => {
  it.each([
    ['date=2026-11-24-backup/', '2026-11-24'],
    ['date=2026-11-24/', '2026-11-24'],
    ['date 2026/11/24', '2026-11-24'],
    ['date=2026-13-45/', null],
    ['date=2026-11-1/', null],
    ['date-backup/', null],
    ['dates/', null],
  ])('%s is %s', (name, day) => {
    expect(dayThatRetentionReads(name)).toBe(day);
  });
});
