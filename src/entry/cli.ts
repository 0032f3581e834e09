import process from 'node:process';
import { ConfigError } from '../config/errors.ts';
import { displayText } from '../findings/display.ts';
import { version } from '../version.ts';
import { parseArguments } from './args.ts';
import { explainKind, listKinds } from './explain.ts';
import { helpText } from './help.ts';
import type { SignalSource } from './interrupt.ts';
import { write, type Streams } from './streams.ts';
import { wantsColour, widthOf } from './terminal.ts';
import { UsageError } from './usage.ts';

/** What the command line reaches outside itself, where a test puts something else. */
interface Surroundings {
  signals: SignalSource;
  quit: (code: number) => void;
}

const usageCode = 2;
const failedCode = 4;

/**
 * The command line.
 * @param argv the arguments after the program's name
 * @returns the exit code; never throws
 */
export async function main(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
  around: Surroundings = { signals: process, quit: (code) => process.exit(code) },
): Promise<number> {
  try {
    return await runCommand(argv, env, streams, around);
  } catch (error) {
    if (error instanceof UsageError || error instanceof ConfigError) {
      await write(streams.stderr, errorText(error.lines));
      return usageCode;
    }
    const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    await write(streams.stderr, errorText([`something unexpected happened: ${displayText(message)}`]));
    if (env['BUCKET_HYGIENE_DEBUG'] === '1' && error instanceof Error) {
      await write(streams.stderr, `${error.stack ?? ''}\n`);
    }
    return failedCode;
  }
}

async function runCommand(
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
  streams: Streams,
  around: Surroundings,
): Promise<number> {
  const command = parseArguments(argv);
  switch (command.name) {
    case 'help':
      await write(streams.stdout, helpText(command.of));
      return 0;
    case 'version':
      await write(streams.stdout, `${version}\n`);
      return 0;
    case 'explain': {
      const layout = {
        width: Math.min(widthOf(streams.stdout, env), widestProse),
        colour: wantsColour(streams.stdout, env, command.noColor),
      };
      await write(streams.stdout, command.kind === null ? listKinds(layout) : await explainKind(command.kind, layout));
      return 0;
    }
    case 'completion': {
      const { completionFor } = await import('./completion.ts');
      await write(streams.stdout, completionFor(command.shell));
      return 0;
    }
    case 'demo': {
      // Loaded only here: the embedded S3 and SNS take their time to load, and no audit needs them.
      const { runDemo } = await import('./demo.ts');
      return await runDemo(streams);
    }
    case 'audit': {
      // Likewise the SDK: help and explanations are there at once.
      const { runAudit } = await import('./audit-command.ts');
      return await runAudit(command.buckets, command.options, { env, streams, ...around });
    }
    case 'preflight': {
      const { runPreflight } = await import('./preflight-command.ts');
      return await runPreflight(command.bucket, command.options, { env, streams, ...around });
    }
    case 'init': {
      const { runInit } = await import('./init-command.ts');
      return await runInit(command.bucket, command.options, { env, streams, ...around });
    }
  }
}

/** Longer lines of prose are hard to read, however wide the terminal is. */
const widestProse = 100;

/** Each problem is a line that begins with the program's name; what belongs to it is indented below. */
const errorText = (lines: readonly string[]): string =>
  lines.map((line) => `${line.startsWith(' ') ? '' : 'bucket-hygiene: '}${line}\n`).join('');

/** Runs the program in this process and ends it. */
export async function run(): Promise<void> {
  // A reader that has gone away is no news; `write` tells every other fault.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const code = await main(process.argv.slice(2), process.env, process);
  // Not left to the event loop: an answer that an interrupted audit no longer waits for would keep it alive.
  process.exit(code);
}
