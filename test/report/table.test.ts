import { describe, expect, it } from 'vitest';
import { coloursFor } from '../../src/report/colours.ts';
import { listed, tableOf } from '../../src/report/table.ts';
import { entry, finding, now, report } from './situations.ts';

const tableAt = (width: number, ...[entries, findings]: Parameters<typeof report>) =>
  tableOf(report(entries, findings), { width, now, colours: coloursFor(false), brief: false });
const table = (...all: Parameters<typeof report>) => tableAt(80, ...all);

describe('the rows of a table', () => {
  it('stand gravest first, and what is not known stands before what is only noted', () => {
    const rows = table(
      [entry('a/', 'marker'), entry('b/', 'unknown'), entry('c/', 'foreign'), entry('d/', 'corrupt')],
      [finding('folder-marker', 'a/'), finding('foreign-prefix', 'c/'), finding('stream-metadata-corrupt', 'd/')],
    );
    expect(rows.slice(1).map((row) => row.slice(0, 12).trim())).toEqual([
      '! corrupt',
      '+ foreign',
      '? unknown',
      '+ marker',
    ]);
  });

  it.each(['before', 'after'])('are as grave as the gravest finding, which may stand %s a lighter one', (place) => {
    const grave = finding('tenant-stream-collision', 'acme/');
    const light = finding('stream-metadata-base-missing', 'acme/');
    const findings = place === 'before' ? [grave, light] : [light, grave];
    expect(table([entry('acme/', 'stream')], findings)[1]).toMatch(/^ ! stream/);
  });

  it('of what is fine but for a note need an eye, too', () => {
    expect(table([entry('web/', 'stream')], [finding('stream-metadata-base-missing', 'web/')])[1]).toMatch(
      /^ \+ stream/,
    );
  });

  it('about which all is known of old are folded with what is fine', () => {
    const known = finding('stream-metadata-base-missing', 'web/', { status: 'known' });
    expect(table([entry('web/', 'stream')], [known])).toEqual([' = stream        web/']);
  });

  it('that are fine are a line for each sort: tenants, streams, what is Parseable’s own, what is allowed', () => {
    const pending = (name: string) => finding('orphaned-stream-data', name, { status: 'pending' });
    const rows = table(
      [
        entry('x/', 'allowed'),
        entry('.parseable/', 'deployment'),
        entry('web/', 'stream'),
        entry('acme/', 'tenant'),
        entry('q/', 'orphaned'),
        entry('p/', 'leftover'),
      ],
      [pending('q/'), pending('p/')],
    );
    expect(rows).toEqual([
      ' ~ leftover      p/',
      ' ~ orphaned      q/',
      ' = tenant        acme/',
      ' = stream        web/',
      ' = deployment    .parseable/',
      ' = allowed       x/',
    ]);
  });
});

describe('the columns of a table', () => {
  const figures = { objects: 7, bytes: 1_100_000, newest: now.toISOString() };
  const long = 'a-prefix-with-a-rather-long-name/';
  const found = (name: string) => finding('foreign-prefix', name);

  it('name a writer where one row has one', () => {
    const [header, first, second] = table(
      [entry('a/', 'foreign', { likelyWriter: 'restic' }), entry('b/', 'foreign')],
      [found('a/'), found('b/')],
    );
    expect(header).toMatch(/NEWEST {2}WRITER$/);
    expect(first).toMatch(/ restic$/);
    expect(second).toMatch(/ -$/);
    expect(table([entry('a/', 'foreign')], [found('a/')])[0]).toMatch(/NEWEST$/);
  });

  it('of figures go where there is no room, the last first: the name is looked for', () => {
    const at = (width: number) => tableAt(width, [entry(long, 'foreign', figures)], [found(long)]);
    expect(at(80)[1]).toContain(`${long}        7  1.1 MB  seconds`);
    expect(at(50)[0]).not.toContain('NEWEST');
    expect(at(50)[0]).toContain('OBJECTS');
    expect(at(35)[0]).toBe('   VERDICT       NAME');
    for (const width of [20, 1]) expect(at(width)).toHaveLength(2);
  });
});

describe('a list of names in a line', () => {
  it.each([
    [['aaaa', 'bbbb', 'cccc'], 22, 'aaaa  bbbb  cccc'],
    [['aaaa', 'bbbb', 'cccc', 'dddd'], 22, 'aaaa  bbbb  and 2 more'],
    [['aaaa', 'bbbb', 'cccc', 'dddd'], 21, 'aaaa  and 3 more'],
    [['aaaa', 'bbbb', 'cccc', 'dddd'], 3, 'aaaa  and 3 more'],
    [['a-name-of-thirty-one-characters'], 80, 'a-name-of-thirt…one-characters'],
    [['a-long-name/', 'b'], 20, 'a-lo…me/  b'],
    [[], 20, ''],
  ])('%j in %i columns: %s', (names, width, line) => {
    expect(listed(names, width)).toBe(line);
  });
});
