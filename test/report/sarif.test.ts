import fc from 'fast-check';
import * as z from 'zod';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { isKind, kinds } from '../../src/findings/kinds.ts';
import type { Report } from '../../src/findings/report.ts';
import { renderSarif } from '../../src/report/sarif.ts';
import type { Pages } from '../../src/report/sarif/rules.ts';
import { messageText } from '../../src/report/sarif/text.ts';
import { readable } from './more-situations.ts';
import { entry, finding, report } from './situations.ts';

const words = z.string().min(1);
const message = z.strictObject({ text: words, markdown: words.optional() });
const level = z.enum(['error', 'warning', 'note']);
/** A relative reference of RFC 3986 that no reader resolves to another place, and that is not empty. */
const relativeUri = z
  .string()
  .regex(/^(?:[A-Za-z0-9._~!$&'()*+,;=@-]|%[0-9A-F]{2})+(?:\/(?:[A-Za-z0-9._~!$&'()*+,;=:@-]|%[0-9A-F]{2})*)*$/)
  .refine((uri) => !uri.split('/').some((segment) => /^(\.|%2E){1,2}$/i.test(segment)));

/**
 * SARIF 2.1.0, as far as this program writes it, and no member besides: written down from the standard's text (3.13 to
 * 3.58) and from what GitHub asks of a file.
 */
const sarif = z.strictObject({
  $schema: z.url(),
  version: z.literal('2.1.0'),
  runs: z
    .array(
      z.strictObject({
        tool: z.strictObject({
          driver: z.strictObject({
            name: words,
            version: words,
            semanticVersion: z.string().regex(/^\d+\.\d+\.\d+/),
            rules: z.array(
              z.strictObject({
                id: words,
                name: z.string().regex(/^[A-Z][A-Za-z]+$/),
                shortDescription: z.strictObject({ text: words }),
                fullDescription: z.strictObject({ text: words }),
                help: z.strictObject({ text: words, markdown: words }),
                defaultConfiguration: z.strictObject({ level }),
                properties: z.strictObject({
                  tags: z.array(words).max(10),
                  'problem.severity': z.enum(['error', 'warning', 'recommendation']),
                }),
              }),
            ),
          }),
        }),
        automationDetails: z.strictObject({ id: z.string().regex(/^[^/]+\/[^/]+\/$/) }),
        columnKind: z.literal('utf16CodeUnits'),
        originalUriBaseIds: z.record(words, z.strictObject({ description: message })),
        invocations: z.tuple([
          z.strictObject({
            executionSuccessful: z.boolean(),
            startTimeUtc: z.iso.datetime(),
            endTimeUtc: z.iso.datetime(),
            toolExecutionNotifications: z.array(z.strictObject({ level, message })),
          }),
        ]),
        results: z
          .array(
            z.strictObject({
              ruleId: words,
              ruleIndex: z.int().min(0),
              level,
              message,
              locations: z.tuple([
                z.strictObject({
                  physicalLocation: z.strictObject({
                    artifactLocation: z.strictObject({ uri: relativeUri, uriBaseId: words }),
                    region: z.strictObject({ startLine: z.literal(1) }),
                  }),
                  logicalLocations: z.tuple([
                    z.strictObject({ name: words, fullyQualifiedName: words, kind: z.literal('resource') }),
                  ]),
                }),
              ]),
              partialFingerprints: z.record(words, words),
              properties: z.looseObject({}),
            }),
          )
          .max(5_000),
        properties: z.looseObject({ known: z.int(), pending: z.int() }),
      }),
    )
    .min(1),
});

const none: Pages = new Map();
const read = (reports: readonly Report[], pages = none) => sarif.parse(JSON.parse(renderSarif(reports, { pages })));
const runOf = (one: Report, pages = none) => read([one], pages).runs[0]!;

describe('the report as SARIF', () => {
  it.each(Object.keys(readable))('of the situation "%s" is of the standard’s form', (name) => {
    for (const { tool, results, originalUriBaseIds } of read(readable[name]!).runs) {
      for (const { ruleId, ruleIndex, locations } of results) {
        expect(tool.driver.rules[ruleIndex]?.id).toBe(ruleId);
        expect(originalUriBaseIds).toHaveProperty(locations[0].physicalLocation.artifactLocation.uriBaseId);
      }
      const ids = results.map(({ partialFingerprints }) => partialFingerprints['findingId/v1']);
      expect(new Set(ids).size).toBe(ids.length);
    }
  });

  it('has a run and a category of its own for each bucket', () => {
    const ids = read(readable['several-buckets']!).runs.map(({ automationDetails }) => automationDetails.id);
    expect(ids).toEqual(['bucket-hygiene/logs-test/', 'bucket-hygiene/logs-prod/', 'bucket-hygiene/logs-dev/']);
  });

  it('knows findings by their ids, which stay', () => {
    const [first] = runOf(report([], [finding('foreign-prefix', 'x/', { status: 'new' })])).results;
    const [later] = runOf(
      report([], [finding('foreign-prefix', 'x/', { status: 'ongoing', evidence: { objects: 9 } })]),
    ).results;
    expect(later!.partialFingerprints).toEqual(first!.partialFingerprints);
    expect(first!.partialFingerprints).toEqual({
      'findingId/v1': 'foreign-prefix x/',
      primaryLocationLineHash: 'foreign-prefix x/:1',
    });
  });

  it('has no result for what is known or pending, and counts both', () => {
    const run = runOf(
      report(
        [],
        [
          finding('foreign-prefix', 'old/', { status: 'known' }),
          finding('orphaned-stream-data', 'young/', { status: 'pending' }),
          finding('foreign-prefix', 'x/'),
        ],
      ),
    );
    expect(run.results.map(({ locations }) => locations[0].logicalLocations[0].name)).toEqual(['x/']);
    expect(run.properties).toMatchObject({ known: 1, pending: 1 });
  });

  it('is no success unless everything was seen, and tells what was not', () => {
    const seen = (name: string) => runOf(readable[name]![0]!).invocations[0];
    expect(seen('healthy')).toMatchObject({ executionSuccessful: true, toolExecutionNotifications: [] });
    expect(seen('partial')).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'warning' }],
    });
    expect(seen('failed-access-denied')).toMatchObject({
      executionSuccessful: false,
      toolExecutionNotifications: [{ level: 'error' }],
    });
    const ignored = runOf(report([], [], { completeness: 'partial' })).invocations[0];
    expect(ignored).toMatchObject({ executionSuccessful: false, toolExecutionNotifications: [{ level: 'warning' }] });
    const refused = runOf(report([], [], { skipped: [{ what: 'lifecycle', why: 'AccessDenied' }] })).invocations[0];
    expect(refused.toolExecutionNotifications.map((one) => one.level)).toEqual(['note']);
  });

  it('keeps the gravest of more findings than are shown, and says how many are left out', () => {
    const light = Array.from({ length: 5_001 }, (_, at) => finding('folder-marker', `m-${String(at)}/`));
    const run = runOf(report([], [...light, finding('foreign-prefix', 'x/')]));
    expect(run.results).toHaveLength(5_000);
    expect(run.results[0]?.ruleId).toBe('foreign-prefix');
    expect(run.invocations[0].toolExecutionNotifications[0]?.message.text).toMatch(/^2 more findings, the lightest,/);
  });

  it('names any key exactly, and its address so that nothing resolves it elsewhere', () => {
    const key = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1 }),
      fc
        .array(fc.constantFrom('..', '.', '', 'a', '%2e', 'c:', '//', '?x#y'), { minLength: 1 })
        .map((parts) => parts.join('/')),
    );
    fc.assert(
      fc.property(key, (any) => {
        const subject = `${any}/`;
        const [result] = runOf(report([], [finding('foreign-prefix', subject)])).results;
        const { logicalLocations, physicalLocation } = result!.locations[0];
        expect(logicalLocations[0]).toMatchObject({ name: subject, fullyQualifiedName: `s3://logs-prod/${subject}` });
        const { uri } = physicalLocation.artifactLocation;
        const resolved = new URL(uri, 'file:///root/');
        expect(resolved.href).toBe(`file:///root/${uri}`);
        expect(resolved.pathname.startsWith('/root/logs-prod/')).toBe(true);
      }),
      { numRuns: 500 },
    );
  });

  it('lets no key be a link or a placeholder in a message', () => {
    for (const key of ['[x](http://evil)', '{0}', '{{1}}', '[a\\](0)']) {
      const [result] = runOf(report([], [finding('foreign-prefix', `${key}/`)])).results;
      expect(result!.message.text).not.toMatch(/\]\(|(?<!\{)\{(\{\{)*\d/);
    }
    expect(messageText('{0} [a](b)')).toBe(String.raw`{{0}} [a]\x28b)`);
  });

  it('has the page of a kind as its help, without links to its neighbours', () => {
    const all = Object.keys(kinds).filter(isKind);
    const pages: Pages = new Map(
      all.map((kind) => [kind, readFileSync(new URL(`../../docs/findings/${kind}.md`, import.meta.url), 'utf8')]),
    );
    const { rules } = runOf(
      report(
        [],
        all.map((kind) => finding(kind, 'x/')),
      ),
      pages,
    ).tool.driver;
    expect(rules.map(({ id }) => id)).toEqual(all);
    for (const { id, help, fullDescription, defaultConfiguration } of rules) {
      expect(help.markdown).toContain(`# ${id}`);
      expect(help.markdown).not.toMatch(/\]\((?!https?:)/);
      expect([id, fullDescription.text.length > 40]).toEqual([id, true]);
      expect(defaultConfiguration.level).toBe(kinds[id as keyof typeof kinds].severity);
    }
  });

  it('points to the explanation where no page is at hand', () => {
    const [rule] = runOf(report([entry('x/', 'foreign')], [finding('foreign-prefix', 'x/')])).tool.driver.rules;
    expect(rule!.help.markdown).toContain('`npx bucket-hygiene explain foreign-prefix`');
    expect(rule!.fullDescription.text).toBe('Foreign prefix.');
  });
});
