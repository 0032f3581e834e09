import Ajv from 'ajv';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { describe, expect, it } from 'vitest';
import { runOf } from '../hostile/outputs.ts';
import { configuration } from '../../src/config/schema.ts';
import { reportForm, reportJsonSchema } from '../../src/report/json-schema.ts';
import { auditObjects } from '../support/audited.ts';
import { loadRecorded, recordedCases } from '../support/recorded.ts';
import { readable } from './more-situations.ts';

const shipped = fileURLToPath(new URL('../../src/report/report.schema.json', import.meta.url));
const validate = () => new Ajv({ allErrors: true }).compile(JSON.parse(readFileSync(shipped, 'utf8')) as object);

describe('the JSON Schema of the report', () => {
  it('that is shipped is the one that follows from the type (to renew it: npm test -- report/json-schema --update)', async () => {
    const text = JSON.stringify(reportJsonSchema());
    await expect(await format(text, { ...(await resolveConfig(shipped)), filepath: shipped })).toMatchFileSnapshot(
      shipped,
    );
  });

  it('is met by every report of the tests, and the form itself by no member more', () => {
    const meets = validate();
    for (const [name, reports] of Object.entries(readable)) {
      for (const report of reports) {
        expect([name, meets(report), meets.errors]).toEqual([name, true, null]);
        expect([name, reportForm.safeParse(report).error?.issues]).toEqual([name, undefined]);
      }
    }
  });

  it.each(recordedCases)('is met by the report on the recorded bucket %s', async (name) => {
    const { contents, expected } = loadRecorded(name);
    const { objects, ...rest } = contents;
    const { multiTenant = null, serverVersion = null } = configuration.parse({
      buckets: [{ ...expected.config, name: 'bucket' }],
    }).buckets[0]!;
    const outcome = await auditObjects(
      objects,
      { multiTenant, serverVersion },
      { contents: rest, startedAt: new Date() },
    );
    const report = JSON.parse(JSON.stringify(runOf(outcome).report)) as unknown;
    const meets = validate();
    expect([meets(report), meets.errors]).toEqual([true, null]);
    expect(reportForm.safeParse(report).error?.issues).toBeUndefined();
  });

  it.each([
    ['no verdict', (report: Record<string, unknown>) => ({ ...report, entries: [{ name: 'x/' }] })],
    ['no bucket', (report: Record<string, unknown>) => ({ ...report, bucket: undefined })],
    ['a date that is none', (report: Record<string, unknown>) => ({ ...report, startedAt: 'yesterday' })],
    ['a completeness that is none', (report: Record<string, unknown>) => ({ ...report, completeness: 'half' })],
    ['another version', (report: Record<string, unknown>) => ({ ...report, schemaVersion: 2 })],
  ])('refuses a report with %s', (_, spoil) => {
    expect(validate()(spoil({ ...readable['healthy']![0]! }))).toBe(false);
  });

  it('lets pass what a later version may add', () => {
    const [report] = readable['one-foreign-prefix']!;
    const [found] = report!.findings;
    expect(validate()({ ...report, more: 1, findings: [{ ...found, kind: 'new-kind', more: {} }] })).toBe(true);
  });

  it('says what a reader of it has to know', () => {
    expect(JSON.stringify(reportJsonSchema()).match(/"description"/g)?.length).toBeGreaterThanOrEqual(30);
  });
});
