import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { compile } from '../../src/writers/pieces.ts';
import { isWriter, writerName, writers } from '../../src/writers/writers.ts';

const page = readFileSync(new URL('../../docs/writers.md', import.meta.url), 'utf8');
const ids = Object.keys(writers).filter(isWriter);
const code = (text: string) => `\`${text}\``;

/** The rows of the page: id, name with its source, marks, what to know. */
const expectedRows = ids.map((id) => {
  const { name, source, marks, note, contains, shared } = writers[id];
  const signs =
    shared === true && contains !== undefined
      ? `those of ${contains.map(code).join(', ')}`
      : marks.map((templates) => templates.map(code).join(' with ')).join('; or ');
  return `| ${code(id)} | [${name}](${source}) | ${signs} | ${note ?? ''} |`.replaceAll(/ +/g, ' ');
});

describe('the table of writers', () => {
  it.each(ids)('%s has an id, a name and a source that a report can show', (id) => {
    expect(id).toMatch(/^[a-z0-9]+(-[a-z0-9]+)*$/);
    expect(writerName(id)).toMatch(/^\S.*\S$/);
    expect(writers[id].source).toMatch(/^https:\/\/\S+$/);
  });

  it.each(ids)('%s contains writers that there are', (id) => {
    for (const part of writers[id].contains ?? []) expect(isWriter(part) && part !== id).toBe(true);
  });

  it('is the one of the page, word for word', () => {
    const rows = page.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows.map((row) => row.replaceAll(/ +/g, ' '))).toEqual(expectedRows);
  });
});

describe('a template', () => {
  it('takes text as it stands', () => {
    expect(new RegExp(`^${compile('a.b+(c)').pattern}$`).test('a.b+(c)')).toBe(true);
    expect(new RegExp(`^${compile('a.b').pattern}$`).test('axb')).toBe(false);
  });
  it('knows how many segments it has', () => {
    expect(compile('config').segments).toEqual([1, 1]);
    expect(compile('data/{sharded64}').segments).toEqual([3, 3]);
    expect(compile('AWSLogs/{owner}/x').segments).toEqual([3, 4]);
    expect(compile('a/**')).toMatchObject({ segments: [2, Infinity], literal: 'a/' });
  });
  it('refuses a piece that there is not', () => {
    expect(() => compile('a/{no}')).toThrow('there is no piece {no}');
  });
});
