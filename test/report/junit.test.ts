import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { displayText } from '../../src/findings/display.ts';
import { kinds } from '../../src/findings/kinds.ts';
import type { Report } from '../../src/findings/report.ts';
import { renderJunit } from '../../src/report/junit.ts';
import { readable } from './more-situations.ts';
import { parseXml, type Element } from './read-xml.ts';
import { entry, finding, report } from './situations.ts';

type Threshold = Parameters<typeof renderJunit>[1]['failOn'];

const suitesOf = (reports: readonly Report[], failOn: Threshold = 'warning'): Element[] =>
  parseXml(renderJunit(reports, { failOn })).children;
const casesOf = (suite: Element): Element[] => suite.children.filter(({ name }) => name === 'testcase');
const caseOf = (suite: Element, name: string): Element =>
  casesOf(suite).find(({ attributes }) => attributes['name'] === name)!;
const outcomeOf = (suite: Element, name: string): string =>
  caseOf(suite, name).children.find((child) => child.name !== 'system-out')?.name ?? 'passed';

/** What XML would read as more than text. */
const markup = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", ']]>', '&lt;', 'a'), minLength: 1 });

describe('the report as JUnit', () => {
  it.each(Object.keys(readable))('of the situation "%s" counts right, and has each check once', (name) => {
    for (const suite of suitesOf(readable[name]!)) {
      const cases = casesOf(suite);
      const names = cases.map(({ attributes }) => attributes['name']);
      expect(names.filter((one) => one !== 'ready')).toEqual(Object.keys(kinds));
      const count = (what: string) =>
        String(cases.filter(({ children }) => children.some((one) => one.name === what)).length);
      expect(suite.attributes).toMatchObject({
        tests: String(cases.length),
        failures: count('failure'),
        errors: count('error'),
        skipped: count('skipped'),
      });
      expect(suite.attributes['timestamp']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/);
    }
  });

  it('adds up its suites', () => {
    const root = parseXml(renderJunit(readable['several-buckets']!, { failOn: 'warning' }));
    for (const what of ['tests', 'failures', 'errors', 'skipped']) {
      const sum = root.children.reduce((all, { attributes }) => all + Number(attributes[what]), 0);
      expect(root.attributes[what]).toBe(String(sum));
    }
  });

  it.each([
    ['error', 'passed', 'passed'],
    ['warning', 'failure', 'passed'],
    ['note', 'failure', 'failure'],
    ['never', 'passed', 'passed'],
  ] as const)('fails from %s on: a warning is %s, a note %s', (failOn, warning, note) => {
    const found = report([], [finding('foreign-prefix', 'x/'), finding('folder-marker', 'y/')]);
    const [suite] = suitesOf([found], failOn);
    expect(outcomeOf(suite!, 'foreign-prefix')).toBe(warning);
    expect(outcomeOf(suite!, 'folder-marker')).toBe(note);
    // What does not fail is told all the same.
    for (const kind of ['foreign-prefix', 'folder-marker']) {
      expect(
        caseOf(suite!, kind)
          .children.map(({ text }) => text)
          .join(),
      ).toContain(kind);
    }
  });

  it('does not fail for what is known or pending, and names it', () => {
    const known = finding('foreign-prefix', 'old/', { status: 'known' });
    const pending = finding('orphaned-stream-data', 'young/', { status: 'pending' });
    const [suite] = suitesOf([report([], [known, pending])], 'note');
    expect(outcomeOf(suite!, 'foreign-prefix')).toBe('passed');
    expect(caseOf(suite!, 'foreign-prefix').children[0]?.text).toBe('known: foreign-prefix old/');
    expect(outcomeOf(suite!, 'orphaned-stream-data')).toBe('passed');
  });

  it('calls what could not be told an error, once, and what it leaves open skipped', () => {
    for (const name of ['partial', 'failed-access-denied']) {
      const [suite] = suitesOf(readable[name]!, 'never');
      expect(suite!.attributes['errors']).toBe('1');
      expect(outcomeOf(suite!, 'scan-incomplete')).toBe('error');
      expect(outcomeOf(suite!, 'snapshot-reset')).toBe('skipped');
    }
  });

  it('is an error for a partial audit even where the kind is ignored', () => {
    const [suite] = suitesOf([report([], [], { completeness: 'partial' })]);
    expect(outcomeOf(suite!, 'scan-incomplete')).toBe('error');
  });

  it('skips what rests on a read that was refused', () => {
    const skipped = [{ what: 'lifecycle', why: 'AccessDenied' }];
    const [suite] = suitesOf([report([], [], { skipped })]);
    expect(outcomeOf(suite!, 'lifecycle-before-retention')).toBe('skipped');
    expect(caseOf(suite!, 'lifecycle-before-retention').children[0]?.attributes['message']).toMatch(
      /^Not looked at: .*AccessDenied/,
    );
    expect(outcomeOf(suite!, 'incomplete-uploads')).toBe('passed');
  });

  it('asks of a pre-flight whether the bucket is ready, whatever the threshold', () => {
    const [ready] = suitesOf(readable['preflight-ready']!, 'never');
    expect(outcomeOf(ready!, 'ready')).toBe('passed');
    const [not] = suitesOf(readable['preflight-not-ready']!, 'never');
    expect(outcomeOf(not!, 'ready')).toBe('failure');
    expect(outcomeOf(not!, 'foreign-prefix')).toBe('failure');
  });

  it('is well-formed XML whatever the keys are, and shows them', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'binary', minLength: 1 }), markup), (key) => {
        const found = report([entry(key, 'foreign')], [finding('foreign-prefix', key)]);
        const [suite] = suitesOf([{ ...found, bucket: { ...found.bucket, environment: key } }]);
        expect(caseOf(suite!, 'foreign-prefix').children[0]?.text).toContain(displayText(key));
        expect(suite!.attributes['name']).toBe(displayText(`logs-prod (${key})`));
      }),
      { numRuns: 300 },
    );
  });
});
