import type { Report } from '../../findings/report.ts';
import { humanAge, humanNumber } from '../../findings/units.ts';
import { needsEye, oddRowsOf, rowsOf, sizeTexts, type Row } from '../rows.ts';
import { codeInCell, folded } from './escape.ts';

/** Rows that are shown one by one, and names of each sort that are fine. The JSON has them all. */
const rowsShown = 50;
const namesShown = 50;

interface Column {
  title: string;
  right: boolean;
  cell: (row: Row, now: Date) => string;
}

const none = '–';

const columns: readonly Column[] = [
  { title: '', right: false, cell: ({ severity }) => severity ?? '?' },
  { title: 'Verdict', right: false, cell: ({ entry }) => entry.verdict },
  { title: 'Name', right: false, cell: ({ entry }) => codeInCell(entry.name) },
  {
    title: 'Objects',
    right: true,
    cell: ({ size }) => sizeTexts(size, none).objects,
  },
  {
    title: 'Size',
    right: true,
    cell: ({ size }) => sizeTexts(size, none).bytes,
  },
  {
    title: 'Newest',
    right: true,
    cell: ({ entry }, now) => (entry.newest === null ? none : humanAge(entry.newest, now)),
  },
];
const writerColumn: Column = {
  title: 'Writer',
  right: false,
  cell: ({ entry }) => (entry.likelyWriter === null ? none : codeInCell(entry.likelyWriter)),
};

/** Cells → a table of Markdown, its head first. */
export const tableOf = (head: readonly { title: string; right: boolean }[], body: readonly string[][]): string =>
  [head.map(({ title }) => title), head.map(({ right }) => (right ? '--:' : '---')), ...body]
    .map((cells) => `| ${cells.join(' | ')} |`)
    .join('\n');

/** The rows that need an eye as a table, then, folded, the names of all others. Blocks of Markdown, none where there is no row. */
export function entriesOf(report: Report, now: Date): string[] {
  const rows = rowsOf(report);
  const odd = oddRowsOf(rows);
  const others = Map.groupBy(
    rows.filter((row) => !needsEye(row)),
    ({ entry, pending }) => `${entry.verdict}${pending ? ', pending' : ''}`,
  );
  return [...(odd.length === 0 ? [] : oddTable(odd, now)), ...(others.size === 0 ? [] : [foldedNames(others)])];
}

function oddTable(odd: readonly Row[], now: Date): string[] {
  const shown = odd.slice(0, rowsShown);
  const all = shown.some(({ entry }) => entry.likelyWriter !== null) ? [...columns, writerColumn] : columns;
  const left = odd.length - shown.length;
  return [
    tableOf(
      all,
      shown.map((row) => all.map(({ cell }) => cell(row, now))),
    ),
    ...(left > 0 ? [`And ${humanNumber(left)} more rows like these: the JSON report has them all.`] : []),
  ];
}

function foldedNames(groups: ReadonlyMap<string, readonly Row[]>): string {
  const sorts = [...groups].toSorted(([a], [b]) => (a < b ? -1 : 1));
  const title = sorts.map(([sort, rows]) => `${humanNumber(rows.length)} ${sort}`).join(', ');
  const points = sorts.map(([sort, rows]) => {
    const left = rows.length - namesShown;
    const names = rows.slice(0, namesShown).map(({ entry }) => codeInCell(entry.name));
    return `- ${sort}: ${[...names, ...(left > 0 ? [`and ${humanNumber(left)} more`] : [])].join(' ')}`;
  });
  return folded(`Besides: ${title}`, points.join('\n'));
}
