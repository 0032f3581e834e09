import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openWorkshop } from '../../deploy/packaging.ts';
import { resource, type Template } from '../../deploy/template.ts';
import { unzip } from '../../deploy/zip.ts';
import { runCli, type CliResult } from '../../support/cli.ts';
import { accountId, region, type Account, type Credentials, type Session } from './account.ts';
import { clockAhead, usuallyAhead } from './clock.ts';
import { startFunction, type Invocation } from './function.ts';
import { deployedRole, deployedValue, type AllowStatement, type Stack } from './policy.ts';

export const stateBucket = 'ops-state';
const topicName = 'bucket-hygiene';
const topic = `arn:aws:sns:${region}:${accountId}:${topicName}`;

/** What becomes of the resources of the monitor's stack that its role names. */
export const monitorStack: Stack = {
  StateBucket: { name: stateBucket, arn: `arn:aws:s3:::${stateBucket}` },
  AlertTopic: { name: topic, arn: topic },
  AlertKey: { name: 'alert-key', arn: `arn:aws:kms:${region}:${accountId}:key/alert-key` },
  MonitorLogGroup: { name: 'monitor', arn: `arn:aws:logs:${region}:${accountId}:log-group:monitor:*` },
  FailedRuns: { name: 'failed-runs', arn: `arn:aws:sqs:${region}:${accountId}:failed-runs` },
};

interface RunOptions {
  /** Milliseconds that the clock is ahead. */
  ahead?: number;
  credentials?: Credentials;
  env?: Record<string, string | undefined>;
}

/** The monitor as it is packaged, with what its stack would have made, on an account of moto's. */
export interface Monitor {
  topicArn: string;
  session: Session;
  /** Everything that the packaged role allows. */
  statements: readonly AllowStatement[];
  stateUrl: string;
  /** Calls the handler of the packaged bundle. */
  invoke(event?: object, options?: RunOptions): Promise<Invocation>;
  /** Runs the command line with the role. */
  command(args: readonly string[], options?: RunOptions & { config?: object }): Promise<CliResult>;
  close(): Promise<void>;
}

const environmentOf = ({ accessKeyId, secretAccessKey, sessionToken }: Credentials) => ({
  AWS_ACCESS_KEY_ID: accessKeyId,
  AWS_SECRET_ACCESS_KEY: secretAccessKey,
  AWS_SESSION_TOKEN: sessionToken,
});

/** Packages the project as an operator does. @param config the parameter `config` when not the usual file's place */
async function packaged(configuration: object, config?: string): Promise<{ template: Template; zip: Buffer }> {
  const workshop = await openWorkshop();
  try {
    await workshop.write('deploy/bucket-hygiene.json', configuration);
    return await workshop.package(...(config === undefined ? [] : ['--param', `config=${config}`]));
  } finally {
    await workshop.close();
  }
}

/**
 * Packages the monitor for a configuration, and deploys it: role, topic and state's bucket.
 * @param config where the Lambda reads its configuration, if not from the package
 */
export async function deployMonitor(account: Account, configuration: object, config?: string): Promise<Monitor> {
  const { template, zip } = await packaged(configuration, config);
  const topicArn = await account.createTopic(topicName);
  await account.createBucket(stateBucket);
  const { trusted, statements } = deployedRole(template, 'MonitorRole', monitorStack);
  const session = await account.createRole('MonitorRole', trusted, statements);

  const folder = await mkdtemp(join(tmpdir(), 'bucket-hygiene-deployed-'));
  for (const [name, content] of unzip(zip)) {
    await mkdir(join(folder, dirname(name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const { Environment } = resource(template, 'MonitorLambdaFunction', 'AWS::Lambda::Function') as {
    Environment: { Variables: Record<string, unknown> };
  };
  const variables = Object.fromEntries(
    Object.entries(Environment.Variables).map(([name, value]) => [name, deployedValue(value, monitorStack)]),
  );
  const around = {
    AWS_ENDPOINT_URL: account.url,
    AWS_REGION: region,
    AWS_EC2_METADATA_DISABLED: 'true',
    // Nothing here gets better by waiting.
    AWS_MAX_ATTEMPTS: '1',
  };
  const lambda = startFunction(join(folder, 'dist/lambda.mjs'), folder, variables);

  return {
    topicArn,
    session,
    statements,
    stateUrl: variables['BUCKET_HYGIENE_STATE_URL'] ?? '',
    invoke: (event = {}, { ahead = usuallyAhead, credentials = session.credentials, env = {} } = {}) =>
      lambda.invoke({ event, ahead, env: { ...around, ...environmentOf(credentials), ...env } }),
    command: (
      args,
      { ahead = usuallyAhead, credentials = session.credentials, env = {}, config = configuration } = {},
    ) =>
      runCli(args, {
        env: { ...around, NODE_OPTIONS: clockAhead(ahead), ...environmentOf(credentials), ...env },
        config,
      }),
    close: async () => {
      lambda.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
