import { displayText } from '../../findings/display.ts';
import type { Verdict } from '../../findings/report.ts';
import { humanBytes, humanCount, humanNumber } from '../../findings/units.ts';
import { shorten, widthOf } from '../width.ts';
import { partId, rowId } from './ids.ts';
import { markup, type Html } from './markup.ts';
import type { Row } from './rows.ts';
import { measures, tileMap, type Measure, type Tile } from './tiles.ts';
import { signOf, tones, toneOf, toneText, type Tone } from './tones.ts';

/** Fills of the tiles; a pattern beside the colour, so that nobody has to tell colours apart. Once per document. */
export const patterns: Html = markup`<svg class="defs" width="0" height="0" aria-hidden="true" focusable="false">
<defs>
<pattern id="fill-own" width="8" height="8" patternUnits="userSpaceOnUse">
<rect class="ground-own" width="8" height="8" />
</pattern>
<pattern id="fill-allowed" width="10" height="10" patternUnits="userSpaceOnUse">
<rect class="ground-allowed" width="10" height="10" />
<circle class="mark-allowed" cx="5" cy="5" r="1.5" />
</pattern>
<pattern id="fill-alien" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="ground-alien" width="10" height="10" />
<rect class="mark-alien" width="3" height="10" />
</pattern>
<pattern id="fill-broken" width="10" height="10" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
<rect class="ground-broken" width="10" height="10" />
<rect class="mark-broken" width="2.5" height="10" />
<rect class="mark-broken" width="10" height="2.5" />
</pattern>
<pattern id="fill-unknown" width="6" height="6" patternUnits="userSpaceOnUse">
<rect class="ground-unknown" width="6" height="6" />
<rect class="mark-unknown" width="6" height="1.5" />
</pattern>
</defs>
</svg>`;

/** A small piece of a fill, for legends and beside verdicts. */
export const swatch = (tone: Tone): Html =>
  markup`<svg class="swatch" width="14" height="14" aria-hidden="true" focusable="false">
<rect x="0.5" y="0.5" width="13" height="13" rx="2" fill="url(#fill-${tone})" />
</svg>`;

const percent = (value: number): string => `${String(Math.round(value * 1_000) / 1_000)}%`;

const sizeText = (measure: Measure, value: number, exact: boolean): string =>
  `${exact ? '' : 'at least '}${measure === 'bytes' ? humanBytes(value) : humanCount(value, 'object')}`;

/** `foreign` for a row alone, `foreign and 2 other verdicts` for a heap. */
function verdictsText(rows: readonly Row[]): string {
  const all = new Set<Verdict>(rows.map(({ entry }) => entry.verdict));
  const [first = 'unknown'] = all;
  return all.size === 1 ? first : `${first} and ${humanCount(all.size - 1, 'other verdict')}`;
}

interface Label {
  name: string;
  verdict: string;
  size: string;
}

/** In the words of a screen reader and of a tool tip. */
function labelOf({ rows, value }: Tile, measure: Measure): Label {
  const [{ entry }] = rows;
  const exact = rows.every((row) => row.exact);
  const size = value === null ? 'not counted' : sizeText(measure, value, exact);
  const name = rows.length === 1 ? displayText(entry.name) : `${humanNumber(rows.length)} more`;
  return { name, verdict: verdictsText(rows), size };
}

/** Letters for each percent of the map's width, on a wide screen and on one of 360 pixels. */
const lettersPerPercent = { wide: 1.5, narrow: 0.38 } as const;

/** Letters that have room beside the margin of a tile. */
const roomIn = ({ width }: Tile['place'], screen: keyof typeof lettersPerPercent): number =>
  Math.floor(width * lettersPerPercent[screen]) - (screen === 'wide' ? 2 : 1);

/** The name, and below it what has room; what has none on a narrow screen is left out there. */
function words({ place, tone }: Tile, { name, verdict, size }: Label): Html | null {
  const letters = roomIn(place, 'wide');
  if (place.height < 9 || letters < 4) return null;
  const sign = signOf[tone] === '=' ? '' : `${signOf[tone]} `;
  const first = `${sign}${shorten(name, letters - sign.length)}`;
  const second = [`${verdict}, ${size}`, verdict, size].find((text) => text.length <= letters);
  const line = (kind: string, y: number, text: string) =>
    markup`<text class="${kind}${widthOf(text) > roomIn(place, 'narrow') && ' roomy'}" x="8" y="${y}">${text}</text>`;
  return markup`<svg x="${percent(place.x)}" y="${percent(place.y)}" width="${percent(place.width)}" height="${percent(place.height)}" aria-hidden="true">
${line('tile-name', 19, first)}${place.height >= 15 && second !== undefined && line('tile-more', 36, second)}
</svg>`;
}

function tileHtml(tile: Tile, measure: Measure, bucket: number): Html {
  const { rows, place, tone } = tile;
  const label = labelOf(tile, measure);
  const target = rows.length === 1 ? rowId(bucket, rows[0].at) : partId(bucket, 'entries');
  const said = `${label.name}, ${label.verdict}, ${label.size}`;
  return markup`<a class="tile" href="#${target}"><title>${said}</title><rect x="${percent(place.x)}" y="${percent(place.y)}" width="${percent(place.width)}" height="${percent(place.height)}" fill="url(#fill-${tone})"/>${words(tile, label)}</a>
`;
}

const measureText: Readonly<Record<Measure, string>> = { bytes: 'bytes', objects: 'objects' };

function figure(rows: readonly Row[], measure: Measure, bucket: number, shown: boolean): Html {
  const { tiles, uncounted } = tileMap(rows, measure);
  const note =
    uncounted === 0
      ? 'Each tile is as large as its entry; small ones are drawn large enough to be seen.'
      : uncounted === rows.length
        ? `Nobody counted the ${measureText[measure]} of any entry in this audit: the tiles are alike, and say nothing of size.`
        : `${humanCount(uncounted, 'entry', 'entries')} without figures ${uncounted === 1 ? 'stands' : 'stand'} in the strip at the bottom: this audit did not count ${uncounted === 1 ? 'it' : 'them'}. The others are as large as they are, small ones large enough to be seen.`;
  return markup`<div data-of="${measure}"${shown ? null : markup` hidden`}>
<svg class="map" role="group" aria-label="Entries by ${measureText[measure]}">
${tiles.map((tile) => tileHtml(tile, measure, bucket))}
</svg>
<p class="aside">${note}</p>
</div>`;
}

function legend(rows: readonly Row[]): Html {
  const counts = new Map<Tone, number>();
  for (const { entry } of rows) counts.set(toneOf[entry.verdict], (counts.get(toneOf[entry.verdict]) ?? 0) + 1);
  return markup`<ul class="legend" aria-label="What the fills mean">
${tones.map((tone) => {
  const count = counts.get(tone);
  return (
    count !== undefined &&
    markup`<li>
${swatch(tone)} <span class="sign">${signOf[tone]}</span> ${toneText[tone]}
<span class="count">${humanNumber(count)}</span>
</li>`
  );
})}
</ul>`;
}

/**
 * The map of a bucket: a tile for each entry, as large as it is, that leads to its row. By bytes; where the objects are known
 * too, a switch (which needs the script) shows it by them.
 */
export function mapOf(rows: readonly Row[], bucket: number): Html | null {
  if (rows.length === 0) return null;
  const shown = measures.filter((measure) => measure === 'bytes' || rows.some((row) => row[measure] !== null));
  const heading = partId(bucket, 'map');
  const toggle =
    shown.length > 1 &&
    markup`<div class="switch" role="group" aria-label="Size of the tiles" data-script hidden>
${shown.map((measure) => markup`<button type="button" data-measure="${measure}" aria-pressed="${measure === 'bytes' ? 'true' : 'false'}">by ${measureText[measure]}</button>`)}
</div>`;
  return markup`<section class="part" data-map>
<div class="bar">
<h3 id="${heading}">Map</h3>
${toggle}
</div>
<p class="skip-part"><a href="#${partId(bucket, 'after-map')}">Skip the map</a></p>
${shown.map((measure) => figure(rows, measure, bucket, measure === 'bytes'))} ${legend(rows)}
<div id="${partId(bucket, 'after-map')}" tabindex="-1"></div>
</section>`;
}
