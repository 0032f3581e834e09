import type { Severity } from '../findings/kinds.ts';

/** The options of `audit`, checked and with their defaults. Null is unset. */
export interface AuditOptions {
  format: 'text' | 'json';
  output: string | null;
  endpoint: string | null;
  region: string | null;
  profile: string | null;
  pathStyle: boolean | null;
  config: string | null;
  state: string | null;
  failOn: Severity | 'never';
  serverVersion: string | null;
  concurrency: number;
  maxDurationMs: number | null;
  quiet: boolean;
  noColor: boolean;
}

export const commands = ['audit', 'explain', 'demo'] as const;
export type CommandName = (typeof commands)[number];

/** Commands, options and formats whose names are taken and that nobody has built yet: wrong usage, and said so. */
export const notBuilt = {
  commands: ['preflight'],
  options: ['deep', 'baseline', 'write-baseline'],
  formats: ['markdown', 'html', 'sarif', 'junit'],
} as const;

/** How `parseArgs` is to read each option. */
const textOption = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;

const help = { ...flag, short: 'h' } as const;

export const optionsOf = {
  audit: {
    format: textOption,
    output: textOption,
    'endpoint-url': textOption,
    region: textOption,
    profile: textOption,
    'path-style': flag,
    'no-path-style': flag,
    config: textOption,
    state: textOption,
    'fail-on': textOption,
    'server-version': textOption,
    concurrency: textOption,
    'max-duration': textOption,
    quiet: flag,
    'no-color': flag,
    help,
  },
  explain: { 'no-color': flag, help },
  demo: { help },
} as const satisfies Record<CommandName, Record<string, { type: 'string' | 'boolean'; short?: string }>>;

/** The order in which `--fail-on` and its help name the thresholds. */
export const thresholds = ['error', 'warning', 'note', 'never'] as const;

export const widestConcurrency = 1024;
