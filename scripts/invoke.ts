// Calls the Lambda's handler on this machine, with its source, credentials from the usual chain:
//   npm run invoke -- '{"buckets": ["logs-prod"], "notify": false}'
import { resolve } from 'node:path';
import { placeOf } from '../src/config/place.ts';
import { usualConfiguration } from '../deploy/configuration.ts';

const root = resolve(import.meta.dirname, '..');

/** The handler takes a path relative to its bundle; a person means the folder they stand in. */
function configuration(named: string | undefined): string {
  if (named === undefined || named === '') return resolve(root, usualConfiguration);
  return placeOf(named)?.scheme === 'file' ? resolve(process.env['INIT_CWD'] ?? process.cwd(), named) : named;
}

function readEvent(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    console.error(
      `the event is not JSON: ${text}\n  expected something like '{"buckets": ["logs-prod"], "notify": false}'`,
    );
    process.exit(2);
  }
}

const event = readEvent(process.argv[2] ?? '{}');
process.env['BUCKET_HYGIENE_CONFIG'] = configuration(process.env['BUCKET_HYGIENE_CONFIG']);

// Logs and metrics are the Lambda's stdout; here it is kept for the result, so that it can be piped.
const print = process.stdout.write.bind(process.stdout);
process.stdout.write = process.stderr.write.bind(process.stderr);

try {
  const { handler } = await import('../src/entry/lambda.ts');
  const result = await (handler as (event: unknown, context?: unknown) => Promise<unknown>)(event);
  print(`${JSON.stringify(result, null, 2)}\n`);
} catch (error) {
  console.error(error instanceof Error ? `${error.name}: ${error.message}` : String(error));
  process.exitCode = 1;
}
