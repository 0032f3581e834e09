// Lets `serverless package` and `serverless deploy` build the bundle themselves, and refuses what would be ignored.
import { buildBundle } from './bundle.ts';
import { exampleBucket, readDeployed } from './configuration.ts';

const parameters = ['config', 'mail', 'schedule'];

export default class BundlePlugin {
  constructor(serverless, options, { log }) {
    const { serviceDir } = serverless;
    const named = () => serverless.service.custom.config;
    const refuse = (why) => {
      throw new serverless.classes.Error(why);
    };

    // serverless ignores a parameter that nobody asks for: a slip would deploy something else than was meant.
    for (const parameter of options.param ?? []) {
      const name = parameter.split('=')[0];
      if (name === 'stage' || name === 'region') refuse(`--param ${parameter}: write --${parameter.replace('=', ' ')}`);
      if (!parameters.includes(name))
        refuse(`--param ${parameter}: there is no ${name}, only ${parameters.join(', ')}`);
    }

    this.hooks = {
      'before:package:createDeploymentArtifacts': async () => {
        const { config, source } = await buildBundle(named(), serviceDir);
        log.info(`bundle built, ${config.buckets.length} buckets watched, configuration ${source}`);
      },
      'before:deploy:deploy': () => {
        const { config, file } = readDeployed(named(), serviceDir);
        if (config.buckets.some(({ name }) => name === exampleBucket)) {
          refuse(`${file} still names ${exampleBucket}: put your own buckets there`);
        }
      },
    };
  }
}
