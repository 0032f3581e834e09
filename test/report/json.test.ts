import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { renderJson } from '../../src/report/json.ts';
import { entry, report, situations } from './situations.ts';

describe('the JSON report', () => {
  it('is one object, or an array when several buckets were named', () => {
    const [one] = situations['healthy']!;
    expect(JSON.parse(renderJson([one!], { array: false }))).toEqual(one);
    expect(JSON.parse(renderJson([one!], { array: true }))).toEqual([one]);
    const several = situations['several-buckets']!;
    expect(JSON.parse(renderJson(several, { array: true }))).toEqual(several);
  });

  it('is indented, and ends with a line feed', () => {
    expect(renderJson(situations['healthy']!, { array: false })).toMatch(/^\{\n {2}"schemaVersion": 1,\n[^]*\n\}\n$/);
  });

  it('has any key exactly, and shows a terminal nothing that it would obey', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (key) => {
        const text = renderJson([report([entry(key, 'foreign')], [])], { array: false });
        expect(text).not.toMatch(/[^\P{Cc}\n]|[\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect((JSON.parse(text) as { entries: { name: string }[] }).entries[0]?.name).toBe(key);
      }),
    );
  });
});
