import { remedyParts } from '../../findings/commands.ts';
import { isOfBucket } from '../../findings/describe.ts';
import { displayText } from '../../findings/display.ts';
import { kinds, type Severity } from '../../findings/kinds.ts';
import type { Finding, Report } from '../../findings/report.ts';
import { humanCount, humanNumber } from '../../findings/units.ts';
import { isOpen } from '../summary.ts';
import { evidenceOf } from './evidence.ts';
import { groupsOf, numbered, type Group, type Numbered } from './groups.ts';
import { findingId, partId, rowId } from './ids.ts';
import { markup, keyOf, proseWith, type Html } from './markup.ts';
import type { Row } from './rows.ts';

/** What a card leads to. */
interface Place {
  bucket: number;
  /** Numbers of the rows, by name. */
  rows: ReadonlyMap<string, number>;
}

/** Of a kind so many stand open; the next ones are folded, and beyond these a line for each is enough. */
const openCards = 6;
const mostCards = 100;

const dayOf = (time: string): Html => markup`<time datetime="${time}">${time.slice(0, 10)}</time>`;

/** The title with the name in it set off; it ends with the name, where it has one. */
function titleOf({ title, subject }: Finding): Html {
  const name = displayText(subject);
  return title.endsWith(` ${name}`) ? markup`${title.slice(0, -name.length)}${keyOf(subject)}` : markup`${title}`;
}

const statusOf = ({ status, firstSeen, evidence }: Finding): Html =>
  markup`<span class="status">${evidence.again === true ? 'back again' : status}</span> first seen ${dayOf(firstSeen)}`;

/** What to do, each command by itself, so that it can be copied whole. */
export const remedyOf = ({ remedy, subject }: Pick<Finding, 'remedy' | 'subject'>): Html =>
  markup`<div class="remedy">
${remedyParts(remedy).map(({ command, text }) =>
  command ? markup`<pre><code>${text}</code></pre>` : markup`<p>${proseWith(text, subject)}</p>`,
)}
</div>`;

/** How a card stands among others: below which heading, and what is said there already. */
interface Setting {
  level: 5 | 6;
  /** The consequence is told above, for all of a kind. */
  whyTold: boolean;
  severityTold: boolean;
}

function cardOf({ finding, at }: Numbered, { bucket, rows }: Place, { level, whyTold, severityTold }: Setting): Html {
  const id = findingId(bucket, at);
  const row = rows.get(finding.subject);
  const title = `${id}-title`;
  const severity = markup`<span class="severity ${finding.severity}">${finding.severity}</span> `;
  return markup`<article class="card ${finding.severity}" id="${id}" aria-labelledby="${title}">
<h${level} id="${title}">${titleOf(finding)}</h${level}>
<p class="meta">${!severityTold && severity}${statusOf(finding)}${row !== undefined && markup` <a href="#${rowId(bucket, row)}">in the table</a>`}</p>
<p>${proseWith(finding.message, finding.subject)}</p>
${!whyTold && markup`<p>${proseWith(finding.why, finding.subject)}</p>`}
${remedyOf(finding)}
${evidenceOf(finding.evidence)}
</article>
`;
}

/** A finding in a line, without its remedy. */
const lineOf = ({ finding, at }: Numbered, { bucket }: Place): Html =>
  markup`<li id="${findingId(bucket, at)}">
${isOfBucket(finding) ? finding.title : keyOf(finding.subject)}
<span class="meta">${finding.kind}, first seen ${dayOf(finding.firstSeen)}</span>
</li>
`;

/** Several findings of a kind: what they have in common once, then each. */
function groupHtml({ kind, severity, all }: Group, place: Place): Html {
  const [{ finding: first }] = all;
  const whyTold = all.every(({ finding }) => finding.why === first.why);
  const cards = (some: readonly Numbered[]) =>
    markup`<div class="cards">${some.map((one) => cardOf(one, place, { level: 6, whyTold, severityTold: true }))}</div>`;
  const folded = all.slice(openCards, mostCards);
  const lines = all.slice(mostCards);
  const heading = partId(place.bucket, `${severity}-${kind}`);
  return markup`<section class="group">
<h5 id="${heading}">${kinds[kind].title} <span class="count">${humanNumber(all.length)}</span></h5>
${whyTold && markup`<p class="why">${first.why}</p>`} ${cards(all.slice(0, openCards))}
${
  folded.length > 0 &&
  markup`<details class="more">
<summary>${humanNumber(folded.length)} more of this kind</summary>
${cards(folded)}
</details>`
}
${
  lines.length > 0 &&
  markup`<details class="more">
<summary>and ${humanCount(lines.length, 'other')}, by name</summary>
<p class="aside">The same is to be done for each; the report as JSON has the words.</p>
<ul class="lines">
${lines.map((one) => lineOf(one, place))}
</ul>
</details>`
}
</section>`;
}

const isUnseen = ({ kind }: Group): boolean => kind === 'scan-incomplete';

/** The parts in which findings are told, in this order. */
const chapters: readonly { id: string; title: string; mark: Severity; holds: (group: Group) => boolean }[] = [
  { id: 'unseen', title: 'Not seen', mark: 'error', holds: isUnseen },
  { id: 'errors', title: 'Errors', mark: 'error', holds: (group) => !isUnseen(group) && group.severity === 'error' },
  {
    id: 'warnings',
    title: 'Warnings',
    mark: 'warning',
    holds: (group) => !isUnseen(group) && group.severity === 'warning',
  },
  { id: 'notes', title: 'Notes', mark: 'note', holds: (group) => !isUnseen(group) && group.severity === 'note' },
];

/** A chapter: single findings side by side, then the kinds of which there are several. */
function chapterHtml(
  { id, title, mark, holds }: (typeof chapters)[number],
  all: readonly Group[],
  place: Place,
): Html | null {
  const groups = all.filter(holds);
  if (groups.length === 0) return null;
  const heading = partId(place.bucket, id);
  const count = groups.reduce((sum, group) => sum + group.all.length, 0);
  const singles = groups.filter((group) => group.all.length === 1);
  const several = groups.filter((group) => group.all.length > 1);
  return markup`<section class="chapter">
<h4 id="${heading}" class="${mark}">${title} <span class="count">${humanNumber(count)}</span></h4>
${singles.length > 0 && markup`<div class="cards">${singles.map((group) => cardOf(group.all[0], place, { level: 5, whyTold: false, severityTold: true }))}</div>`}
${several.map((group) => groupHtml(group, place))}
</section>`;
}

/** Those that count for nothing, folded, by kind. */
function aside(all: readonly Numbered[], words: { title: string; why: string; id: string }, place: Place): Html | null {
  if (all.length === 0) return null;
  const heading = partId(place.bucket, words.id);
  const cards = all.slice(0, mostCards);
  const lines = all.slice(mostCards);
  return markup`<section class="chapter">
<h4 id="${heading}">${words.title} <span class="count">${humanNumber(all.length)}</span></h4>
<p class="why">${words.why}</p>
<details class="more">
<summary>${humanCount(all.length, 'finding')}</summary>
<div class="cards">
${cards.map((one) => cardOf(one, place, { level: 5, whyTold: false, severityTold: false }))}
</div>
${
  lines.length > 0 &&
  markup`<ul class="lines">
${lines.map((one) => lineOf(one, place))}
</ul>`
}
</details>
</section>`;
}

/** All findings: the open ones in the order in which to go about them, then what is pending, then what is known. */
export function findingsOf(report: Report, rows: readonly Row[], bucket: number): Html | null {
  if (report.findings.length === 0) return null;
  const place = { bucket, rows: new Map(rows.map(({ entry, at }) => [entry.name, at])) };
  const all = numbered(report.findings);
  const open = groupsOf(all.filter(({ finding }) => isOpen(finding)));
  const heading = partId(bucket, 'findings');
  const withStatus = (status: Finding['status']) => all.filter(({ finding }) => finding.status === status);
  return markup`<section class="part">
<h3 id="${heading}">Findings</h3>
${chapters.map((chapter) => chapterHtml(chapter, open, place))}
${aside(
  withStatus('pending'),
  {
    title: 'Pending',
    why: 'It may be in the making, or being deleted. It is told when it lasts, and counts for nothing yet.',
    id: 'pending',
  },
  place,
)}
${aside(withStatus('known'), { title: 'Known from the baseline', why: 'Agreed to before, and counted for nothing.', id: 'known' }, place)}
</section>`;
}
