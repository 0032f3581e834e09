import { lstat, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Outcome } from '../audit/outcome.ts';
import { bucketDefaults } from '../config/config.ts';
import { firstConfig, standsForMany, suggestions } from '../config/first.ts';
import { usualFile } from '../config/place.ts';
import { remedyParts } from '../findings/commands.ts';
import { displayText, shellQuote } from '../findings/display.ts';
import { humanCount, humanNumber } from '../findings/units.ts';
import { byHand, incompleteCode, interruptedCode, unreachableCode, type Surroundings } from './by-hand.ts';
import { lookByHand } from './look-by-hand.ts';
import type { InitOptions } from './options.ts';
import { checkEnvironment, checkOutput } from './preconditions.ts';
import { write } from './streams.ts';
import { connectionOfOptions } from './targets.ts';
import { UsageError } from './usage.ts';

/** Places that were not seen and are named. */
const unseenNamed = 10;

/**
 * `bucket-hygiene init`: looks at a bucket and writes a first configuration for it, never over a file that is there.
 * @returns the exit code: 3 when not everything was seen, 4 and no file when nothing was.
 * @throws UsageError before any request.
 */
export async function runInit(name: string, options: InitOptions, around: Surroundings): Promise<number> {
  checkEnvironment(around.env);
  await checkNew(options.output);
  const startedAt = new Date();
  const connection = connectionOfOptions(options);
  return await byHand(around, options, 'interrupted, nothing will be written', async ({ stop, progress, say }) => {
    const bucket = { ...bucketDefaults(name), region: options.region, endpoint: options.endpoint };
    const outcome = await lookByHand({ bucket, connection }, options, { stop, progress }, { startedAt });
    progress.clear();
    if (outcome === null || stop.reason() === 'interrupted') return interruptedCode;
    for (const line of unseenLines(outcome)) await say(line);
    if (outcome.completeness === 'failed') {
      await say(`${displayText(options.output)} was not written: nothing is known about ${name}`);
      return unreachableCode;
    }
    const text = firstConfig(outcome, { schema: schemaAddress(options.output), now: startedAt });
    try {
      await writeNew(options.output, text);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      await say(
        `${displayText(options.output)} could not be written (${code ?? 'unknown'}), so the configuration is here`,
      );
      await write(around.streams.stdout, text);
      return incompleteCode;
    }
    if (!options.quiet) for (const line of closingWords(outcome, options)) await write(around.streams.stderr, line);
    return outcome.completeness === 'full' ? 0 : incompleteCode;
  });
}

/** @throws UsageError when the file is there, or cannot be made. */
async function checkNew(file: string): Promise<void> {
  // A link that leads nowhere is there too.
  const there = await lstat(file).catch(() => null);
  if (there === null) {
    await checkOutput(file);
    return;
  }
  throw new UsageError([
    `${displayText(file)} is there already, and init overwrites nothing`,
    '  --output FILE writes to another file',
  ]);
}

/** Writes a file that is not there. What was begun and could not be finished is taken away again. */
async function writeNew(file: string, text: string): Promise<void> {
  try {
    await writeFile(file, text, { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(file, { force: true });
    throw error;
  }
}

/** The JSON Schema that this program brings, as an editor finds it from beside the file. */
function schemaAddress(file: string): string {
  const schema = new URL('../config/bucket-hygiene.schema.json', import.meta.url);
  const path = relative(dirname(resolve(file)), fileURLToPath(schema));
  if (isAbsolute(path)) return pathToFileURL(path).href;
  const parts = path.split(sep).map(encodeURIComponent);
  return parts[0] === '..' ? parts.join('/') : `./${parts.join('/')}`;
}

/** What could not be read, a line each, and of a bucket that could not be listed at all what to do. */
function unseenLines({ bucket, candidates, completeness }: Outcome): string[] {
  if (completeness === 'full') return [];
  const unseen = candidates.filter(({ kind }) => kind === 'scan-incomplete' || kind === 'stream-metadata-unreadable');
  const left = unseen.length - unseenNamed;
  const told = unseen.slice(0, unseenNamed).flatMap(({ message, remedy }) => [
    message,
    ...(completeness === 'failed'
      ? [
          remedyParts(remedy)
            .map(({ text }) => text)
            .join(' '),
        ]
      : []),
  ]);
  return [...told, ...(left > 0 ? [`${humanNumber(left)} more places in ${bucket.name} could not be looked at`] : [])];
}

/** Where the file is, and what to do next. */
function closingWords({ bucket, entries, candidates }: Outcome, options: InitOptions): string[] {
  const file = displayText(options.output);
  const many = suggestions(entries).length;
  const wrong = candidates.find(({ kind }) => kind === 'not-parseable');
  const { profile, pathStyle } = options;
  const command = [
    `bucket-hygiene audit s3://${bucket.name}`,
    ...(resolve(options.output) === resolve(usualFile) ? [] : [`--config ${shellQuote(options.output)}`]),
    ...(profile === null ? [] : [`--profile ${shellQuote(profile)}`]),
    ...(pathStyle === null ? [] : [pathStyle ? '--path-style' : '--no-path-style']),
  ].join(' ');
  return [
    `bucket-hygiene: ${file} is written, from ${humanCount(entries.length, 'entry', 'entries')} in ${bucket.name}`,
    ...(wrong === undefined ? [] : [`  ${wrong.message}`]),
    ...(many === 0
      ? []
      : [
          `  Move what may stay from suggestedAllow (${humanNumber(many)}) into allow, with an owner: until then it is told.`,
        ]),
    ...(entries.some(standsForMany)
      ? ['  More than a thousand foreign entries are not suggested one by one: they need a bucket of their own.']
      : []),
    '  Add serverVersion, the Parseable in use, such as "2.9.5": consequences are told for it. And environment, such as "prod".',
    `  Then: ${command}`,
  ].map((line) => `${line}\n`);
}
