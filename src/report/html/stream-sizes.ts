import type { Report, StreamFigures } from '../../findings/report.ts';
import { humanBytes, humanCount, humanNumber } from '../../findings/units.ts';
import { partId } from './ids.ts';
import { markup, keyOf, type Html } from './markup.ts';

/** Streams that have a row; those that are farthest off come first. */
export const mostSizes = 200;

/** What is stored beyond what is believed; null where one of the two is not known, or not everything was counted. */
const differenceOf = ({ believedBytes, dataBytes, complete }: StreamFigures): number | null =>
  believedBytes === null || dataBytes === null || !complete ? null : dataBytes - believedBytes;

const off = (stream: StreamFigures): number => {
  const difference = differenceOf(stream);
  return difference === null ? -1 : Math.abs(difference);
};

const cell = (value: number | null, text: (value: number) => string): Html =>
  value === null ? markup`<td class="n none">–</td>` : markup`<td class="n" data-v="${value}">${text(value)}</td>`;

/** `+1.2 MB`, `−3.0 kB`, `none`. */
const differenceText = (bytes: number): string =>
  bytes === 0 ? 'none' : `${bytes > 0 ? '+' : '−'}${humanBytes(Math.abs(bytes))}`;

const percent = (part: number, whole: number): string =>
  `${String(whole === 0 ? 0 : Math.round((part / whole) * 10_000) / 100)}%`;

/** Two bars, one below the other, on a scale of its own: believed above, stored below. */
function bars({ believedBytes, dataBytes }: StreamFigures): Html {
  if (believedBytes === null || dataBytes === null) return markup`<td class="none">–</td>`;
  const most = Math.max(believedBytes, dataBytes);
  return markup`<td>
<svg class="bars" width="120" height="18" aria-hidden="true" focusable="false">
<rect class="bar-believed" x="0" y="1" width="${percent(believedBytes, most)}" height="7" />
<rect class="bar-stored" x="0" y="10" width="${percent(dataBytes, most)}" height="7" />
</svg>
</td>`;
}

function rowHtml(stream: StreamFigures): Html {
  const { name, believedBytes, dataBytes, complete, dataObjects, manifests, lookedAt } = stream;
  const counted = (text: (value: number) => string) => (value: number) => `${complete ? '' : '≥ '}${text(value)}`;
  return markup`<tr>
<th scope="row">${keyOf(name)}</th>
${cell(believedBytes, humanBytes)}${cell(dataBytes, counted(humanBytes))}${bars(stream)}${cell(differenceOf(stream), differenceText)}${cell(dataObjects, counted(humanNumber))}${cell(manifests, counted(humanNumber))}${lookedAt === null ? markup`<td class="none">–</td>` : markup`<td><time datetime="${lookedAt}">${lookedAt.slice(0, 10)}</time></td>`}
</tr>
`;
}

/** What each stream's metadata believes to be stored, against what a deep audit counted. Null where nothing was counted. */
export function streamSizesOf({ streams }: Report, bucket: number): Html | null {
  if (streams.every(({ dataBytes }) => dataBytes === null)) return null;
  const order = streams.toSorted((a, b) => off(b) - off(a));
  const shown = order.slice(0, mostSizes);
  const heading = partId(bucket, 'sizes');
  return markup`<section class="part">
<h3 id="${heading}">Streams: believed and stored</h3>
<div class="scroll" role="group" aria-label="Table of stream sizes" tabindex="0">
<table>
<caption>
Data files as the metadata of each stream believes, and as counted; the farthest off first.${shown.length < order.length && ` ${humanNumber(shown.length)} of ${humanCount(order.length, 'stream')} are shown.`}
</caption>
<thead>
<tr>
<th scope="col">Stream</th>
<th scope="col" class="n">Believed</th>
<th scope="col" class="n">Stored</th>
<th scope="col">Believed above, stored below</th>
<th scope="col" class="n">Difference</th>
<th scope="col" class="n">Data files</th>
<th scope="col" class="n">Manifests</th>
<th scope="col">Looked at</th>
</tr>
</thead>
<tbody>
${shown.map(rowHtml)}
</tbody>
</table>
</div>
</section>`;
}
