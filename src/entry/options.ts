import type { Severity } from '../findings/kinds.ts';
import type { FormatName } from '../report/formats.ts';

/** How a bucket is reached, for each command that looks at one. Null is unset. */
export interface ConnectionOptions {
  endpoint: string | null;
  region: string | null;
  profile: string | null;
  pathStyle: boolean | null;
}

/** How a look at a bucket runs. */
export interface RunOptions {
  concurrency: number;
  maxDurationMs: number | null;
  quiet: boolean;
}

/** What a command that reports on buckets takes, checked and with its defaults: all that `preflight` does. Null is unset. */
export interface ReportOptions extends ConnectionOptions, RunOptions {
  format: FormatName;
  output: string | null;
  config: string | null;
  serverVersion: string | null;
  noColor: boolean;
}

/** The options of `audit`. */
export interface AuditOptions extends ReportOptions {
  state: string | null;
  baseline: string | null;
  writeBaseline: string | null;
  /** Look into streams as well, whatever the configuration says. */
  deep: boolean;
  /** A folder for what would repair the metadata. */
  plan: string | null;
  failOn: Severity | 'never';
}

/** The options of `init`. */
export interface InitOptions extends ConnectionOptions, RunOptions {
  output: string;
}

export const commands = ['audit', 'preflight', 'init', 'explain', 'demo', 'completion'] as const;
export type CommandName = (typeof commands)[number];

/** Shells that `completion` writes for. */
export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** How `parseArgs` is to read each option. */
const textOption = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const help = { ...flag, short: 'h' } as const;

/** Options of every command that looks at a bucket. */
const looking = {
  'endpoint-url': textOption,
  region: textOption,
  profile: textOption,
  'path-style': flag,
  'no-path-style': flag,
  concurrency: textOption,
  'max-duration': textOption,
  quiet: flag,
  help,
} as const;

/** Options of every command that reports on buckets. */
const reporting = {
  ...looking,
  format: textOption,
  output: textOption,
  config: textOption,
  'fail-on': textOption,
  'server-version': textOption,
  'no-color': flag,
} as const;

export const optionsOf = {
  audit: {
    ...reporting,
    deep: flag,
    plan: textOption,
    state: textOption,
    baseline: textOption,
    'write-baseline': textOption,
  },
  preflight: reporting,
  init: { ...looking, output: textOption },
  explain: { 'no-color': flag, help },
  demo: { help },
  completion: { help },
} as const satisfies Record<CommandName, Record<string, { type: 'string' | 'boolean'; short?: string }>>;

/** Options of `audit` that another command refuses, and why: each is the rest of a sentence. All take a value. */
export const refused: Partial<Record<CommandName, Readonly<Record<string, string>>>> = {
  preflight: {
    state: 'a pre-flight stands alone, and must not count as an audit of the bucket',
    baseline: 'what is known is in the way all the same; what may stay belongs into allow in the configuration',
    'write-baseline': 'nothing may be agreed to before the bucket is in use',
  },
};

/** The order in which `--fail-on` and its help name the thresholds. */
export const thresholds = ['error', 'warning', 'note', 'never'] as const;

export const widestConcurrency = 1024;
