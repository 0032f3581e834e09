import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { consequences, type Conditions, type Consequence } from '../../src/findings/consequences.ts';
import { isKind, kinds, type Kind } from '../../src/findings/kinds.ts';
import { compareVersions } from '../../src/findings/version.ts';

const folder = new URL('../../docs/findings/', import.meta.url);
const all = Object.keys(kinds).filter(isKind);
const pageOf = (name: string): string => readFileSync(new URL(`${name}.md`, folder), 'utf8');

const sections = [
  'What it means',
  'Why it matters',
  'Common causes',
  'How to check by hand',
  'What to do',
  'When it is a false alarm',
];

/** Heading → what stands below it. */
const sectionsOf = (page: string): [string, string][] =>
  page
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text.slice(text.indexOf('\n')).trim()]);

/** The cells of every table row but the head. */
const tableOf = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .filter((_, index) => index > 1)
    .map((line) =>
      line
        .slice(1, -1)
        .split('|')
        .map((cell) => cell.trim()),
    );

const blocksOf = (page: string): string[] =>
  [...page.matchAll(/^ *```sh\n([^]*?)^ *```$/gm)].map(([, block = '']) => block);

const commandsOf = (page: string): string[] =>
  blocksOf(page)
    .join('')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

const rowsOf = (kind: Kind): Consequence[] => consequences.filter((row) => row.kind === kind);

const names = [
  'multiTenant',
  'hidden',
  'inTenant',
  'damage',
  'retention',
  'taken',
  'zstd',
] as const satisfies (keyof Conditions)[];

/** Whatever meets `row` meets `wider` as well. */
const isWider = (wider: Consequence, row: Consequence): boolean =>
  names.every((name) => wider[name] === undefined || wider[name] === row[name]);

const rangeWords = (from: string | undefined, before: string | undefined): string => {
  if (from === undefined) return before === undefined ? 'any' : `before ${before}`;
  return before === undefined ? `${from} and newer` : `${from} to before ${before}`;
};

const overlap = (one: Consequence, other: Consequence): boolean =>
  (one.before === undefined || other.from === undefined || compareVersions(other.from, one.before) < 0) &&
  (other.before === undefined || one.from === undefined || compareVersions(one.from, other.before) < 0);

/** For which servers a row of the table counts, given the rows above it: the first that fits does. */
function serverWords(row: Consequence, above: readonly Consequence[]): string {
  const floor = above
    .filter((one) => one.before !== undefined && isWider(one, row))
    .reduce<string | undefined>((covered, { from, before }) => (from === covered ? before : covered), undefined);
  const effective = row.from === undefined && floor !== undefined ? { ...row, from: floor } : row;
  const words = [rangeWords(effective.from, effective.before)];
  if (row.multiTenant !== undefined) words.push(row.multiTenant ? 'multi-tenant' : 'single-tenant');
  if (row.hidden !== undefined) words.push(row.hidden ? 'hidden' : 'not hidden');
  if (row.inTenant !== undefined) words.push(row.inTenant ? 'in a tenant' : 'at the root');
  if (row.damage !== undefined && row.damage !== null) words.push(`file ${row.damage}`);
  if (row.retention !== undefined) words.push(row.retention ? 'with retention' : 'without retention');
  if (row.taken !== undefined) words.push(row.taken ? 'taken for a day' : 'not taken for a day');
  if (row.zstd !== undefined) words.push(row.zstd ? 'zstd manifests' : 'hidden folder');
  if (above.some((one) => isWider(row, one) && overlap(one, effective))) words.push('otherwise');
  return words.join(', ');
}

/** The table of a page, as the consequences tell it. */
const expectedTable = (kind: Kind): string[][] =>
  rowsOf(kind).map((row, index, rows) => [serverWords(row, rows.slice(0, index)), row.happens]);

/** `warning; error for servers before 1.6.3 and in multi-tenant buckets`, `warning; error where the stream sets a retention` */
function severityWords(kind: Kind): string {
  const usual = kinds[kind].severity;
  const graver = rowsOf(kind).filter(({ severity }) => severity !== undefined && severity !== usual);
  const plain = graver.filter(({ multiTenant, retention }) => multiTenant === undefined && retention === undefined);
  const parts: string[] = [];
  const [first] = plain;
  const last = plain.at(-1);
  if (first !== undefined) parts.push(`for servers ${rangeWords(first.from, last?.before)}`);
  if (graver.some(({ multiTenant }) => multiTenant === true)) parts.push('in multi-tenant buckets');
  if (graver.some(({ retention }) => retention === true)) parts.push('where the stream sets a retention');
  return parts.length === 0 ? usual : `${usual}; ${graver[0]?.severity ?? usual} ${parts.join(' and ')}`;
}

describe('the pages of the findings', () => {
  it('has one for each kind, and none without', () => {
    const pages = readdirSync(folder).filter((name) => name !== 'README.md');
    expect(pages.toSorted()).toEqual(all.map((kind) => `${kind}.md`).toSorted());
  });

  it('names every kind in its index, with its severity', () => {
    const rows = tableOf(pageOf('README'));
    expect(rows.map(([kind, severity]) => [kind, severity])).toEqual(
      all.map((kind) => [`[${kind}](${kind}.md)`, severityWords(kind)]),
    );
    for (const [, , line] of rows) expect(line).toMatch(/\w/);
  });

  it.each(all)('%s begins with its name and severity', (kind) => {
    expect(pageOf(kind).split('\n').slice(0, 4)).toEqual([`# ${kind}`, '', `Severity: ${severityWords(kind)}`, '']);
  });

  it.each(all)('%s has every section, and something in each', (kind) => {
    const found = sectionsOf(pageOf(kind));
    expect(found.map(([heading]) => heading)).toEqual(sections);
    for (const [, text] of found) expect(text).toMatch(/\w/);
  });

  it.each(all)('%s tells what servers do, as the consequences have it', (kind) => {
    const text = new Map(sectionsOf(pageOf(kind))).get('Why it matters') ?? '';
    expect(text).toMatch(/^\w/);
    expect(text).toMatch(/^\| *server *\| *what it does *\|$/m);
    expect(tableOf(text)).toEqual(expectedTable(kind));
  });

  it.each(all)('%s leads on to pages that exist', (kind) => {
    const targets = [...pageOf(kind).matchAll(/\]\(([a-z-]+)\.md\)/g)].map(([, target]) => target);
    expect(all).toEqual(expect.arrayContaining(targets));
  });

  it.each(all)('%s shows commands that a shell understands', (kind) => {
    const blocks = blocksOf(pageOf(kind));
    expect(blocks.length).toBeGreaterThan(0);
    for (const input of blocks) {
      const { status, stderr } = spawnSync('bash', ['-n'], { input, encoding: 'utf8' });
      expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    }
  });

  it.each(all)('%s shows no command that deletes, or prints what holds secrets', (kind) => {
    const prints = /^(aws s3 cp .* -( |$)|aws s3api get-object |mc (cat|head|cp) )/;
    // Manifests tell smallest and greatest values of what was logged: what is shown of them is the start, or what jq picks.
    const harmless =
      /\/\.stream\/\.(stream\.json|schema)\b|manifest\.json - \| (jq |head -c 4 )|manifest\.json \| (jq |head -c 4 )/;
    for (const command of commandsOf(pageOf(kind))) {
      expect(command).toMatch(/^(aws|mc|npx bucket-hygiene audit) /);
      expect(command).not.toMatch(/\b(rm|rb|mv|delete-\w+)\b|--(delete|remove)\b/);
      if (prints.test(command)) expect(command).toMatch(harmless);
    }
  });
});
