import { parseArgs } from 'node:util';
import { didYouMean } from '../config/nearest.ts';
import { isStatePlace, placeOf } from '../config/place.ts';
import { shown } from '../config/shown.ts';
import { endpointProblem, isBucketName, isRegion, serverVersionOf } from '../config/values.ts';
import { displayText } from '../findings/display.ts';
import { isKind, kinds, type Kind } from '../findings/kinds.ts';
import {
  commands,
  notBuilt,
  optionsOf,
  thresholds,
  widestConcurrency,
  type AuditOptions,
  type CommandName,
} from './options.ts';
import { UsageError } from './usage.ts';

/** What was asked for. */
type Command =
  | { name: 'audit'; buckets: string[]; options: AuditOptions }
  | { name: 'explain'; kind: Kind | null; noColor: boolean }
  | { name: 'demo' }
  | { name: 'help'; of: CommandName | null }
  | { name: 'version' };

const has = (list: readonly string[], text: string): boolean => list.includes(text);
const isCommand = (text: string): text is CommandName => has(commands, text);
const usualConcurrency = 32;

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
    throw new UsageError(['no command was given, expected audit, explain or demo', seeHelp(null)]);
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
        return { name: 'audit', buckets: bucketsOf(sorted), options: auditOptions(sorted) };
      case 'explain':
        return { name: 'explain', kind: kindOf(sorted), noColor };
      case 'demo':
        if (sorted.positionals.length > 0) sorted.problems.push('demo takes no argument, it brings its own bucket');
        return { name: 'demo' };
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
  if (has(notBuilt.commands, word)) return new UsageError([`${word} is not built yet`, seeHelp(null)]);
  if (/^s3:\/\//i.test(word)) {
    return new UsageError([
      `${shown(word)} is no command`,
      `  to look at it: bucket-hygiene audit ${displayText([word, ...rest].join(' '))}`,
    ]);
  }
  if (word.startsWith('-')) {
    return new UsageError([
      `the command comes first, expected audit, explain or demo before ${displayText(word)}`,
      seeHelp(null),
    ]);
  }
  return new UsageError([
    `${shown(word)} is no command, expected audit, explain or demo${didYouMean(word, commands)}`,
    seeHelp(null),
  ]);
}

function sortArguments(command: CommandName, argv: readonly string[]): Sorted {
  const options: Record<string, { type: 'string' | 'boolean'; short?: string }> = optionsOf[command];
  // Not strict: its errors know neither what was meant nor what is not built yet, and end at the first.
  const { tokens } = parseArgs({ args: [...argv], options, strict: false, allowPositionals: true, tokens: true });
  const sorted: Sorted = { values: new Map(), positionals: [], problems: [] };
  /** Where the value of an unknown option would stand: naming it as a wrong bucket too would only confuse. */
  let orphanedAt = -1;
  for (const token of tokens) {
    if (token.kind === 'positional' && (token.index !== orphanedAt || token.value.startsWith('s3://'))) {
      sorted.positionals.push(token.value);
    }
    if (token.kind !== 'option') continue;
    const { name, rawName, value } = token;
    const known = Object.hasOwn(options, name) ? options[name] : undefined;
    if (known === undefined) {
      sorted.problems.push(unknownOption(command, name, rawName, Object.keys(options)));
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
  if (has(notBuilt.options, name) && command === 'audit') return `--${name} is not built yet`;
  const meant = rawName.startsWith('--') ? didYouMean(name, options).replace('mean ', 'mean --') : '';
  return `${displayText(rawName)} is no option of ${command}${meant}`;
}

const examples: Record<string, string> = {
  format: 'text or json',
  output: 'a file such as report.json',
  'endpoint-url': 'a URL such as https://minio.internal:9000',
  region: 'a region such as eu-west-1',
  profile: 'the name of a profile of ~/.aws/config',
  config: 'a path, s3://BUCKET/KEY or ssm:/NAME',
  state: 's3://BUCKET/PREFIX/ or a folder',
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

function auditOptions(sorted: Sorted): AuditOptions {
  const given = (name: string) => sorted.values.has(name);
  if (given('path-style') && given('no-path-style')) {
    sorted.problems.push('--path-style and --no-path-style exclude each other');
  }
  return {
    format: formatOf(sorted),
    output: take(
      sorted,
      'output',
      when((text) => text !== ''),
    ),
    endpoint: endpointOf(sorted),
    region: take(sorted, 'region', when(isRegion)),
    profile: take(
      sorted,
      'profile',
      when((text) => text.trim() !== ''),
    ),
    pathStyle: given('path-style') ? true : given('no-path-style') ? false : null,
    config: take(sorted, 'config', when(isConfigPlace)),
    state: take(sorted, 'state', when(isStatePlace)),
    failOn: take(sorted, 'fail-on', (text) => thresholds.find((one) => one === text) ?? null) ?? 'warning',
    serverVersion: take(sorted, 'server-version', serverVersionOf),
    concurrency: take(sorted, 'concurrency', concurrencyOf) ?? usualConcurrency,
    maxDurationMs: take(sorted, 'max-duration', durationOf),
    quiet: given('quiet'),
    noColor: given('no-color'),
  };
}

function formatOf(sorted: Sorted): AuditOptions['format'] {
  const text = sorted.values.get('format');
  if (typeof text !== 'string' || text === 'text' || text === 'json') return text === 'json' ? 'json' : 'text';
  sorted.problems.push(
    has(notBuilt.formats, text)
      ? `--format ${text} is not built yet, expected text or json`
      : `--format is ${shown(text)}, expected text or json${didYouMean(text, ['text', 'json'])}`,
  );
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

function bucketsOf({ positionals, problems }: Sorted): string[] {
  if (positionals.length === 0) problems.push('audit needs a bucket, expected s3://BUCKET');
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
