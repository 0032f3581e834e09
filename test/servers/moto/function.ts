import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { RunResult } from '../../../src/entry/lambda.ts';
import { clockAhead } from './clock.ts';

/** What an invocation came to. */
export interface Invocation {
  /** What it answered; null when it threw. */
  result: RunResult | null;
  /** Name and message of what it threw; empty when it answered. */
  thrown: string;
  /** Every line it logged. */
  log: string[];
}

/** How a single invocation differs. */
export interface Call {
  event: object;
  env: Record<string, string | undefined>;
  /** Milliseconds that the clock is ahead. */
  ahead: number;
}

/** A Lambda that has started: one invocation after the other. */
export interface LambdaFunction {
  invoke(call: Call): Promise<Invocation>;
  stop(): void;
}

const mark = 'ANSWER ';

/** Takes a call from each line of its input, calls the handler of the bundle, and ends the log with the answer. */
const caller = `
import { createInterface } from 'node:readline';
const { handler } = await import(process.argv[1]);
for await (const line of createInterface(process.stdin)) {
  const { event, env, ahead } = JSON.parse(line);
  globalThis.ahead = ahead;
  for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) delete process.env[name];
  Object.assign(process.env, env);
  const answer = await handler(event).then(
    (result) => ({ result, thrown: '' }),
    (error) => ({ result: null, thrown: error.name + ': ' + error.message }),
  );
  process.stdout.write('${mark}' + JSON.stringify(answer) + '\\n');
}`;

/**
 * Loads a bundle into a process of its own, as Lambda does.
 * @param folder its working and home folder
 * @param env what every invocation finds in its environment
 */
export function startFunction(bundle: string, folder: string, env: Record<string, string>): LambdaFunction {
  const child = spawn(process.execPath, [clockAhead(0), '--input-type=module', '--eval', caller, bundle], {
    cwd: folder,
    env: { PATH: process.env['PATH'], HOME: folder, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const trouble: Buffer[] = [];
  child.stderr.on('data', (chunk: Buffer) => trouble.push(chunk));
  const lines = createInterface(child.stdout)[Symbol.asyncIterator]();

  return {
    invoke: async (call) => {
      child.stdin.write(`${JSON.stringify(call)}\n`);
      const log: string[] = [];
      for (;;) {
        const { value, done } = await lines.next();
        if (done === true) throw new Error(`the process of the Lambda ended: ${Buffer.concat(trouble).toString()}`);
        if (!value.startsWith(mark)) log.push(value);
        else {
          log.push(Buffer.concat(trouble.splice(0)).toString());
          return { ...(JSON.parse(value.slice(mark.length)) as Omit<Invocation, 'log'>), log };
        }
      }
    },
    stop: () => {
      child.kill();
    },
  };
}
