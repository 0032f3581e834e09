import { readFile } from 'node:fs/promises';
import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { explainKind, listKinds, pageOf } from '../../src/entry/explain.ts';
import { isKind, kinds } from '../../src/findings/kinds.ts';

const all = Object.keys(kinds).filter(isKind);

describe('explaining', () => {
  it.each(all)('%s tells what its page tells', async (kind) => {
    const page = await readFile(pageOf(kind), 'utf8');
    const text = await explainKind(kind, { width: 80, colour: false });
    const words = (one: string) => one.match(/[a-z]{4,}/gi)?.filter((word) => word !== 'https') ?? [];
    expect(text.length).toBeGreaterThan(200);
    expect(words(page)).toEqual(expect.arrayContaining(words(text)));
  });

  it('lists the kinds, one on each line, that fit into 80 columns', () => {
    const lines = listKinds({ colour: false }).split('\n');
    expect(lines.filter((line) => /^(error|warning|note) /.test(line))).toHaveLength(all.length);
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
  });

  it('lists the same with colours', () => {
    expect(stripVTControlCharacters(listKinds({ colour: true }))).toBe(listKinds({ colour: false }));
  });
});
