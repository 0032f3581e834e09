import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { composeAlert, type Alert } from '../../src/alerts/mail.ts';
import type { Kind } from '../../src/findings/kinds.ts';
import type { Entry } from '../../src/findings/report.ts';
import { after, entry, outcome, run, start } from '../history/fixtures.ts';
import { mailOf, situations, worded } from './situations.ts';

const goldenOf = (name: string): URL => new URL(`golden/${name}.txt`, import.meta.url);

const asText = ({ subject, message, attributes }: Alert): string =>
  [
    `Subject: ${subject}`,
    ...Object.entries(attributes).map(([name, value]: [string, string]) => `${name}: ${value}`),
    '',
    message,
  ].join('\n');

/** What holds for every mail. */
function expectMail({ subject, message, attributes }: Alert): void {
  expect(subject).toMatch(/^\[bucket-hygiene\] [\x20-\x7e]{1,82}$/);
  expect(subject.length).toBeLessThan(100);
  expect(message).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/);
  expect(Buffer.byteLength(message)).toBeLessThan(200 * 1024);
  const lines = message.trimEnd().split('\n');
  expect(lines.length).toBeLessThanOrEqual(60);
  for (const line of lines) {
    const whole = /^\s+aws |^Report: |^Try: /.test(line);
    if (!whole) expect(Array.from(line).length, line).toBeLessThanOrEqual(78);
  }
  expect(['failed', 'new', 'ongoing', 'resolved']).toContain(attributes.status);
  expect(['error', 'warning', 'note']).toContain(attributes.severity);
  expect(attributes.schemaVersion).toBe('1');
  expect(JSON.parse(attributes.kinds)).toEqual([...new Set(JSON.parse(attributes.kinds) as string[])]);
}

/** A mail's text in one line, so that it does not matter where lines were broken. */
const flat = ({ message }: Alert): string => message.replaceAll(/\s+/g, ' ');

describe('what a mail says', () => {
  const foreign = (subject: string, at = start) => worded('foreign-prefix', subject, at);
  const asError = (subject: string, at: Date) => ({ ...foreign(subject, at), severity: 'error' as const });

  it('a name and a title that do not fit into one line stand in two', () => {
    const long = `${'x'.repeat(59)}/`;
    const { message } = mailOf([outcome(start, [foreign(long)])]);
    expect(message).toContain(`\n  warning  ${long}\n           foreign prefix\n`);
    const short = `${'x'.repeat(49)}/`;
    expect(mailOf([outcome(start, [foreign(short)])]).message).toContain(`\n  warning  ${short}   foreign prefix\n`);
  });

  it('figures stand once: in the sentence, or on a line of their own', () => {
    const evidence = { objects: 153, bytes: 2_400_000 };
    const figures = /153 objects, 2\.4 MB/g;
    for (const kind of ['foreign-prefix', 'stream-outside-tenant'] as const) {
      expect(flat(mailOf([outcome(start, [worded(kind, 'x/', start, evidence)])])).match(figures)).toHaveLength(1);
    }
  });

  it('a finding that became lighter is reminded of as what it was told as', () => {
    const alert = mailOf([outcome(after(-168), [asError('x/', after(-168))]), outcome(start, [foreign('x/')])]);
    expect(flat(alert)).toContain('It was told as an error on 17 Nov 2026.');
  });

  it('what is resolved is told as grave as it was told, for as long as it stood', () => {
    const alert = mailOf([
      outcome(after(-72), [asError('x/', after(-72))]),
      outcome(after(-24), [foreign('x/', after(-24))]),
      outcome(start),
    ]);
    expect(alert.message).toContain('\n  error    x/   foreign prefix\n');
    expect(flat(alert)).toContain('Stood for 3 days, since 21 Nov 2026.');
  });

  it('what is resolved and told late stood until it was gone', () => {
    const first = run(null, outcome(after(-72), [foreign('x/', after(-72))]));
    const gone = run(first.memory, outcome(after(-24)), false);
    const { news, report } = run(gone.memory, outcome(start));
    const bucket = { name: 'logs-prod', environment: null, ignoreKinds: [] };
    const alert = composeAlert(news!, report, { bucket, reportUrl: null, runId: 'x', now: start });
    expect(flat(alert)).toContain('Stood for 2 days, since 21 Nov 2026.');
  });

  it.each([
    [
      3,
      'a0/ (foreign prefix), a1/ (foreign prefix) and a2/ (foreign prefix) are no longer found. Nothing else is open.',
    ],
    [
      4,
      'a0/ (foreign prefix), a1/ (foreign prefix), a2/ (foreign prefix) and 1 more are no longer found. Nothing else is open.',
    ],
  ])('of %i things that are resolved it names three', (count, words) => {
    const seen = Array.from({ length: count }, (_, at) => foreign(`a${String(at)}/`, after(-9)));
    const alert = mailOf([outcome(after(-9), seen), outcome(start)]);
    expect(flat(alert)).toContain(words);
    expect(alert.subject).toMatch(/: resolved - a0\/, a1\/, a2\//);
  });

  it('good news tell what else is open, and of what is too light for a mail that it is there', () => {
    const left = (at: Date) => [foreign('b/', at), asError('c/', at), worded('folder-marker', 'm/', at)];
    const alert = mailOf([
      outcome(after(-9), [foreign('a/', after(-9)), ...left(after(-9))]),
      outcome(start, left(start)),
    ]);
    expect(flat(alert)).toContain('a/ (foreign prefix) is no longer found. 2 other findings are still open.');
    expect(flat(alert)).toContain('ALSO OPEN: 1 error, 1 warning, told since 23 Nov 2026');
    expect(flat(alert)).toContain('NOT MAILED: 1 note, below the severity that alerts');
    const one = mailOf([
      outcome(after(-9), [foreign('a/', after(-9)), foreign('b/', after(-9))]),
      outcome(start, [foreign('b/')]),
    ]);
    expect(flat(one)).toContain('1 other finding is still open.');
    expect(flat(one)).toContain('ALSO OPEN: 1 warning, told on 23 Nov 2026');
  });

  it('nothing else is called open beside news that are told in the same mail', () => {
    const alert = mailOf([outcome(after(-9), [foreign('a/', after(-9))]), outcome(start, [foreign('b/')])]);
    expect(flat(alert)).not.toContain('else is open');
  });

  it('a partial audit that lost sight of nothing says no more than that it is partial', () => {
    const alert = mailOf([outcome(start, [foreign('a/')], { completeness: 'partial' })]);
    expect(flat(alert)).toContain('what it did not see is neither fine nor resolved ');
    expect(flat(alert)).not.toContain('told earlier among it');
  });

  it('what is fine is counted, one as one and two as two', () => {
    const fine = (entries: Entry[]) => flat(mailOf([outcome(start, [foreign('a/')], { entries })]));
    expect(fine([entry('e/', 'allowed'), entry('f/', 'allowed'), entry('.users/', 'deployment')])).toContain(
      "FINE: 1 entry of Parseable's own and 2 entries allowed ",
    );
    expect(fine([entry('e/', 'allowed'), entry('.users/', 'deployment'), entry('.alerts/', 'deployment')])).toContain(
      "FINE: 2 entries of Parseable's own and 1 entry allowed ",
    );
    expect(fine([entry('a/', 'allowed')])).not.toContain('FINE');
  });

  it('requests of all sorts are counted', () => {
    const requests = { list: 1, get: 20, head: 300, other: 4_000 };
    expect(flat(mailOf([outcome(start, [foreign('a/')], { requests })]))).toContain('4,321 requests');
  });
});

describe('the mail', () => {
  it.each(Object.keys(situations))('of the situation "%s" is as it was read and agreed to', async (name) => {
    const alert = situations[name]!();
    expectMail(alert);
    if (process.env['UPDATE_GOLDEN'] === '1') await writeFile(goldenOf(name), asText(alert));
    expect(asText(alert)).toBe(await readFile(goldenOf(name), 'utf8'));
  });

  it('holds its limits for any keys, in any number', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 300 }),
      fc.string({ minLength: 1, maxLength: 1_024 }),
    );
    const kind = fc.constantFrom<Kind>(
      'foreign-prefix',
      'foreign-root-object',
      'orphaned-stream-data',
      'stream-metadata-corrupt',
    );
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.tuple(kind, key), { minLength: 1, maxLength: 80, selector: ([, name]) => name }),
        (all) => {
          const seen = (at: Date) =>
            outcome(
              at,
              all.map(([one, name]) => worded(one, `${name}/`, at, { objects: 1, bytes: 2 })),
            );
          expectMail(mailOf([seen(start)]));
          expectMail(mailOf([seen(after(-1)), outcome(start)]));
          expectMail(mailOf([seen(after(-200)), seen(start)]));
        },
      ),
      { numRuns: 40 },
    );
  });

  it('keeps the news in the subject, whatever the bucket and the environment are called', () => {
    for (const environment of ['production of the northern region', 'prod\nBcc: all', '生産']) {
      const long = { name: 'b'.repeat(63), region: null, endpoint: null, environment };
      const alert = mailOf([outcome(start, [worded('foreign-prefix', 'x/', start)], { bucket: long })]);
      expectMail(alert);
      expect(alert.subject).toMatch(/: 1 warning - new$/);
    }
  });

  it('leaves the environment out when there is none', () => {
    const plain = { name: 'logs-prod', region: null, endpoint: null, environment: null };
    const { attributes, subject } = mailOf([
      outcome(start, [worded('foreign-prefix', 'x/', start)], { bucket: plain }),
    ]);
    expect(attributes).toEqual({
      severity: 'warning',
      status: 'new',
      kinds: '["foreign-prefix"]',
      bucket: 'logs-prod',
      schemaVersion: '1',
    });
    expect(subject).toBe('[bucket-hygiene] logs-prod: 1 warning - new');
  });
});
