import { displayJson } from '../../findings/display.ts';
import type { Finding } from '../../findings/report.ts';
import { humanBytes, humanNumber } from '../../findings/units.ts';
import { code, folded } from './escape.ts';

/** Of a list of keys as many are shown; the JSON has all that were collected. */
const keysShown = 20;

const isText = (value: unknown): value is string => typeof value === 'string';

function shown(name: string, value: unknown): string {
  if (typeof value === 'number') {
    return /bytes$/i.test(name) ? `${humanNumber(value)} (${humanBytes(value)})` : humanNumber(value);
  }
  if (isText(value)) return code(value);
  if (Array.isArray(value) && value.every(isText)) {
    const left = value.length - keysShown;
    return [
      ...value.slice(0, keysShown).map((text) => `\n  - ${code(text)}`),
      ...(left > 0 ? [`\n  - and ${humanNumber(left)} more`] : []),
    ].join('');
  }
  return code(displayJson(JSON.stringify(value)));
}

/** What a finding rests on, to unfold: one point each, keys below each other, and by which id it is known. */
export function evidenceOf({ evidence, firstSeen, id }: Finding): string {
  const points = Object.entries(evidence)
    .filter(([, value]) => value !== undefined && value !== null && !(Array.isArray(value) && value.length === 0))
    .map(([name, value]) => `- ${code(name)}: ${shown(name, value)}`);
  return folded('Evidence', [...points, `- first seen: ${code(firstSeen)}`, `- id: ${code(id)}`].join('\n'));
}
