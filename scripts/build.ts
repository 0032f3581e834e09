import { relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError } from '../src/config/errors.ts';
import { buildBundle } from '../deploy/bundle.ts';
import { usualConfiguration } from '../deploy/configuration.ts';

const root = resolve(import.meta.dirname, '..');
const { values } = parseArgs({ options: { config: { type: 'string', default: usualConfiguration } } });

try {
  const { file, packaged } = await buildBundle(values.config, root);
  const beside = packaged === null ? `reads ${values.config}` : `with ${relative(root, file)} beside it`;
  console.log(`dist/lambda.mjs is built, ${beside}`);
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}
