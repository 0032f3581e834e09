import fc from 'fast-check';
import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import type { Alert } from '../../src/alerts/mail.ts';
import type { Kind } from '../../src/findings/kinds.ts';
import { after, outcome, start } from '../history/fixtures.ts';
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
