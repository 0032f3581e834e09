import { displayJson } from '../findings/display.ts';
import type { Report } from '../findings/report.ts';

/** The reports as JSON: one object, or an array. Keys are exact once parsed, and harmless on a terminal before. */
export function renderJson(reports: readonly Report[], { array }: { array: boolean }): string {
  return `${displayJson(JSON.stringify(array ? reports : reports[0], null, 2))}\n`;
}
