import type { Report } from '../findings/report.ts';
import { familiesOf } from './openmetrics/families.ts';
import { familyLines } from './openmetrics/family.ts';

/**
 * The reports as OpenMetrics 1.0, for a scrape, a push gateway or for the text files that a node exporter collects. Samples carry no time of
 * their own: when the audit ended is a metric, by which an alarm on silence can be set. Ends with `# EOF` and a line feed.
 */
export function renderOpenMetrics(reports: readonly Report[]): string {
  const [first] = reports;
  const tool = {
    name: 'bucket_hygiene_tool',
    help: 'The version of bucket-hygiene.',
    samples: first === undefined ? [] : [{ labels: { version: first.tool.version }, value: 1 }],
  };
  return `${[tool, ...familiesOf(reports)].flatMap(familyLines).join('\n')}\n# EOF\n`;
}
