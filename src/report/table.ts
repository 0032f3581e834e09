import { displayText } from '../findings/display.ts';
import type { Report, Verdict } from '../findings/report.ts';
import { humanAge, humanNumber } from '../findings/units.ts';
import type { Colours } from './colours.ts';
import { marks, needsEye, oddRowsOf, rowsOf, sizeTexts, type Mark, type Row } from './rows.ts';
import { padEnd, padStart, shorten, widthOf, wrap } from './width.ts';

/** A stream, a tenant or a place of Parseable's own about which there is something to tell is not as it should be. */
const markOf = ({ entry, severity }: Row): Mark => {
  const mark = marks[entry.verdict];
  if (mark !== '=') return mark;
  return severity === 'error' ? '!' : '+';
};

/** Rows that are shown one by one; of a bucket with a thousand accidents a screen is enough, the JSON has them all. */
const rowsShown = 20;

const fine: readonly Verdict[] = ['tenant', 'stream', 'deployment', 'allowed'];

export interface TableOptions {
  width: number;
  now: Date;
  colours: Colours;
  /** Leaves out what lies at the root of every deployment, where nothing else is to be told. */
  brief: boolean;
}

/** Every row of a report: those that need an eye first and one by one, the others folded, a line for each verdict. */
export function tableOf(report: Report, options: TableOptions): string[] {
  const rows = rowsOf(report);
  const odd = oddRowsOf(rows);
  const folded = rows.filter((row) => !needsEye(row));
  return [...(odd.length === 0 ? [] : oddRows(odd, options)), ...foldedRows(folded, options)];
}

interface Column {
  title: string;
  right: boolean;
  cell: (row: Row, now: Date) => string;
}

const none = '-';

const verdictColumn: Column = { title: 'VERDICT', right: false, cell: ({ entry }) => entry.verdict };
const nameColumn: Column = { title: 'NAME', right: false, cell: ({ entry }) => displayText(entry.name) };
const figureColumns: readonly Column[] = [
  {
    title: 'OBJECTS',
    right: true,
    cell: ({ size }) => sizeTexts(size, none).objects,
  },
  {
    title: 'SIZE',
    right: true,
    cell: ({ size }) => sizeTexts(size, none).bytes,
  },
  {
    title: 'NEWEST',
    right: true,
    cell: ({ entry: { newest } }, now) => (newest === null ? none : humanAge(newest, now)),
  },
];
const writerColumn: Column = {
  title: 'WRITER',
  right: false,
  cell: ({ entry: { likelyWriter } }) => (likelyWriter === null ? none : displayText(likelyWriter)),
};

const gap = '  ';
const verdictWidth = 12;
const narrowestName = 16;

function oddRows(odd: readonly Row[], { width, now, colours }: TableOptions): string[] {
  const shown = odd.slice(0, rowsShown);
  const writers = shown.some(({ entry }) => entry.likelyWriter !== null) ? [writerColumn] : [];
  const sized = [...figureColumns, ...writers].map((column) => {
    const cells = shown.map((row) => column.cell(row, now));
    return { column, cells, fit: Math.max(...[column.title, ...cells].map(widthOf)) };
  });
  const names = shown.map((row) => nameColumn.cell(row, now));
  const wanted = Math.max(...[nameColumn.title, ...names].map(widthOf));
  const roomFor = (others: typeof sized) =>
    width - 3 - verdictWidth - gap.length - others.reduce((sum, { fit }) => sum + gap.length + fit, 0);
  // On a narrow terminal the figures go, the last first: the name is what one looks for.
  while (sized.length > 0 && roomFor(sized) < Math.min(wanted, narrowestName)) sized.pop();
  const nameWidth = Math.max(1, Math.min(wanted, roomFor(sized)));
  const render = (verdict: string, name: string, others: string[]): string =>
    [
      padEnd(verdict, verdictWidth),
      padEnd(shorten(name, nameWidth), nameWidth),
      ...sized.map(({ column, fit }, i) => (column.right ? padStart : padEnd)(others[i] ?? '', fit)),
    ]
      .join(gap)
      .trimEnd();
  const header = render(
    verdictColumn.title,
    nameColumn.title,
    sized.map(({ column }) => column.title),
  );
  const lines = [colours.faint(`   ${header}`)];
  shown.forEach((row, at) => {
    const { entry, severity } = row;
    const mark = markOf(row);
    const line = render(
      entry.verdict,
      names[at] ?? '',
      sized.map(({ cells }) => cells[at] ?? ''),
    );
    lines.push(` ${severity === null ? mark : colours.severity[severity](mark)} ${line}`);
  });
  const left = odd.length - shown.length;
  if (left > 0) {
    lines.push(...wrap(`and ${humanNumber(left)} more rows like these: --format json has them all`, width, '   '));
  }
  return lines;
}

/** What needs no eye: pending `~`, fine `=`, and last what is known or of no kind that is told ` `. A line for each sort and verdict. */
function foldedRows(rows: readonly Row[], { width, colours, brief }: TableOptions): string[] {
  const sorts = new Map<string, { mark: string; verdict: Verdict; names: string[] }>();
  for (const { entry, pending } of rows) {
    const { verdict, name } = entry;
    const mark = pending ? '~' : marks[verdict] === '=' ? '=' : ' ';
    const sort = sorts.get(mark + verdict) ?? { mark, verdict, names: [] };
    sorts.set(mark + verdict, sort);
    sort.names.push(name);
  }
  const order = ({ mark, verdict }: { mark: string; verdict: Verdict }) =>
    mark === ' ' ? fine.length : fine.indexOf(verdict);
  return [...sorts.values()]
    .filter(({ verdict }) => !(brief && verdict === 'deployment'))
    .toSorted((a, b) => order(a) - order(b) || (a.verdict < b.verdict ? -1 : 1))
    .map(({ mark, verdict, names }) =>
      colours.faint(
        ` ${mark} ${padEnd(verdict, verdictWidth)}${gap}${listed(names, width - 3 - verdictWidth - gap.length)}`,
      ),
    );
}

const longestListed = 30;
const narrowestListed = 6;

/** As many names as fit into a line, and how many there are besides. */
export function listed(names: readonly string[], width: number): string {
  const shown: string[] = [];
  let used = 0;
  for (const name of names) {
    const left = names.length - shown.length - 1;
    const rest = left === 0 ? 0 : gap.length + andMore(left).length;
    // The first is shown in any case, shortened if need be.
    const short = shorten(displayText(name), Math.max(narrowestListed, Math.min(longestListed, width - rest)));
    const length = (shown.length === 0 ? 0 : gap.length) + widthOf(short);
    if (shown.length > 0 && used + length + rest > width) break;
    shown.push(short);
    used += length;
  }
  const left = names.length - shown.length;
  return [...shown, ...(left === 0 ? [] : [andMore(left)])].join(gap);
}

const andMore = (count: number): string => `and ${humanNumber(count)} more`;
