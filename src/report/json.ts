import type { Report } from '../findings/report.ts';

/** Characters that JSON allows bare and a terminal may obey: written as escapes, they parse into the same text. */
const hostile = /[\u007f-\u009f\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cn}]/gu;

const escaped = (character: string): string =>
  [...Array(character.length).keys()].map((i) => `\\u${character.charCodeAt(i).toString(16).padStart(4, '0')}`).join('');

/** The reports as JSON: one object, or an array. Keys are exact once parsed, and harmless before. */
export function renderJson(reports: readonly Report[], { array }: { array: boolean }): string {
  const document = JSON.stringify(array ? reports : reports[0], null, 2);
  return `${document.replaceAll(hostile, escaped)}\n`;
}
