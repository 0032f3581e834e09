import { kinds } from '../../findings/kinds.ts';
import { formatNames } from '../../report/formats.ts';
import { commands, optionsOf, shells, thresholds, type CommandName } from '../options.ts';

/** What may stand somewhere: certain words, a file, a folder, or something that no shell can know. */
export type Values =
  { are: 'words'; words: readonly string[] } | { are: 'files' } | { are: 'folders' } | { are: 'anything' };

export interface OptionWords {
  /** Without the dashes. */
  name: string;
  /** One letter, without the dash. */
  short: string | null;
  /** In a few plain words, without quotes; empty where there are none. */
  summary: string;
  /** Null for an option that takes no value. */
  values: Values | null;
}

export interface CommandWords {
  name: CommandName;
  summary: string;
  options: readonly OptionWords[];
  /** What stands beside the options. */
  values: Values;
}

const words = (all: readonly string[]): Values => ({ are: 'words', words: all });
const files: Values = { are: 'files' };

const valuesOf: Partial<Record<string, Values>> = {
  format: words(formatNames),
  'fail-on': words(thresholds),
  output: files,
  config: files,
  baseline: files,
  'write-baseline': files,
  state: { are: 'folders' },
  plan: { are: 'folders' },
};

const summaries: Partial<Record<string, string>> = {
  'endpoint-url': 'a store that is not AWS',
  region: 'the region to ask first',
  profile: 'a profile of the AWS configuration',
  'path-style': 'the bucket stands in the path',
  'no-path-style': 'the bucket stands in the host name',
  concurrency: 'requests in flight at most',
  'max-duration': 'stop in good order after 90s, 10m or 2h',
  quiet: 'no summary and no progress',
  format: 'the format of the report',
  output: 'write the report to a file',
  config: 'settings: a path, s3://BUCKET/KEY or ssm:/NAME',
  'fail-on': 'exit 1 from this severity on',
  'server-version': 'the Parseable version in use, X.Y.Z',
  'no-color': 'no colours',
  deep: 'look into the streams as well',
  plan: 'write there what would put lost metadata right',
  state: 'remember audits in a folder or s3://BUCKET/PREFIX/',
  baseline: 'what stands there counts for nothing',
  'write-baseline': 'put there what is found',
  help: 'options and examples',
};

const anything: Values = { are: 'anything' };

const commandWords: Record<CommandName, { summary: string; values: Values }> = {
  audit: { summary: 'look, classify, report', values: anything },
  preflight: { summary: 'may a bucket be given to Parseable?', values: anything },
  init: { summary: 'write a first configuration', values: anything },
  explain: { summary: 'what a finding means, and what to do', values: words(Object.keys(kinds)) },
  demo: { summary: 'the whole product, no account needed', values: words([]) },
  completion: { summary: 'what completes these words on Tab', values: words(shells) },
};

const optionsOfCommand = (command: CommandName): OptionWords[] =>
  Object.entries<{ type: 'string' | 'boolean'; short?: string }>(optionsOf[command]).map(([name, { type, short }]) => ({
    name,
    short: short ?? null,
    summary: summaries[name] ?? '',
    values: type === 'boolean' ? null : (valuesOf[name] ?? anything),
  }));

/** Every command with its words, from the table that the command line itself is read by. */
export const allCommands: readonly CommandWords[] = commands.map((name) => ({
  name,
  ...commandWords[name],
  options: optionsOfCommand(name),
}));

/** What may stand in the place of a command. */
export const firstOptions = ['--help', '--version'] as const;
