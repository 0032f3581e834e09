// What serverless.yml takes from the configuration. serverless reads no TypeScript here, but Node does: this file only asks.
import { readDeployed } from './configuration.ts';
import { roleStatements } from './role.ts';
import { silenceAlarms } from './silence.ts';

/** Answers a question of serverless.yml; what is wrong is told in its own words, without the stack that serverless would print. */
const answer = (of) => async (variables) => {
  const setting = (name) => variables.resolveConfigurationProperty(['custom', name]);
  try {
    return await of(readDeployed(await setting('config'), process.cwd()), setting);
  } catch (error) {
    if (error instanceof Error) error.stack = error.message;
    throw error;
  }
};

/** Statements of the function's role. */
export const statements = answer(roleStatements);

/** One alarm on silence for each watched bucket. */
export const silence = answer(async ({ config }, setting) => {
  const names = config.buckets.map(({ name }) => name);
  return { Resources: silenceAlarms(names, await setting('schedule')) };
});

/** The value of BUCKET_HYGIENE_CONFIG. */
export const source = answer(({ source }) => source);
