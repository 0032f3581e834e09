import { displayText } from '../../findings/display.ts';
import type { Evidence } from '../../findings/report.ts';
import { humanBytes, humanCount, humanNumber } from '../../findings/units.ts';
import { markup, keyOf, type Html } from './markup.ts';

/** Names that need more than their words taken apart. */
const names: Record<string, string> = {
  bytes: 'size',
  oldest: 'oldest object',
  newest: 'newest object',
  sizeComplete: 'counted to the end',
  likelyWriter: 'likely writer',
  costPerMonth: 'cost a month',
  again: 'back after its end was told',
};

/** `ageDays` → `age days`. */
const nameOf = (name: string): string =>
  Object.hasOwn(names, name)
    ? (names[name] ?? name)
    : displayText(name)
        .replaceAll(/[a-z](?=[A-Z])/g, '$& ')
        .toLowerCase();

/** As many of a sample are shown; a deep report may hold ten thousand keys, and the JSON has them all. */
const mostKeys = 100;

function keyList(keys: readonly string[]): Html {
  const left = keys.length - mostKeys;
  return markup`<ul class="keys">
${keys.slice(0, mostKeys).map((key) => markup`<li>${keyOf(key)}</li>`)}${left > 0 && markup`<li>and ${humanNumber(left)} more, in the report as JSON</li>`}
</ul>`;
}

const isTexts = (value: unknown): value is string[] =>
  Array.isArray(value) && value.every((one) => typeof one === 'string');

function valueOf(name: string, value: unknown): Html | null {
  if (value === null || value === undefined) return null;
  if (isTexts(value)) return value.length === 0 ? null : keyList(value);
  if (typeof value === 'boolean') return markup`${value ? 'yes' : 'no'}`;
  if (typeof value === 'number') {
    if (/bytes$/i.test(name)) return markup`<span title="${humanCount(value, 'byte')}">${humanBytes(value)}</span>`;
    return markup`${Number.isSafeInteger(value) && value >= 0 ? humanNumber(value) : String(value)}`;
  }
  if (typeof value === 'string') return markup`<bdi>${value}</bdi>`;
  return markup`<bdi>${JSON.stringify(value)}</bdi>`;
}

/** What a finding rests on, folded; null where there is nothing. Names and values are taken as they come. */
export function evidenceOf(evidence: Evidence): Html | null {
  const rows = Object.entries(evidence).flatMap(([name, value]) => {
    const shown = valueOf(name, value);
    return shown === null
      ? []
      : [
          markup`<div>
<dt>${nameOf(name)}</dt>
<dd>${shown}</dd>
</div>`,
        ];
  });
  return rows.length === 0
    ? null
    : markup`<details class="evidence">
<summary>Evidence</summary>
<dl class="facts">${rows}</dl>
</details>`;
}
