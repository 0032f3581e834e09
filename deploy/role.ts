import { placeOf } from '../src/config/place.ts';
import type { Deployed } from './configuration.ts';

/** One statement of an IAM policy, with CloudFormation's functions where ARNs stand. */
export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: unknown[];
}

/**
 * The keys that an audit reads, as patterns of IAM, where `*` crosses slashes. Everything else is only listed: the node
 * files in `.parseable/` hold the administrator's password, and data is nobody's business here. Schemas and manifests are
 * read by deep audits alone.
 * A stream's base file is `s/.stream/.stream.json`, before 1.0 it was `s/.stream.json`; `*` covers tenants.
 */
export const readableKeys = [
  '.parseable.json',
  '*/.parseable.json',
  '*/.stream.json',
  '*/.stream/.ingestor.*.stream.json',
  '*/.schema',
  '*/.stream/*.schema',
  '*/date=*/*manifest.json',
] as const;

/** Inline policies of one role may hold this many characters, white space aside (IAM quota). */
const policyLimit = 10_240;

const sub = (text: string) => ({ 'Fn::Sub': text });
const arn = (rest: string) => sub(`arn:\${AWS::Partition}:${rest}`);
/** Text that CloudFormation must not take for a reference of its own. */
const literal = (text: string) => text.replaceAll('${', '${!');
const getAtt = (resource: string, attribute: string) => ({ 'Fn::GetAtt': [resource, attribute] });

const allow = (Sid: string, Action: string[], Resource: unknown[]): Statement[] =>
  Resource.length === 0 ? [] : [{ Sid, Effect: 'Allow', Action, Resource }];

/** What looking at buckets takes: to list them, to know how they are set, and to read the few keys that say what is Parseable's. */
export const watchStatements = (buckets: readonly string[]): Statement[] => [
  ...allow(
    'ListWatched',
    [
      's3:ListBucket',
      's3:ListBucketMultipartUploads',
      's3:GetLifecycleConfiguration',
      's3:GetBucketVersioning',
      's3:GetBucketObjectLockConfiguration',
    ],
    buckets.map((name) => arn(`s3:::${name}`)),
  ),
  ...allow(
    'SizeUploads',
    ['s3:ListMultipartUploadParts'],
    buckets.map((name) => arn(`s3:::${name}/*`)),
  ),
  ...allow(
    'ReadMetadata',
    ['s3:GetObject'],
    buckets.flatMap((name) => readableKeys.map((pattern) => arn(`s3:::${name}/${pattern}`))),
  ),
];

function stateStatements(stateUrl: string | null): Statement[] {
  const place = stateUrl === null ? null : placeOf(stateUrl);
  const own = place?.scheme !== 's3';
  const bucket = own ? getAtt('StateBucket', 'Arn') : arn(`s3:::${place.bucket}`);
  const folder = own ? '' : place.key === '' || place.key.endsWith('/') ? place.key : `${place.key}/`;
  const objects = own ? sub('${StateBucket.Arn}/bucket-hygiene/*') : arn(`s3:::${place.bucket}/${literal(folder)}*`);
  return [
    ...allow('KeepState', ['s3:GetObject', 's3:PutObject'], [objects]),
    // Without it S3 answers 403 where no state is yet, and only a 404 is an empty state. Not narrowed to a prefix: the
    // request for one object has none, so that a condition on it would never hold.
    ...allow('TellMissingState', ['s3:ListBucket'], [bucket]),
  ];
}

/** A topic that the configuration names brings its own key policy. */
const alertStatements = (topicArn: string | null): Statement[] =>
  topicArn === null
    ? [
        ...allow('PublishAlerts', ['sns:Publish'], [{ Ref: 'AlertTopic' }]),
        ...allow('EncryptAlerts', ['kms:GenerateDataKey*', 'kms:Decrypt'], [getAtt('AlertKey', 'Arn')]),
      ]
    : allow('PublishAlerts', ['sns:Publish'], [topicArn]);

function configurationStatements(remote: Deployed['remote']): Statement[] {
  if (remote === null) return [];
  if (remote.scheme === 's3') {
    return allow('ReadConfiguration', ['s3:GetObject'], [arn(`s3:::${remote.bucket}/${literal(remote.key)}`)]);
  }
  const path = remote.name.startsWith('/') ? remote.name : `/${remote.name}`;
  const parameter = `ssm:\${AWS::Region}:\${AWS::AccountId}:parameter${literal(path)}`;
  return allow('ReadConfiguration', ['ssm:GetParameter'], [arn(parameter)]);
}

/**
 * Everything that the function may do, made from the configuration it is packaged with. Nothing here writes to a watched bucket.
 * @throws Error when the configuration names more buckets than one role's policy has room for
 */
export function roleStatements({ config, remote }: Pick<Deployed, 'config' | 'remote'>): Statement[] {
  const direct = config.buckets.filter(({ roleArn }) => roleArn === null).map(({ name }) => name);
  const roles = [...new Set(config.buckets.flatMap(({ roleArn }) => (roleArn === null ? [] : [roleArn])))];
  const statements = [
    ...watchStatements(direct),
    ...allow('LookElsewhere', ['sts:AssumeRole'], roles),
    ...stateStatements(config.stateUrl),
    ...alertStatements(config.alerts.topicArn),
    ...configurationStatements(remote),
    ...allow('WriteLogs', ['logs:CreateLogStream', 'logs:PutLogEvents'], [getAtt('MonitorLogGroup', 'Arn')]),
    ...allow('KeepFailedRuns', ['sqs:SendMessage'], [getAtt('FailedRuns', 'Arn')]),
  ];
  const size = sizeOf(statements);
  if (size > policyLimit) {
    throw new Error(
      `the role for ${String(config.buckets.length)} buckets takes ${String(size)} characters, IAM allows ${String(policyLimit)}: ` +
        'divide the buckets among several stages, each with a configuration of its own (--stage … --param config=…)',
    );
  }
  return statements;
}

/** About as long as the policy will be once CloudFormation has filled it in; ARNs of the stack are counted generously. */
const sizeOf = (statements: readonly Statement[]): number =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements })
    .replace(/\{"(?:Ref|Fn::GetAtt)":[^}]*\}/g, '"'.padEnd(150, '.'))
    .replace(/\{"Fn::Sub":("[^"]*")\}/g, '$1')
    .replaceAll('${AWS::Partition}', 'aws-us-gov').length;
