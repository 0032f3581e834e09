import type { Severity } from '../findings/kinds.ts';
import type { Report } from '../findings/report.ts';
import { renderJson } from './json.ts';
import type { Pages } from './sarif/rules.ts';

/** How reports are to be rendered, as far as it is not in them. Each format takes of it what it needs. */
export interface Manner {
  /** JSON alone: an array even of one report. */
  array: boolean;
  /** Text alone: columns to lay it out for, and whether to colour it. */
  width: number;
  colour: boolean;
  /** What ages are reckoned to. */
  now: Date;
  /** For which Parseable a pre-flight was asked; null for the newest. */
  serverVersion: string | null;
  /** From which severity on a finding is a failure, where the format knows failures. */
  failOn: Severity | 'never';
  /** What is known of each kind at length, where the format has a place for it. */
  pages: Pages;
}

interface Format {
  /** Of a file, without the dot. */
  extension: string;
  /** Reports → one document that ends with a line feed. Pure; asynchronous only to load what no other format needs. */
  render: (reports: readonly Report[], manner: Manner) => string | Promise<string>;
}

/** Every format of a report. The first is what a person gets who asks for none. */
export const formats = {
  text: {
    extension: 'txt',
    render: async (reports, manner) => (await import('./text.ts')).renderText(reports, manner),
  },
  json: {
    extension: 'json',
    render: renderJson,
  },
  markdown: {
    extension: 'md',
    render: async (reports, manner) => (await import('./markdown.ts')).renderMarkdown(reports, manner),
  },
  html: {
    extension: 'html',
    render: async (reports, manner) => (await import('./html.ts')).renderHtml(reports, manner),
  },
  sarif: {
    extension: 'sarif',
    render: async (reports, manner) => (await import('./sarif.ts')).renderSarif(reports, manner),
  },
  junit: {
    extension: 'xml',
    render: async (reports, manner) => (await import('./junit.ts')).renderJunit(reports, manner),
  },
  openmetrics: {
    extension: 'prom',
    render: async (reports) => (await import('./openmetrics.ts')).renderOpenMetrics(reports),
  },
} as const satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;

export const formatNames = Object.keys(formats) as readonly FormatName[];

export const isFormat = (text: string): text is FormatName => Object.hasOwn(formats, text);

/** Renders reports in a format, as one document. */
export const render = async (format: FormatName, reports: readonly Report[], manner: Manner): Promise<string> =>
  formats[format].render(reports, manner);
