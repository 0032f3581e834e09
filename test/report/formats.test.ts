import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, it } from 'vitest';
import { contentTypes } from '../../src/history/store.ts';
import { displayText } from '../../src/findings/display.ts';
import type { Report } from '../../src/findings/report.ts';
import { formatNames, formats, isFormat, render, type FormatName, type Manner } from '../../src/report/formats.ts';
import { isOpen } from '../../src/report/summary.ts';
import { facts, type Fact } from './facts.ts';
import { readable } from './more-situations.ts';
import { now } from './situations.ts';

const manner: Manner = {
  array: false,
  width: 80,
  colour: false,
  now,
  serverVersion: '2.9.5',
  failOn: 'warning',
  pages: new Map(),
};

/** What each format is shown in, for a person to read and agree to. */
const shown = [
  'empty-bucket',
  'healthy',
  'one-foreign-prefix',
  'a-hundred-foreign-prefixes',
  'orphaned-and-corrupt',
  'multi-tenant',
  'deep',
  'partial',
  'failed-access-denied',
  'several-buckets',
  'known-beside-new-and-pending',
  'hostile-keys',
  'preflight-ready',
  'preflight-not-ready',
] as const;

/** Text and HTML have golden files of their own. What is large without being telling is held to its facts alone. */
const golden = (['json', 'markdown', 'sarif', 'junit', 'openmetrics'] as const).flatMap((format) =>
  shown
    .filter((name) => name !== 'a-hundred-foreign-prefixes' || (format !== 'json' && format !== 'sarif'))
    .map((name) => [format, name] as const),
);

const fileOf = (format: FormatName, name: string): URL =>
  new URL(`golden/${format}/${name}.${formats[format].extension}`, import.meta.url);

const renderAs = (format: FormatName, reports: readonly Report[]): Promise<string> =>
  render(format, reports, { ...manner, array: reports.length > 1 });

describe('the formats of a report', () => {
  it.each(golden)('%s of the situation "%s" is as it was read and agreed to', async (format, name) => {
    const text = await renderAs(format, readable[name]!);
    const file = fileOf(format, name);
    if (process.env['UPDATE_GOLDEN'] === '1') {
      await mkdir(new URL('.', file), { recursive: true });
      await writeFile(file, text);
    }
    expect(text).toBe(await readFile(file, 'utf8'));
  });

  it('have a file extension and a media type each, and names that are told from others', () => {
    expect(new Set(formatNames.map((name) => formats[name].extension)).size).toBe(formatNames.length);
    for (const name of formatNames)
      expect(contentTypes[formats[name].extension]).toMatch(/^(text|application)\/[a-z+-]+(; |$)/);
    expect(formatNames.every(isFormat)).toBe(true);
    expect(['yaml', 'toString', '', 'JSON'].some(isFormat)).toBe(false);
  });

  it.each(formatNames)('%s is the same for the same reports, and ends with one line feed', async (format) => {
    for (const reports of Object.values(readable)) {
      const text = await renderAs(format, reports);
      expect(text).toBe(await renderAs(format, structuredClone(reports)));
      expect(text).toMatch(/[^\n]\n$/);
    }
  });

  it.each(formatNames)('%s shows a terminal, an editor or a page nothing that it would obey', async (format) => {
    for (const reports of Object.values(readable)) {
      expect(await renderAs(format, reports)).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
    }
  });
});

const expectedFacts = (report: Report): Fact => ({
  bucket: report.bucket.name,
  completeness: report.completeness,
  open: report.findings
    .filter(isOpen)
    .map(({ severity, kind, subject }) => `${severity} ${kind} ${displayText(subject)}`)
    .sort(),
});

describe('the same facts', () => {
  const cases = Object.entries(facts).flatMap(([format, read]) =>
    Object.keys(readable).map((name) => [format as FormatName, name, read] as const),
  );

  it.each(cases)('are in %s of the situation "%s" as in the report', async (format, name, read) => {
    const reports = readable[name]!;
    const found = read(await renderAs(format, reports));
    expect(found).toEqual(reports.map(expectedFacts));
  });

  it('are noticed when one is missing', async () => {
    const reports = readable['one-foreign-prefix']!;
    const without = reports.map((report) => ({ ...report, findings: [] }));
    for (const [format, read] of Object.entries(facts)) {
      const found = read(await renderAs(format as FormatName, without));
      expect(isDeepStrictEqual(found, reports.map(expectedFacts))).toBe(false);
    }
  });

  it('are counted in openmetrics', async () => {
    for (const reports of Object.values(readable)) {
      const text = await renderAs('openmetrics', reports);
      for (const { bucket, summary, completeness } of reports) {
        for (const severity of ['error', 'warning', 'note'] as const) {
          const environment = bucket.environment === null ? '' : `,environment="${bucket.environment}"`;
          const line = `bucket_hygiene_findings_${severity}{bucket="${bucket.name}"${environment}} ${String(summary[severity])}\n`;
          expect(text.includes(line)).toBe(completeness !== 'failed');
        }
      }
    }
  });
});
