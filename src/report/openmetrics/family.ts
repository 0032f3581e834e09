import { displayText } from '../../findings/display.ts';

export type Labels = Readonly<Record<string, string>>;

export interface Sample {
  labels: Labels;
  value: number;
}

/**
 * One metric with all of its samples. OpenMetrics wants them together, and the unit as the end of the name. All are gauges:
 * the other types that would fit, info and stateset, are unknown to readers of Prometheus' older text format, and so the
 * document is valid for both.
 */
export interface Family {
  name: string;
  unit?: 'bytes' | 'seconds';
  /** One line of this program's own words. */
  help: string;
  samples: readonly Sample[];
}

/** Any text → the value of a label: display text, then the three escapes of OpenMetrics. */
export const labelValue = (text: string): string =>
  displayText(text)
    .replaceAll('\\', String.raw`\\`)
    .replaceAll('"', String.raw`\"`);

const labelsText = (labels: Labels): string =>
  Object.entries(labels)
    .map(([name, value]) => `${name}="${labelValue(value)}"`)
    .join(',');

/** A family as lines. One without samples is left out: it would say nothing. */
export function familyLines({ name, unit, help, samples }: Family): string[] {
  if (samples.length === 0) return [];
  return [
    `# TYPE ${name} gauge`,
    ...(unit === undefined ? [] : [`# UNIT ${name} ${unit}`]),
    `# HELP ${name} ${help}`,
    ...samples.map(({ labels, value }) => `${name}{${labelsText(labels)}} ${String(value)}`),
  ];
}
