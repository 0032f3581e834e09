import { listPrice } from '../../src/findings/costs.ts';
import { describe, expect, it } from 'vitest';
import { assembleReport } from '../../src/history/assemble.ts';
import { judge } from '../../src/history/judge.ts';
import { version } from '../../src/version.ts';
import { backups, candidate, entry, orphan, outcome, start } from './fixtures.ts';

describe('the report', () => {
  it('orders rows by name and findings by subject and kind, in UTF-8 bytes', () => {
    const seen = outcome(
      start,
      [
        candidate('foreign-prefix', '😀/'),
        candidate('foreign-prefix', '\uffee/'),
        candidate('stream-leftover', 'a/'),
        candidate('foreign-prefix', 'a/'),
      ],
      { entries: [entry('b/', 'stream'), entry('😀/', 'foreign'), entry('\uffee/', 'foreign'), entry('B/', 'stream')] },
    );
    const report = assembleReport(seen, judge(null, seen, start));
    expect(report.entries.map(({ name }) => name)).toEqual(['B/', 'b/', '\uffee/', '😀/']);
    expect(report.findings.map(({ subject, kind }) => `${subject} ${kind}`)).toEqual([
      'a/ foreign-prefix',
      'a/ stream-leftover',
      '\uffee/ foreign-prefix',
      '😀/ foreign-prefix',
    ]);
  });

  it('says which program made it, in which form', () => {
    const { schemaVersion, tool } = assembleReport(outcome(start), []);
    expect({ schemaVersion, tool }).toEqual({ schemaVersion: 1, tool: { name: 'bucket-hygiene', version } });
  });

  it('counts what is neither known nor pending, and adds up the rows that have figures', () => {
    const seen = outcome(start, [backups, orphan(start), candidate('not-parseable', '/')], {
      entries: [
        entry('a/', 'stream'),
        entry('backups/', 'foreign', { objects: 7, bytes: 1_100 }),
        entry('wide/', 'orphaned', { objects: 3, bytes: 5 }),
      ],
    });
    const findings = judge(null, seen, start);
    expect(assembleReport(seen, findings).summary).toEqual({
      error: 1,
      warning: 1,
      note: 0,
      entries: 3,
      objects: 10,
      bytes: 1_105,
      alien: { objects: 7, bytes: 1_100, sizeComplete: true, costPerMonth: 0, price: listPrice },
    });
    const known = findings.map((one) => ({ ...one, status: 'known' as const }));
    expect(assembleReport(seen, known).summary).toMatchObject({ error: 0, warning: 0 });
  });
});
