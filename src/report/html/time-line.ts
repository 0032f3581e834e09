import type { Report, StreamFigures } from '../../findings/report.ts';
import { humanCount, humanNumber } from '../../findings/units.ts';
import { dayNumber, dayText, gapsOf, lengthOf, parseRanges, rangeText, within, type Range } from './day-ranges.ts';
import { partId, rowId } from './ids.ts';
import { markup, keyOf, type Html } from './markup.ts';
import type { Row } from './rows.ts';

/** The newest days are shown; the text beside a line tells of all of them. */
export const mostDays = 400;
/** Streams that have a line; those in order come last. */
export const mostStreams = 200;
/** Ranges that are told in words. */
const mostRanges = 20;

type State = 'present' | 'missing' | 'beyond';

/** A stream's days in order of time. `beyond` are days that are there and that its retention should have taken. */
interface Line {
  stream: StreamFigures;
  /** Null where the days could not be listed. */
  days: Range[] | null;
  missing: Range[];
  beyond: Range[];
}

/** Retention is run once a day, and days end at midnight of UTC: so many days more are no news. */
const patience = 2;

export function lineOf(stream: StreamFigures, today: number): Line {
  if (stream.days === null) return { stream, days: null, missing: [], beyond: [] };
  const days = parseRanges(stream.days);
  const kept = stream.retentionDays === null ? -Infinity : today - stream.retentionDays - patience;
  const beyond = days.flatMap((range) => within(range, { from: range.from, to: kept - 1 }) ?? []);
  return { stream, days, missing: gapsOf(days), beyond };
}

const sum = (ranges: readonly Range[]): number => ranges.reduce((all, range) => all + lengthOf(range), 0);

const isInOrder = ({ days, missing, beyond }: Line): boolean =>
  days !== null && missing.length === 0 && beyond.length === 0;

/** `5 days, 2026-11-01 to 2026-11-06, 1 missing, 2 beyond retention; keeps 30 days`. */
function summaryOf({ stream, days, missing, beyond }: Line): string {
  if (days === null) return 'its days could not be listed';
  const [first, last] = [days[0], days.at(-1)];
  const keeps =
    stream.retentionDays === null ? 'no retention known' : `keeps ${humanCount(stream.retentionDays, 'day')}`;
  if (first === undefined || last === undefined) return `no days, ${keeps}`;
  return [
    humanCount(sum(days), 'day'),
    rangeText({ from: first.from, to: last.to }),
    ...(missing.length === 0 ? [] : [`${humanNumber(sum(missing))} missing`]),
    ...(beyond.length === 0 ? [] : [`${humanNumber(sum(beyond))} beyond retention`]),
    keeps,
  ].join(', ');
}

const percent = (part: number, whole: number): string => `${String(Math.round((part / whole) * 100_000) / 1_000)}%`;

function runs(ranges: readonly Range[], state: State, axis: Range): Html[] {
  return ranges.flatMap((range) => {
    const part = within(range, axis);
    if (part === null) return [];
    const width = percent(lengthOf(part), lengthOf(axis));
    // Missing days are lower, so that nobody has to tell colours apart.
    const [y, height] = state === 'missing' ? ['42%', '16%'] : ['10%', '80%'];
    return [
      markup`<rect class="day-${state}" x="${percent(part.from - axis.from, lengthOf(axis))}" y="${y}" width="${width}" height="${height}"${state === 'beyond' && markup` fill="url(#fill-alien)"`}/>`,
    ];
  });
}

function listOf(title: string, ranges: readonly Range[]): Html | null {
  if (ranges.length === 0) return null;
  const left = ranges.length - mostRanges;
  // The newest are the ones that one can do something about.
  return markup`<p>${title}: ${ranges.slice(-mostRanges).map(rangeText).join('; ')}${left > 0 && `; and ${humanNumber(left)} older ranges`}.</p>`;
}

function lineHtml(line: Line, axis: Range, name: Html): Html {
  const { days, missing, beyond } = line;
  const told = summaryOf(line);
  const present = days ?? [];
  return markup`<li class="line">
<div class="line-name">${name}</div>
<svg class="days" role="img" aria-label="Days: ${told}">
<rect class="day-axis" x="0" y="48%" width="100%" height="4%" />
${runs(missing, 'missing', axis)}${runs(present, 'present', axis)}${runs(beyond, 'beyond', axis)}
</svg>
<div class="line-words">
<p>${told}</p>
${
  missing.length + beyond.length > 0 &&
  markup`<details>
<summary>Which days</summary>
${listOf('Missing', missing)}${listOf('Beyond retention', beyond)}
</details>`
}
</div>
</li>
`;
}

const legend = markup`<ul class="legend" aria-label="What the lines mean">
<li>
<svg class="swatch" width="14" height="14" aria-hidden="true" focusable="false">
<rect class="day-present" y="1" width="14" height="12" />
</svg>
there
</li>
<li>
<svg class="swatch" width="14" height="14" aria-hidden="true" focusable="false">
<rect class="day-missing" y="5" width="14" height="4" />
</svg>
missing between two days
</li>
<li>
<svg class="swatch" width="14" height="14" aria-hidden="true" focusable="false">
<rect y="1" width="14" height="12" fill="url(#fill-alien)" />
</svg>
there, beyond retention
</li>
</ul>`;

/** A clock may be off by so many days; a folder farther ahead is an accident, and is told in words only. */
const farthestAhead = 7;

/** From the first day of any stream, at most so many days back, to the last one. */
function axisOf(lines: readonly Line[], today: number): Range | null {
  const all = lines.flatMap(({ days }) => days ?? []);
  if (all.length === 0) return null;
  const ahead = all.map((range) => range.to).filter((last) => last <= today + farthestAhead);
  const to = Math.max(today, ...ahead);
  const first = all.reduce((least, { from }) => Math.min(least, from), to);
  return { from: Math.max(first, to - mostDays + 1), to };
}

/** The days of each stream on one line of time, those with gaps or overdue days first, the others folded. */
export function timeLineOf(report: Report, rows: readonly Row[], bucket: number): Html | null {
  const today = dayNumber(report.startedAt);
  const lines = report.streams.map((stream) => lineOf(stream, today));
  const axis = axisOf(lines, today);
  if (axis === null) return null;
  const numbers = new Map(rows.map(({ entry, at }) => [entry.name, at]));
  const odd = lines.filter((line) => !isInOrder(line));
  const shown = [...odd, ...lines.filter(isInOrder)].slice(0, mostStreams);
  const oddShown = shown.slice(0, odd.length);
  const fine = shown.slice(odd.length);
  const cut = axis.from > Math.min(...lines.map(({ days }) => days?.[0]?.from ?? axis.from));
  const list = (some: readonly Line[]) =>
    markup`<ol class="lines-of-days">
${some.map((line) => {
  const number = numbers.get(line.stream.name);
  const name = keyOf(line.stream.name);
  return lineHtml(line, axis, number === undefined ? name : markup`<a href="#${rowId(bucket, number)}">${name}</a>`);
})}
</ol>`;
  const heading = partId(bucket, 'days');
  return markup`<section class="part">
<h3 id="${heading}">Days of the streams</h3>
${legend}
<p class="aside">
From <time datetime="${dayText(axis.from)}">${dayText(axis.from)}</time> to
<time datetime="${dayText(axis.to)}">${dayText(axis.to)}</time>, days of UTC.${cut && ` Only the newest ${humanNumber(mostDays)} days are drawn.`}${lines.length > shown.length && ` ${humanNumber(shown.length)} of ${humanNumber(lines.length)} streams are shown, those with gaps or overdue days first.`}
</p>
${oddShown.length > 0 && list(oddShown)}
${
  fine.length > 0 &&
  (odd.length === 0 && fine.length <= 12
    ? list(fine)
    : markup`<details class="more">
<summary>${humanCount(fine.length, 'stream')} without gaps or overdue days</summary>
${list(fine)}
</details>`)
}
</section>`;
}
