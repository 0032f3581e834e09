import { describe, expect, it } from 'vitest';
import { subjectOf } from '../../src/alerts/subject.ts';
import { after, outcome, run, start } from '../history/fixtures.ts';
import { mailOf, worded } from './situations.ts';

const foreign = (subject: string) => worded('foreign-prefix', subject, start);
const subjectIn = (name: string, environment: string | null) =>
  subjectOf(run(null, outcome(start, [foreign('x/')])).news!, name, environment);
const resolvedSubject = (...subjects: string[]) =>
  mailOf([outcome(after(-9), subjects.map(foreign)), outcome(start)]).subject;

describe('the subject of a mail', () => {
  it.each([
    ['logs', 'prod', '[bucket-hygiene] logs (prod): 1 warning - new'],
    ['logs', 'production of the region', '[bucket-hygiene] logs (production..gion): 1 warning - new'],
    ['logs', '生産', '[bucket-hygiene] logs (??): 1 warning - new'],
    ['b'.repeat(63), null, `[bucket-hygiene] ${'b'.repeat(31)}..${'b'.repeat(15)}: 1 warning - new`],
  ])('shortens where it must, so that the news have their place: %s, %s', (name, environment, subject) => {
    expect(subjectIn(name, environment)).toBe(subject);
  });

  it('counts the grave ones first', () => {
    const seen = [foreign('x/'), foreign('y/'), worded('stream-metadata-corrupt', 'z/', start)];
    expect(mailOf([outcome(start, seen)]).subject).toBe('[bucket-hygiene] logs-prod (prod): 1 error, 2 warnings - new');
  });

  it('names what is resolved, and of what concerns the whole bucket the kind', () => {
    expect(resolvedSubject('x/', 'y/')).toBe('[bucket-hygiene] logs-prod (prod): resolved - x/, y/');
    const wrong = worded('not-parseable', '/', after(-9), { rows: 4 });
    const alert = mailOf([outcome(after(-9), [wrong]), outcome(start)]);
    expect(alert.subject).toBe('[bucket-hygiene] logs-prod (prod): resolved - not-parseable');
    expect(alert.message).toMatch(/^logs-prod \(prod\): "nothing of Parseable here" is no longer found\./);
  });

  it('is cut at 99 characters, and one of 99 is not', () => {
    const fixed = '[bucket-hygiene] logs-prod (prod): resolved - '.length;
    const fits = 'x'.repeat(99 - fixed);
    expect(resolvedSubject(fits)).toMatch(/x{53}$/);
    expect(resolvedSubject(`${fits}x`)).toMatch(/[^.]\.\.$/);
    expect(resolvedSubject(`${fits}x`)).toHaveLength(99);
  });
});
