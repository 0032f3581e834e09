import { severities } from '../../findings/kinds.ts';
import type { Finding, Report, Verdict } from '../../findings/report.ts';
import { humanAge, humanBytes, humanCount, humanNumber } from '../../findings/units.ts';
import { findingId, partId, rowId } from './ids.ts';
import { markup, keyOf, type Html } from './markup.ts';
import type { Row } from './rows.ts';
import { signOf, toneOf } from './tones.ts';

/** By what the script sorts a column: the order of the report, or `data-v` of the cell (else its text), as text or as a number. */
type Order = 'given' | 'text' | 'number';

interface Column {
  title: string;
  order: Order;
  /** Figures stand at the right. */
  figures?: true;
  cell: (row: Row, report: Report, bucket: number) => Html;
}

const none = markup`<td class="none">–</td>`;
const noFigure = markup`<td class="n none">–</td>`;

const figure = (value: number | null, exact: boolean, text: (value: number) => string): Html =>
  value === null ? noFigure : markup`<td class="n" data-v="${value}">${exact ? '' : '≥ '}${text(value)}</td>`;

const ages: Column['cell'] = ({ entry: { newest } }, { startedAt }) =>
  newest === null
    ? noFigure
    : markup`<td class="n" data-v="${Date.parse(newest)}">
<time datetime="${newest}">${humanAge(newest, new Date(startedAt))}</time>
</td>`;

const statusText = ({ status, severity }: Finding): string =>
  status === 'pending' || status === 'known' ? status : severity;

const told: Column['cell'] = ({ findings, severity }, report, bucket) => {
  const all = findings.flatMap((number) => {
    const finding = report.findings[number];
    return finding === undefined ? [] : [{ number, finding }];
  });
  if (all.length === 0) return none;
  const grave = severity === null ? -1 : severities.indexOf(severity);
  return markup`<td data-v="${grave + 1}">
${all.map(({ number, finding }, at) => markup`${at > 0 && ', '}<a href="#${findingId(bucket, number)}">${statusText(finding)}: ${finding.kind}</a>`)}
</td>`;
};

const always: readonly Column[] = [
  {
    title: 'Verdict',
    order: 'text',
    cell: ({ entry: { verdict } }) =>
      markup`<td data-v="${verdict}">
<span class="badge ${toneOf[verdict]}">${signOf[toneOf[verdict]]} ${verdict}</span>
</td>`,
  },
  {
    title: 'Objects',
    order: 'number',
    figures: true,
    cell: ({ objects, exact }) => figure(objects, exact, humanNumber),
  },
  {
    title: 'Size',
    order: 'number',
    figures: true,
    cell: ({ bytes, exact }) => figure(bytes, exact, humanBytes),
  },
  { title: 'Age of the newest', order: 'number', figures: true, cell: ages },
];
const writer: Column = {
  title: 'Likely writer',
  order: 'text',
  cell: ({ entry: { likelyWriter } }) => (likelyWriter === null ? none : markup`<td>${likelyWriter}</td>`),
};
const metadata: Column = {
  title: 'Metadata',
  order: 'text',
  cell: ({ entry: { metadataVersion } }) => (metadataVersion === null ? none : markup`<td>${metadataVersion}</td>`),
};
const findings: Column = { title: 'Findings', order: 'number', cell: told };

const columnsOf = (rows: readonly Row[]): Column[] => [
  ...always,
  ...(rows.some(({ entry }) => entry.likelyWriter !== null) ? [writer] : []),
  ...(rows.some(({ entry }) => entry.metadataVersion !== null) ? [metadata] : []),
  ...(rows.some((row) => row.findings.length > 0) ? [findings] : []),
];

const rowHtml = (row: Row, columns: readonly Column[], report: Report, bucket: number): Html =>
  markup`<tr id="${rowId(bucket, row.at)}">
<th scope="row">${keyOf(row.entry.name)}</th>
${columns.map(({ cell }) => cell(row, report, bucket))}
</tr>
`;

function filters(rows: readonly Row[], bucket: number): Html {
  const counts = new Map<Verdict, number>();
  for (const { entry } of rows) counts.set(entry.verdict, (counts.get(entry.verdict) ?? 0) + 1);
  const verdict = partId(bucket, 'verdict');
  const text = partId(bucket, 'text');
  return markup`<div class="filters" data-script hidden>
<div class="field">
<label for="${text}">Find</label><input id="${text}" type="search" autocomplete="off" spellcheck="false" />
</div>
<div class="field">
<label for="${verdict}">Show</label><select id="${verdict}">
<option value="">every verdict</option>
<option value="*">with findings</option>
${[...counts].map(([one, count]) => markup`<option value="${one}">${one} (${humanNumber(count)})</option>`)}
</select>
</div>
</div>`;
}

/**
 * The table of entries: all rows in the order of the report. The script sorts and filters it, and keeps a page of rows in the
 * document at a time.
 */
export function entriesOf(report: Report, rows: readonly Row[], bucket: number): Html | null {
  if (rows.length === 0) return null;
  const columns = columnsOf(rows);
  const heading = partId(bucket, 'entries');
  return markup`<section class="part" data-table>
<div class="bar">
<h3 id="${heading}" tabindex="-1">Entries</h3>
${filters(rows, bucket)}
</div>
<div class="scroll" role="group" aria-label="Table of entries" tabindex="0">
<table>
<caption>
${humanCount(rows.length, 'entry', 'entries')}: every prefix and object at the root, and what lies directly in a tenant
</caption>
<thead>
<tr>
<th scope="col" data-order="given" aria-sort="ascending">Name</th>
${columns.map(({ title, order, figures }) => markup`<th scope="col" data-order="${order}"${figures === true && markup` class="n"`}>${title}</th>`)}
</tr>
</thead>
<tbody>
${rows.map((row) => rowHtml(row, columns, report, bucket))}
</tbody>
</table>
</div>
<div class="pager" data-script hidden>
<p role="status" data-count></p>
<div class="steps" data-steps hidden>
<button type="button" data-step="-1">Earlier rows</button><button type="button" data-step="1">Later rows</button>
</div>
</div>
</section>`;
}
