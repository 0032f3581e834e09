import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { roleStatements, watchStatements, type Statement } from '../../deploy/role.ts';
import { readConfig } from '../../src/config/schema.ts';
import { deployedArn } from './iam.ts';
import { openWorkshop, type Workshop } from './packaging.ts';
import { ofType, problemsOf, resource, type Template } from './template.ts';
import { unzip } from './zip.ts';

const root = resolve(import.meta.dirname, '../..');
const otherRole = 'arn:aws:iam::210987654321:role/look';
const configuration = {
  buckets: [
    { name: 'logs-prod', environment: 'prod' },
    { name: 'logs.test' },
    { name: 'logs-far', roleArn: otherRole },
  ],
};

let workshop: Workshop;
let plain: { template: Template; zip: Buffer };
let own: { template: Template; zip: Buffer };
let remote: { template: Template; zip: Buffer };
let elsewhere: Template;

beforeAll(async () => {
  workshop = await openWorkshop();
  plain = await workshop.package();
  await workshop.write('watched.json', configuration);
  own = await workshop.package(
    ...['--stage', 'test', '--param', 'config=watched.json', '--param', 'mail=ops@example.com'],
    ...['--param', 'schedule=rate(6 hours)'],
  );
  remote = await workshop.package('--param', 'config=ssm:/ops/hygiene');
  await workshop.write(
    'other-account.yml',
    [
      'service: other-account',
      'provider: {name: aws, region: eu-west-1}',
      'resources: ${file(deploy/read-only-role.yml)}',
    ].join('\n'),
  );
  ({ template: elsewhere } = await workshop.package('--config', 'other-account.yml'));
});
afterAll(() => workshop.close());

const at = (value: unknown, ...path: (string | number)[]): unknown =>
  path.reduce<unknown>((inner, step) => (inner as Record<string | number, unknown> | undefined)?.[step], value);
const getAtt = (name: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [name, attribute] });
const statementsOf = (template: Template, role: string) =>
  at(resource(template, role, 'AWS::IAM::Role'), 'Policies', 0, 'PolicyDocument', 'Statement') as Statement[];
const alarms = (template: Template) => ofType(template, 'AWS::CloudWatch::Alarm');

describe('the package', () => {
  it('needs no parameter and no setting, and builds the bundle itself', () => {
    expect([...unzip(plain.zip).keys()].sort()).toEqual(['dist/bucket-hygiene.json', 'dist/lambda.mjs']);
  });

  it('holds the configuration that was chosen, as it stands', () => {
    expect(JSON.parse(unzip(own.zip).get('dist/bucket-hygiene.json')?.toString() ?? '')).toEqual(configuration);
  });

  it('holds none when the Lambda reads it elsewhere', () => {
    expect([...unzip(remote.zip).keys()]).toEqual(['dist/lambda.mjs']);
  });

  it('has a bundle that needs nothing beside it: unpacked far from any package, it exports the handler', async () => {
    const bundle = unzip(own.zip).get('dist/lambda.mjs') ?? Buffer.alloc(0);
    const place = await mkdtemp(join(tmpdir(), 'bucket-hygiene-bundle-'));
    try {
      await writeFile(join(place, 'lambda.mjs'), bundle);
      const question = "import('./lambda.mjs').then(({ handler }) => console.log(typeof handler))";
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', question], { cwd: place });
      expect(stdout.trim()).toBe('function');
    } finally {
      await rm(place, { recursive: true, force: true });
    }
    expect(bundle.length).toBeLessThan(1024 * 1024);
  });

  it('is refused when the configuration is wrong, with its path', async () => {
    await workshop.write('wrong.json', { buckets: [{ name: 'logs', alow: [] }] });
    await expect(workshop.package('--param', 'config=wrong.json')).rejects.toThrow('buckets[0].alow');
  });

  it('is refused when nobody could tell silence from a rare schedule', async () => {
    await expect(workshop.package('--param', 'schedule=rate(30 days)')).rejects.toThrow('CloudWatch looks back 7 days');
  });
});

describe('the template', () => {
  it('is one that CloudFormation knows: types, properties, values, references, attributes', () => {
    expect(problemsOf(plain.template)).toEqual([]);
    expect(problemsOf(own.template)).toEqual([]);
    expect(problemsOf(remote.template)).toEqual([]);
    expect(problemsOf(elsewhere)).toEqual([]);
  });

  it('is held by a check that finds what is wrong', () => {
    const wrong: Template = {
      Resources: {
        Q: { Type: 'AWS::SQS::Queue', Properties: { MesageRetentionPeriod: 1, SqsManagedSseEnabled: 'perhaps' } },
        B: { Type: 'AWS::S3::Bucket', Properties: { VersioningConfiguration: { Status: 'On' } }, Condition: 'Never' },
        T: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: { 'Fn::GetAtt': ['Q', 'Address'] } } },
        U: { Type: 'AWS::SNS::Topic', Properties: { DisplayName: { 'Fn::Sub': 'of ${Nobody}' } }, DependsOn: ['Gone'] },
        X: { Type: 'AWS::SNS::Tropic' },
        S: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: { Ref: 'Nobody' } } },
      },
    };
    const found = problemsOf(wrong).join('\n');
    for (const part of [
      'MesageRetentionPeriod',
      'perhaps',
      '"On"',
      'Never',
      'Address',
      '${Nobody}'.slice(2, -1),
      'Gone',
      'Tropic',
      'Protocol',
    ])
      expect(found).toContain(part);
  });

  it('runs on Node 24 and arm64, one run at a time, with logs that end', () => {
    expect(resource(own.template, 'MonitorLambdaFunction', 'AWS::Lambda::Function')).toMatchObject({
      FunctionName: 'bucket-hygiene-test-monitor',
      Handler: 'dist/lambda.handler',
      Runtime: 'nodejs24.x',
      Architectures: ['arm64'],
      ReservedConcurrentExecutions: 1,
      Role: getAtt('MonitorRole'),
    });
    expect(resource(own.template, 'MonitorLogGroup', 'AWS::Logs::LogGroup')['RetentionInDays']).toBe(90);
  });

  it('tells the function where its configuration, topic and state are', () => {
    const variables = (template: Template) =>
      at(resource(template, 'MonitorLambdaFunction', 'AWS::Lambda::Function'), 'Environment', 'Variables');
    expect(variables(own.template)).toEqual({
      BUCKET_HYGIENE_CONFIG: 'bucket-hygiene.json',
      BUCKET_HYGIENE_TOPIC_ARN: { Ref: 'AlertTopic' },
      BUCKET_HYGIENE_STATE_URL: { 'Fn::Sub': 's3://${StateBucket}/bucket-hygiene/' },
    });
    expect(at(variables(remote.template), 'BUCKET_HYGIENE_CONFIG')).toBe('ssm:/ops/hygiene');
  });

  it('gives the function the role of its configuration, and nothing else', () => {
    const reading = readConfig(configuration);
    if ('problems' in reading) throw new Error(reading.problems.join());
    const role = resource(own.template, 'MonitorRole', 'AWS::IAM::Role');
    expect(statementsOf(own.template, 'MonitorRole')).toEqual(roleStatements({ config: reading.config, remote: null }));
    expect(role['Policies']).toHaveLength(1);
    expect(role['ManagedPolicyArns']).toBeUndefined();
    expect(at(role, 'AssumeRolePolicyDocument', 'Statement')).toEqual([
      { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(ofType(own.template, 'AWS::IAM::Policy')).toEqual([]);
    expect(ofType(own.template, 'AWS::IAM::Role').map(([name]) => name)).toEqual(['MonitorRole', 'ScheduleRole']);
    expect(JSON.stringify(statementsOf(remote.template, 'MonitorRole'))).toContain('parameter/ops/hygiene');
  });
});

describe('the schedule', () => {
  it('starts the function with a role of its own, that the scheduler may assume', () => {
    const schedule = resource(own.template, 'Schedule', 'AWS::Scheduler::Schedule');
    expect(schedule['ScheduleExpression']).toBe('rate(6 hours)');
    expect(schedule['Target']).toMatchObject({ Arn: getAtt('MonitorLambdaFunction'), RoleArn: getAtt('ScheduleRole') });
    const role = resource(own.template, 'ScheduleRole', 'AWS::IAM::Role');
    expect(at(role, 'AssumeRolePolicyDocument', 'Statement')).toEqual([
      {
        Effect: 'Allow',
        Principal: { Service: 'scheduler.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      },
    ]);
    const granted = statementsOf(own.template, 'ScheduleRole').map(({ Action, Resource }) => [Action, Resource]);
    expect(granted).toEqual([
      ['lambda:InvokeFunction', getAtt('MonitorLambdaFunction')],
      ['sqs:SendMessage', getAtt('UndeliveredRuns')],
    ]);
  });

  it('and the function keep what failed in encrypted queues of their own, named by ARN', () => {
    const target = at(resource(own.template, 'Schedule', 'AWS::Scheduler::Schedule'), 'Target');
    expect(at(target, 'DeadLetterConfig')).toEqual({ Arn: getAtt('UndeliveredRuns') });
    const invocation = resource(own.template, 'MonitorInvocation', 'AWS::Lambda::EventInvokeConfig');
    expect(invocation).toMatchObject({
      FunctionName: { Ref: 'MonitorLambdaFunction' },
      Qualifier: '$LATEST',
      DestinationConfig: { OnFailure: { Destination: getAtt('FailedRuns') } },
    });
    const queues = ofType(own.template, 'AWS::SQS::Queue');
    expect(queues.map(([name]) => name)).toEqual(['UndeliveredRuns', 'FailedRuns']);
    for (const [, queue] of queues)
      expect(queue).toMatchObject({ SqsManagedSseEnabled: true, MessageRetentionPeriod: 14 * 86_400 });
  });
});

describe('the state bucket', () => {
  it('is private, versioned, encrypted, reached over TLS only, and outlives the stack', () => {
    expect(own.template.Resources['StateBucket']).toMatchObject({
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
    });
    const bucket = resource(own.template, 'StateBucket', 'AWS::S3::Bucket');
    expect(Object.values(bucket['PublicAccessBlockConfiguration'] as object)).toEqual([true, true, true, true]);
    expect(bucket['VersioningConfiguration']).toEqual({ Status: 'Enabled' });
    expect(at(bucket, 'BucketEncryption', 'ServerSideEncryptionConfiguration')).toHaveLength(1);
    const policy = resource(own.template, 'StateBucketPolicy', 'AWS::S3::BucketPolicy');
    expect(policy['Bucket']).toEqual({ Ref: 'StateBucket' });
    expect(at(policy, 'PolicyDocument', 'Statement', 0)).toMatchObject({
      Effect: 'Deny',
      Principal: '*',
      Action: 's3:*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    });
  });

  it('forgets old reports', () => {
    const bucket = resource(own.template, 'StateBucket', 'AWS::S3::Bucket');
    expect(at(bucket, 'LifecycleConfiguration', 'Rules', 0)).toMatchObject({
      ExpirationInDays: 400,
      NoncurrentVersionExpiration: { NoncurrentDays: 30 },
    });
  });
});

describe('the mail', () => {
  it('goes out on two topics: findings under a key of the stack, alarms without one', () => {
    expect(resource(own.template, 'AlertTopic', 'AWS::SNS::Topic')['KmsMasterKeyId']).toEqual(getAtt('AlertKey'));
    expect(resource(own.template, 'AlertKey', 'AWS::KMS::Key')['EnableKeyRotation']).toBe(true);
    expect(resource(own.template, 'AlarmTopic', 'AWS::SNS::Topic')['KmsMasterKeyId']).toBeUndefined();
    const subscriptions = ofType(own.template, 'AWS::SNS::Subscription').map(([, subscription]) => subscription);
    expect(subscriptions).toEqual(
      ['AlertTopic', 'AlarmTopic'].map((topic) => ({
        TopicArn: { Ref: topic },
        Protocol: 'email',
        Endpoint: 'ops@example.com',
      })),
    );
  });

  it('is for nobody when no address is given', () => {
    const conditions = ofType(plain.template, 'AWS::SNS::Subscription').map(
      ([name]) => plain.template.Resources[name]?.Condition,
    );
    expect(conditions).toEqual(['HasMail', 'HasMail']);
    expect(plain.template.Conditions?.['HasMail']).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['', ''] }] });
    expect(own.template.Conditions?.['HasMail']).toEqual({ 'Fn::Not': [{ 'Fn::Equals': ['ops@example.com', ''] }] });
  });
});

describe('the alarms', () => {
  it('all go to the topic of their own, which CloudWatch may publish to', () => {
    expect(alarms(own.template).length).toBeGreaterThan(0);
    for (const [, alarm] of alarms(own.template)) {
      expect(alarm['AlarmActions']).toEqual([{ Ref: 'AlarmTopic' }]);
      for (const action of (alarm['OKActions'] ?? []) as unknown[]) expect(action).toEqual({ Ref: 'AlarmTopic' });
    }
    const policy = resource(own.template, 'AlarmTopicPolicy', 'AWS::SNS::TopicPolicy');
    expect(policy['Topics']).toEqual([{ Ref: 'AlarmTopic' }]);
    expect(at(policy, 'PolicyDocument', 'Statement', 0)).toMatchObject({
      Principal: { Service: 'cloudwatch.amazonaws.com' },
      Action: 'sns:Publish',
      Resource: { Ref: 'AlarmTopic' },
    });
  });

  it('each compare something: CloudFormation asks for a comparison only when it is deployed', () => {
    for (const [, alarm] of alarms(own.template)) {
      expect(alarm).toMatchObject({
        ComparisonOperator: expect.any(String) as string,
        Threshold: 1,
        EvaluationPeriods: expect.any(Number) as number,
      });
      const span = Number(alarm['Period']) * Number(alarm['EvaluationPeriods']);
      expect(span).toBeLessThanOrEqual(Number(alarm['Period']) >= 3600 ? 7 * 86_400 : 86_400);
    }
  });

  it.each([
    ['RunsFailing', 'AWS/Lambda', 'Errors', { Name: 'FunctionName', Value: { Ref: 'MonitorLambdaFunction' } }],
    ['RunsThrottled', 'AWS/Lambda', 'Throttles', { Name: 'FunctionName', Value: { Ref: 'MonitorLambdaFunction' } }],
    [
      'RunsLost',
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      { Name: 'QueueName', Value: getAtt('FailedRuns', 'QueueName') },
    ],
    [
      'RunsUndelivered',
      'AWS/SQS',
      'ApproximateNumberOfMessagesVisible',
      { Name: 'QueueName', Value: getAtt('UndeliveredRuns', 'QueueName') },
    ],
  ])('%s listens to %s %s', (name, Namespace, MetricName, dimension) => {
    expect(resource(own.template, name, 'AWS::CloudWatch::Alarm')).toMatchObject({
      Namespace,
      MetricName,
      Dimensions: [dimension],
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
    });
  });

  it('tell silence for each watched bucket, which missing data is', () => {
    const silences = alarms(own.template).filter(([, alarm]) => alarm['Namespace'] === 'BucketHygiene');
    expect(silences.map(([name]) => name)).toEqual(['SilenceLogsDashprod', 'SilenceLogsDottest', 'SilenceLogsDashfar']);
    for (const [index, [, alarm]] of silences.entries())
      expect(alarm).toMatchObject({
        MetricName: 'AuditCompleted',
        Dimensions: [
          { Name: 'service', Value: 'bucket-hygiene' },
          { Name: 'bucket', Value: configuration.buckets[index]?.name },
        ],
        Statistic: 'Sum',
        Period: 3600,
        EvaluationPeriods: 8,
        DatapointsToAlarm: 8,
        ComparisonOperator: 'LessThanThreshold',
        TreatMissingData: 'breaching',
        OKActions: [{ Ref: 'AlarmTopic' }],
      });
  });

  it('listen to the metric that the monitor writes', () => {
    const telemetry = readFileSync(resolve(root, 'src/entry/telemetry.ts'), 'utf8');
    for (const word of [`'BucketHygiene'`, `'bucket-hygiene'`, `'AuditCompleted'`, `addDimension('bucket'`])
      expect(telemetry).toContain(word);
  });

  it('send their reader to a chapter that exists', () => {
    const manual = readFileSync(resolve(root, 'docs/deploy.md'), 'utf8');
    for (const [, alarm] of alarms(own.template)) {
      const chapter = /docs\/deploy\.md, "(.+?)"/.exec(String(alarm['AlarmDescription']))?.[1] ?? 'none';
      expect(manual).toContain(`### ${chapter}\n`);
    }
  });
});

describe('the role in another account', () => {
  it('may do there what the monitor may do at home, and trusts the monitor alone', () => {
    const named = (statements: readonly Statement[], name: string) =>
      statements.map(({ Sid, Action, Resource }) => ({
        Sid,
        Action,
        Resource: Resource.map((arn) => deployedArn(arn).replace('${BucketName}', name)),
      }));
    expect(named(statementsOf(elsewhere, 'ReadOnlyRole'), 'logs-far')).toEqual(
      named(watchStatements(['logs-far']), 'logs-far'),
    );
    const role = resource(elsewhere, 'ReadOnlyRole', 'AWS::IAM::Role');
    expect(role['Policies']).toHaveLength(1);
    expect(at(role, 'AssumeRolePolicyDocument', 'Statement')).toEqual([
      { Effect: 'Allow', Principal: { AWS: { Ref: 'MonitorRoleArn' } }, Action: 'sts:AssumeRole' },
    ]);
    expect(Object.keys(elsewhere.Parameters ?? {})).toEqual(['BucketName', 'MonitorRoleArn']);
  });
});
