import '../support/setup.ts';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { violationsOf } from './invariants.ts';
import { play } from './play.ts';
import { traceDigest, traceText } from './print.ts';

const usage = `npm run simulate -- --seeds N [--from K] [--json FILE]   plays the schedules K to K+N-1 (from 1, 300 unless told)
npm run simulate -- --seed S                             plays one and prints all of it
`;

interface Failed {
  seed: number;
  violations: string[];
  command: string;
}

const say = (text: string) => process.stdout.write(`${text}\n`);

function wholeNumber(name: string, text: string | undefined, usual: number): number {
  if (text === undefined) return usual;
  if (!/^\d{1,15}$/.test(text)) throw new Error(`--${name} ${text} is no whole number`);
  return Number(text);
}

/** One schedule with everything about it. Answers the exit code. */
async function playOne(seed: number): Promise<number> {
  const trace = await play(seed);
  const violations = violationsOf(trace);
  say(traceText(trace));
  say(`\ndigest ${traceDigest(trace)}`);
  for (const violation of violations) say(`BROKEN ${violation}`);
  say(violations.length === 0 ? 'every invariant holds' : `${String(violations.length)} broken`);
  return violations.length === 0 ? 0 : 1;
}

/** Many schedules, each in a line only when it failed. Answers the exit code. */
async function playMany(from: number, count: number, file: string | undefined): Promise<number> {
  const failed: Failed[] = [];
  for (let seed = from; seed < from + count; seed++) {
    const violations = violationsOf(await play(seed));
    if (violations.length > 0) {
      const command = `npm run simulate -- --seed ${String(seed)}`;
      failed.push({ seed, violations, command });
      say(`${command}   # ${violations[0] ?? ''}`);
    }
    if (process.stderr.isTTY)
      process.stderr.write(`\r${String(seed - from + 1)} of ${String(count)}, ${String(failed.length)} failed `);
  }
  if (process.stderr.isTTY) process.stderr.write('\r\u001b[K');
  if (file !== undefined) await writeFile(file, `${JSON.stringify({ from, count, failed }, null, 2)}\n`);
  say(`${String(count)} schedules from seed ${String(from)}, ${String(failed.length)} failed`);
  return failed.length === 0 ? 0 : 1;
}

async function main(): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: { seed: text, seeds: text, from: text, json: text, help: { type: 'boolean', short: 'h' } },
  });
  if (values.help === true) {
    process.stdout.write(usage);
    return 0;
  }
  if (values.seed !== undefined) return playOne(wholeNumber('seed', values.seed, 1));
  return playMany(wholeNumber('from', values.from, 1), wholeNumber('seeds', values.seeds, 300), values.json);
}

try {
  process.exitCode = await main();
} catch (error) {
  process.stderr.write(`simulate: ${error instanceof Error ? error.message : String(error)}\n${usage}`);
  process.exitCode = 2;
}
