import { parseArgs } from 'node:util';
import { didYouMean } from '../config/nearest.ts';
import { isStatePlace, placeOf, usualFile } from '../config/place.ts';
import { shown } from '../config/shown.ts';
import { endpointProblem, isBucketName, isRegion, serverVersionOf } from '../config/values.ts';
import { displayText } from '../findings/display.ts';
import { isKind, kinds, type Kind } from '../findings/kinds.ts';
import { formatNames, isFormat } from '../report/formats.ts';
import {
  commands,
  optionsOf,
  refused,
  shells,
  thresholds,
  widestConcurrency,
  type AuditOptions,
  type CommandName,
  type ConnectionOptions,
  type InitOptions,
  type ReportOptions,
  type RunOptions,
  type Shell,
} from './options.ts';
import { UsageError } from './usage.ts';

/** What was asked for. */
type Command =
  | { name: 'audit'; buckets: string[]; options: AuditOptions }
  | { name: 'preflight'; bucket: string; options: ReportOptions }
  | { name: 'init'; bucket: string; options: InitOptions }
  | { name: 'explain'; kind: Kind | null; noColor: boolean }
  | { name: 'demo' }
  | { name: 'completion'; shell: Shell }
  | { name: 'help'; of: CommandName | null }
  | { name: 'version' };

const has = (list: readonly string[], text: string): boolean => list.includes(text);
const isCommand = (text: string): text is CommandName => has(commands, text);
const usualConcurrency = 32;

/** `audit, preflight, init or explain`. Only where something is wrong: the words of a language take long to load. */
const either = (words: readonly string[]): string =>
  new Intl.ListFormat('en-GB', { type: 'disjunction' }).format(words);

const expectedCommands = (): string => either(commands);

/** What `parseArgs` found, sorted: options by name (the last of several counts), the rest in order, and what is wrong. */
interface Sorted {
  values: Map<string, string | true>;
  positionals: string[];
  problems: string[];
}

/**
 * Reads the arguments after the program's name. Nothing is requested, opened or looked up.
 * @throws UsageError with every problem at once: one sentence each, that names the option, the value and what was expected.
 */
export function parseArguments(argv: readonly string[]): Command {
  const [first, ...rest] = argv;
  if (first === undefined) {
    throw new UsageError([`no command was given, expected ${expectedCommands()}`, seeHelp(null)]);
  }
  if (first === '--help' || first === '-h' || first === 'help') return helpOf(rest);
  if (first === '--version' || first === '-v') return { name: 'version' };
  if (!isCommand(first)) throw unknownCommand(first, rest);

  const sorted = sortArguments(first, rest);
  if (sorted.values.has('help')) return { name: 'help', of: first };
  const noColor = sorted.values.has('no-color');
  const command = ((): Command => {
    switch (first) {
      case 'audit':
        return { name: 'audit', buckets: bucketsOf(sorted, first), options: auditOptions(sorted) };
      case 'preflight':
        return { name: 'preflight', bucket: oneBucketOf(sorted, first), options: preflightOptions(sorted) };
      case 'init':
        return { name: 'init', bucket: oneBucketOf(sorted, first), options: initOptions(sorted) };
      case 'explain':
        return { name: 'explain', kind: kindOf(sorted), noColor };
      case 'demo':
        if (sorted.positionals.length > 0) sorted.problems.push('demo takes no argument, it brings its own bucket');
        return { name: 'demo' };
      case 'completion':
        return { name: 'completion', shell: shellOf(sorted) };
    }
  })();
  if (sorted.problems.length > 0) throw new UsageError([...sorted.problems, seeHelp(first)]);
  return command;
}

const seeHelp = (command: CommandName | null): string =>
  `  bucket-hygiene ${command === null ? '' : `${command} `}--help tells what there is`;

function helpOf(rest: readonly string[]): Command {
  const [of] = rest;
  if (of === undefined || of.startsWith('-')) return { name: 'help', of: null };
  if (!isCommand(of)) throw unknownCommand(of, []);
  return { name: 'help', of };
}

function unknownCommand(word: string, rest: readonly string[]): UsageError {
  if (/^s3:\/\//i.test(word)) {
    return new UsageError([
      `${shown(word)} is no command`,
      `  to look at it: bucket-hygiene audit ${displayText([word, ...rest].join(' '))}`,
    ]);
  }
  if (word.startsWith('-')) {
    return new UsageError([
      `the command comes first, expected ${expectedCommands()} before ${displayText(word)}`,
      seeHelp(null),
    ]);
  }
  return new UsageError([
    `${shown(word)} is no command, expected ${expectedCommands()}${didYouMean(word, commands)}`,
    seeHelp(null),
  ]);
}

function sortArguments(command: CommandName, argv: readonly string[]): Sorted {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = optionsOf[command];
  const refusals = refused[command] ?? {};
  const knownOptions = {
    ...options,
    ...Object.fromEntries(Object.keys(refusals).map((name) => [name, { type: 'string' as const }])),
  };
  // Not strict: its errors know neither what was meant nor what is not built yet, and end at the first.
  const { tokens } = parseArgs({
    args: [...argv],
    options: knownOptions,
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const sorted: Sorted = { values: new Map(), positionals: [], problems: [] };
  /** Where the value of an unknown option would stand: naming it as a wrong bucket too would only confuse. */
  let orphanedAt = -1;
  let toldAt = -1;
  for (const token of tokens) {
    if (token.kind === 'positional' && (token.index !== orphanedAt || token.value.startsWith('s3://'))) {
      sorted.positionals.push(token.value);
    }
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    if (Object.hasOwn(refusals, name)) {
      sorted.problems.push(`${rawName} is no option of ${command}: ${refusals[name] ?? ''}`);
      continue;
    }
    const known = Object.hasOwn(options, name) ? options[name] : undefined;
    if (known === undefined) {
      // `-format` is six options to the parser, and one to who typed it.
      const word = rawName.startsWith('--') ? rawName : (argv[token.index] ?? rawName);
      const typed = word.length > 2 ? word.replace(/^-+/, '').replace(/=[^]*/, '') : name;
      if (toldAt !== token.index) sorted.problems.push(unknownOption(command, typed, word, Object.keys(options)));
      toldAt = token.index;
      orphanedAt = token.index + 1;
    } else if (known.type === 'boolean') {
      if (value === undefined) sorted.values.set(name, true);
      else sorted.problems.push(`${rawName} takes no value, found ${shown(value)}`);
    } else if (value === undefined || value === '' || (!token.inlineValue && value.startsWith('--'))) {
      sorted.problems.push(`${rawName} needs a value${exampleOf(name)}`);
    } else {
      sorted.values.set(name, value);
    }
  }
  return sorted;
}

function unknownOption(command: CommandName, name: string, rawName: string, options: readonly string[]): string {
  const meant = name.length > 1 ? didYouMean(name, options).replace('mean ', 'mean --') : '';
  return `${displayText(rawName)} is no option of ${command}${meant}`;
}

const examples: Record<string, string> = {
  get format() {
    return either(formatNames);
  },
  output: 'a file such as report.json',
  'endpoint-url': 'a URL such as https://minio.internal:9000',
  region: 'a region such as eu-west-1',
  profile: 'the name of a profile of ~/.aws/config',
  config: 'a path, s3://BUCKET/KEY or ssm:/NAME',
  state: 's3://BUCKET/PREFIX/ or a folder',
  plan: 'a folder on this machine such as repair/',
  baseline: 'a file on this machine such as known.json',
  'write-baseline': 'a file on this machine such as known.json',
  'fail-on': 'error, warning, note or never',
  'server-version': 'a version such as 2.9.5',
  concurrency: `a number from 1 to ${String(widestConcurrency)}`,
  'max-duration': 'a duration such as 90s, 10m or 2h',
};

const exampleOf = (option: string): string => (examples[option] === undefined ? '' : `, expected ${examples[option]}`);

/** Reads an option's value; what the reader answers null to is a problem. */
function take<T>(sorted: Sorted, name: string, read: (text: string) => T | null): T | null {
  const text = sorted.values.get(name);
  if (typeof text !== 'string') return null;
  const value = read(text);
  if (value === null) sorted.problems.push(`--${name} is ${shown(text)}${exampleOf(name)}`);
  return value;
}

const when =
  (accepts: (text: string) => boolean) =>
  (text: string): string | null =>
    accepts(text) ? text : null;

function connectionOptions(sorted: Sorted): ConnectionOptions {
  const given = (name: string) => sorted.values.has(name);
  if (given('path-style') && given('no-path-style')) {
    sorted.problems.push('--path-style and --no-path-style exclude each other');
  }
  return {
    endpoint: endpointOf(sorted),
    region: take(sorted, 'region', when(isRegion)),
    profile: take(
      sorted,
      'profile',
      when((text) => text.trim() !== ''),
    ),
    pathStyle: given('path-style') ? true : given('no-path-style') ? false : null,
  };
}

const runOptions = (sorted: Sorted): RunOptions => ({
  concurrency: take(sorted, 'concurrency', concurrencyOf) ?? usualConcurrency,
  maxDurationMs: take(sorted, 'max-duration', durationOf),
  quiet: sorted.values.has('quiet'),
});

const outputOf = (sorted: Sorted): string | null =>
  take(
    sorted,
    'output',
    when((text) => text !== ''),
  );

const reportOptions = (sorted: Sorted): ReportOptions => ({
  format: formatOf(sorted),
  output: outputOf(sorted),
  ...connectionOptions(sorted),
  config: take(sorted, 'config', when(isConfigPlace)),
  serverVersion: take(sorted, 'server-version', serverVersionOf),
  ...runOptions(sorted),
  noColor: sorted.values.has('no-color'),
});

/** What a plan rests on, only a look into the streams tells. */
function planOf(sorted: Sorted): string | null {
  const folder = take(sorted, 'plan', when(isFile));
  if (folder !== null && !sorted.values.has('deep')) {
    sorted.problems.push('--plan needs --deep: without a look into the streams there is nothing to plan with');
  }
  return folder;
}

const thresholdOf = (sorted: Sorted): AuditOptions['failOn'] =>
  take(sorted, 'fail-on', (text) => thresholds.find((one) => one === text) ?? null) ?? 'warning';

const auditOptions = (sorted: Sorted): AuditOptions => ({
  ...reportOptions(sorted),
  state: take(sorted, 'state', when(isStatePlace)),
  baseline: take(sorted, 'baseline', when(isFile)),
  deep: sorted.values.has('deep'),
  plan: planOf(sorted),
  writeBaseline: take(sorted, 'write-baseline', when(isFile)),
  failOn: thresholdOf(sorted),
});

function preflightOptions(sorted: Sorted): ReportOptions {
  // One command line may serve both: a threshold is checked, and has no say in whether the bucket is ready.
  thresholdOf(sorted);
  return reportOptions(sorted);
}

const initOptions = (sorted: Sorted): InitOptions => ({
  output: outputOf(sorted) ?? usualFile,
  ...connectionOptions(sorted),
  ...runOptions(sorted),
});

function formatOf(sorted: Sorted): AuditOptions['format'] {
  const text = sorted.values.get('format');
  if (typeof text !== 'string') return 'text';
  if (isFormat(text)) return text;
  sorted.problems.push(`--format is ${shown(text)}${exampleOf('format')}${didYouMean(text, formatNames)}`);
  return 'text';
}

function endpointOf(sorted: Sorted): string | null {
  const text = sorted.values.get('endpoint-url');
  if (typeof text !== 'string') return null;
  const problem = endpointProblem(text);
  if (problem !== null) sorted.problems.push(`--endpoint-url ${problem}${exampleOf('endpoint-url')}`);
  return text;
}

function isConfigPlace(text: string): boolean {
  const place = placeOf(text);
  return place !== null && (place.scheme !== 's3' || place.key !== '');
}

const isFile = (text: string): boolean => placeOf(text)?.scheme === 'file';

function concurrencyOf(text: string): number | null {
  const number = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  return number >= 1 && number <= widestConcurrency ? number : null;
}

const unitMs = { s: 1_000, m: 60_000, h: 3_600_000 } as const;

/** Timers of Node hold 31 bits of milliseconds; nobody waits for longer than that. */
const longestMs = 2 ** 31 - 1;

/** `90s`, `10m`, `2h` → milliseconds; null for anything else, nothing and for ever among it. */
export function durationOf(text: string): number | null {
  const found = /^(\d{1,9})([smh])$/.exec(text);
  if (found === null) return null;
  const duration = Number(found[1]) * unitMs[found[2] as keyof typeof unitMs];
  return duration > 0 && duration <= longestMs ? duration : null;
}

function bucketsOf({ positionals, problems }: Sorted, command: CommandName): string[] {
  if (positionals.length === 0) problems.push(`${command} needs a bucket, expected s3://BUCKET`);
  const buckets: string[] = [];
  for (const text of positionals) {
    const found = /^s3:\/\/([^/]*)(\/[^]*)?$/.exec(text);
    const name = found?.[1] ?? '';
    const rest = found?.[2] ?? '/';
    if (found === null) {
      const meant = isBucketName(text) ? ` (did you mean s3://${text}?)` : '';
      problems.push(`${shown(text)} is no bucket, expected s3://BUCKET${meant}`);
    } else if (!isBucketName(name)) {
      problems.push(
        `${shown(text)} is no bucket, expected s3://BUCKET with a name of letters, digits, dots and dashes`,
      );
    } else if (rest !== '/') {
      problems.push(`${shown(text)} is a place inside a bucket, and a bucket is audited as a whole: s3://${name}`);
    } else if (buckets.includes(name)) {
      problems.push(`s3://${name} is named twice`);
    } else {
      buckets.push(name);
    }
  }
  return buckets;
}

/** The one bucket that a command takes; when it is not that, there is a problem, and the name counts for nothing. */
function oneBucketOf(sorted: Sorted, command: CommandName): string {
  const buckets = bucketsOf(sorted, command);
  if (sorted.positionals.length > 1) {
    sorted.problems.push(`${command} takes one bucket, found ${String(sorted.positionals.length)}`);
  }
  return buckets[0] ?? '';
}

function kindOf({ positionals, problems }: Sorted): Kind | null {
  const [word, ...more] = positionals;
  if (more.length > 0) problems.push(`explain takes one kind, found ${String(positionals.length)}`);
  if (word === undefined) return null;
  if (isKind(word)) return word;
  problems.push(
    `${shown(word)} is no kind of finding${didYouMean(word, Object.keys(kinds))}; bucket-hygiene explain lists them`,
  );
  return null;
}

function shellOf({ positionals, problems }: Sorted): Shell {
  const [word, ...more] = positionals;
  if (word === undefined) problems.push(`completion needs a shell, expected ${either(shells)}`);
  if (more.length > 0) problems.push(`completion takes one shell, found ${String(positionals.length)}`);
  const shell = shells.find((one) => one === word);
  if (word !== undefined && shell === undefined) {
    problems.push(
      `${shown(word)} is no shell that completion knows, expected ${either(shells)}${didYouMean(word, shells)}`,
    );
  }
  return shell ?? shells[0];
}
