import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';
import { packagedName, readDeployed, type Deployed } from './configuration.ts';

/** Some packages still ask for `require`, which a module does not have. */
const banner =
  "import{createRequire as __createRequire}from'node:module';const require=__createRequire(import.meta.url);";

/**
 * Builds what the Lambda consists of: `dist/lambda.mjs`, whose export `handler` it calls, and the configuration beside it.
 * The AWS SDK is in the bundle, so that the version that was tested is the one that runs. The source map stays beside
 * the bundle for debugging and is not packaged.
 * @param config the parameter `config`, see `readDeployed`
 * @param serviceDir the folder of serverless.yml
 * @throws ConfigError
 */
export async function buildBundle(config: string, serviceDir: string): Promise<Deployed> {
  const deployed = readDeployed(config, serviceDir);
  const dist = join(serviceDir, 'dist');
  await mkdir(dist, { recursive: true });
  await build({
    absWorkingDir: serviceDir,
    entryPoints: ['src/entry/lambda.ts'],
    outfile: join(dist, 'lambda.mjs'),
    bundle: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    // The modules of the AWS SDK shake out better than its CommonJS; `conditions: ['import']` would undo that.
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    banner: { js: banner },
    logLevel: 'warning',
  });
  const configuration = join(dist, packagedName);
  if (deployed.packaged === null) await rm(configuration, { force: true });
  else await writeFile(configuration, deployed.packaged);
  return deployed;
}
