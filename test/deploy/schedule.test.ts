import { describe, expect, it } from 'vitest';
import { silenceHours } from '../../deploy/schedule.ts';
import { silenceAlarms } from '../../deploy/silence.ts';

describe('how long a schedule may be silent', () => {
  it.each([
    ['rate(1 day)', 26],
    ['rate(15 minutes)', 3],
    ['rate(6 hours)', 8],
    ['rate(6 days)', 146],
    ['cron(0 6 * * ? *)', 26],
    ['cron(30 6,18 * * ? *)', 14],
    ['cron(0 8-18/2 ? * * *)', 16],
    ['cron(0 */6 * * ? *)', 8],
    ['cron(0 6 ? * MON-FRI *)', 74],
    ['cron(0 6 ? * 2,5 *)', 98],
  ])('%s: %d hours, two more than its longest gap', (schedule, hours) => {
    expect(silenceHours(schedule)).toBe(hours);
  });

  it.each(['rate(7 days)', 'cron(0 6 ? * SUN *)'])('%s is refused: CloudWatch looks back seven days', (schedule) => {
    expect(() => silenceHours(schedule)).toThrow(/7 days/);
  });

  it.each([
    'cron(0 6 1 * ? *)',
    'cron(0 6 L * ? *)',
    'cron(0 6 ? * 2#1 *)',
    'cron(0 25 * * ? *)',
    'cron(0 6 * * *)',
    'at(2026-11-24T06:00:00)',
    'rate(1 week)',
    'every day',
    '',
  ])('%j is refused: its gaps cannot be told', (schedule) => {
    expect(() => silenceHours(schedule)).toThrow(/cannot be told; expected rate\(N hours\)/);
  });
});

describe('the alarms on silence', () => {
  it('are one for each bucket, never two under one name', () => {
    const names = ['logs', 'logs-prod', 'logs.prod', 'logsprod', 'logs-dash', '0-logs'];
    const alarms = silenceAlarms(names, 'rate(1 day)');
    expect(Object.keys(alarms)).toHaveLength(names.length);
    expect(Object.keys(alarms).filter((id) => !/^[A-Za-z0-9]{1,255}$/.test(id))).toEqual([]);
  });
});
