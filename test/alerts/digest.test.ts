import { describe, expect, it } from 'vitest';
import { kinds } from '../../src/findings/kinds.ts';
import type { Evidence } from '../../src/findings/report.ts';
import { after, entry, outcome, start } from '../history/fixtures.ts';
import { mailOf, situations, worded } from './situations.ts';

const digest = situations['first-run']!();
const lines = digest.message.split('\n');

/** The lines of a mail that name one finding each. */
const named = (message: string): string[] =>
  message.split('\n').filter((line) => /^ {2}(error|warning|note) /.test(line));

describe('the first mail about a bucket that nobody has looked at for years', () => {
  it('is one, and tells how many findings there are of which severity', () => {
    expect(digest.subject).toBe('[bucket-hygiene] logs-prod (prod): 5 errors, 22 warnings - new');
    const more = Number(/and (\d+) more, all of them in the report/.exec(digest.message)?.[1]);
    expect(named(digest.message).length + more).toBe(27);
    expect(lines).toContain('NOT MAILED: 3 notes, below the severity that alerts');
  });

  it('names every error, and no warning before one', () => {
    const severities = named(digest.message).map((line) => line.trim().split(' ')[0]);
    expect(severities).toEqual(severities.toSorted());
    expect(severities.filter((severity) => severity === 'error')).toHaveLength(5);
  });

  it('tells no kind at length twice', () => {
    const titles = named(digest.message).filter((line) => lines[lines.indexOf(line) + 1]?.startsWith(' '.repeat(11)));
    expect(titles.map((line) => line.split('   ').at(-1))).toEqual([
      kinds['stream-metadata-corrupt'].title,
      kinds['snapshot-reset'].title,
    ]);
  });
});

describe('a finding in one line', () => {
  const many = (evidence: Evidence, subject = (at: number) => `prefix-${String(at).padStart(2, '0')}/`) =>
    named(
      mailOf([
        outcome(
          start,
          Array.from({ length: 20 }, (_, at) => worded('foreign-prefix', subject(at), start, evidence)),
        ),
      ]).message,
    ).at(-1);

  it.each<[string, Evidence]>([
    ['', {}],
    [', 2.4 TB', { objects: 3, bytes: 2.4e12 }],
    [', at least 2.4 TB', { objects: 3, bytes: 2.4e12, sizeComplete: false }],
    [', 2.4 TB, probably restic', { objects: 3, bytes: 2.4e12, likelyWriter: 'restic' }],
  ])('tells how much it is and who wrote it, as far as that is known: "%s"', (words, evidence) => {
    expect(many(evidence)).toBe(`  warning  prefix-19/   foreign prefix${words}`);
  });

  it('leaves out what there is no room for, not the name', () => {
    const subject = (at: number) => `${'x'.repeat(36)}-${String(at).padStart(2, '0')}/`;
    const evidence = { objects: 3, bytes: 2.4e12, likelyWriter: 'restic' };
    expect(many(evidence, subject)).toBe(`  warning  ${subject(19)}   foreign prefix, 2.4 TB`);
  });
});

describe('what is called fine', () => {
  const fineOf = (subject: string) => {
    const entries = ['api/', 'web/'].map((name) => entry(name, 'stream'));
    const candidates = [worded('malformed-date-prefix', subject, start)];
    const { message } = mailOf([outcome(after(-24)), outcome(start, candidates, { entries })]);
    return /^FINE: .*$/m.exec(message)?.[0];
  };

  it('is no stream with something wrong in it', () => {
    expect(fineOf('api/date-old/')).toBe('FINE: 1 stream');
    expect(fineOf('api/')).toBe('FINE: 1 stream');
    expect(fineOf('apiary/date-old/')).toBe('FINE: 2 streams');
  });
});

it('a report that could not be stored can be had by hand', () => {
  const mail = (reportUrl?: null) =>
    mailOf(
      [outcome(start, [worded('foreign-prefix', 'x/', start)])],
      undefined,
      reportUrl === null ? { reportUrl } : {},
    );
  expect(mail(null).message).toContain('\nTry:      npx bucket-hygiene audit s3://logs-prod\n');
  expect(mail().message).not.toContain('Try:');
});
