import { describe, expect, it } from 'vitest';
import { bucketDefaults, type BucketConfig, type Config } from '../../src/config/config.ts';
import { parseArguments } from '../../src/entry/args.ts';
import { neighbourOf, targetOf } from '../../src/entry/targets.ts';
import { listPrice } from '../../src/findings/costs.ts';

const config: Config = {
  buckets: [
    {
      ...bucketDefaults('logs'),
      environment: 'prod',
      region: 'eu-west-1',
      endpoint: 'https://minio.internal',
      roleArn: 'arn:aws:iam::123456789012:role/audit',
      expectedOwner: '123456789012',
      serverVersion: '2.9.5',
    },
  ],
  alerts: { topicArn: null, minSeverity: 'warning', remindAfterHours: 168 },
  stateUrl: null,
  storagePrice: listPrice,
};

const target = (name: string, ...argv: string[]) => {
  const command = parseArguments(['audit', `s3://${name}`, ...argv]);
  if (command.name !== 'audit') throw new Error('not an audit');
  return targetOf(name, config, command.options);
};

const neighbour = (section: Partial<BucketConfig>, ...argv: string[]) => {
  const command = parseArguments(['audit', 's3://named', ...argv]);
  if (command.name !== 'audit') throw new Error('not an audit');
  return neighbourOf({ ...bucketDefaults('logs'), ...section }, command.options);
};

describe('a bucket to audit by hand', () => {
  it('takes its section of the configuration', () => {
    const { bucket, connection } = target('logs');
    expect(bucket).toEqual(config.buckets[0]);
    expect(connection).toMatchObject({
      region: 'eu-west-1',
      endpoint: 'https://minio.internal',
      expectedOwner: '123456789012',
    });
  });

  it('has the defaults when no section names it', () => {
    expect(target('other').bucket).toEqual(bucketDefaults('other'));
  });

  it('is reached as the command line says, whatever its section says', () => {
    const { bucket, connection } = target(
      'logs',
      '--region',
      'us-east-2',
      '--endpoint-url',
      'http://localhost:9000',
      '--server-version',
      '1.6.2',
      '--profile',
      'ops',
      '--no-path-style',
    );
    expect(bucket).toMatchObject({
      region: 'us-east-2',
      endpoint: 'http://localhost:9000',
      serverVersion: '1.6.2',
      environment: 'prod',
    });
    expect(connection).toMatchObject({
      region: 'us-east-2',
      endpoint: 'http://localhost:9000',
      profile: 'ops',
      pathStyle: false,
    });
  });

  it('keeps its state with the same credentials and endpoint, without its role', () => {
    expect(target('logs', '--profile', 'ops').stateConnection).toEqual({
      endpoint: 'https://minio.internal',
      region: 'eu-west-1',
      profile: 'ops',
      pathStyle: null,
      roleArn: null,
      expectedOwner: null,
    });
  });
});

describe('a configured bucket beside the named ones', () => {
  const options = ['--endpoint-url', 'http://localhost:9000', '--region', 'us-east-2', '--profile', 'ops'];

  it('is reached as its own section says, whatever the command line says of the others', () => {
    const section = { endpoint: 'https://minio.internal', region: 'eu-west-1', roleArn: 'arn:aws:iam::1:role/audit' };
    expect(neighbour(section, ...options).connection).toMatchObject({ ...section, profile: 'ops' });
  });

  it('is reached by the command line where its section is silent', () => {
    expect(neighbour({}, ...options).connection).toMatchObject({
      endpoint: 'http://localhost:9000',
      region: 'us-east-2',
    });
  });
});
