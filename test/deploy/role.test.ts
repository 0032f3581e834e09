import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { roleStatements, watchStatements } from '../../deploy/role.ts';
import { operations } from '../../src/bucket/operations.ts';
import { readConfig } from '../../src/config/schema.ts';
import { dayOfManifest } from '../../src/parseable/days.ts';
import { layout } from '../../src/parseable/layout.ts';
import { allows, grants } from './iam.ts';

const root = resolve(import.meta.dirname, '../..');
const otherAccount = 'arn:aws:iam::210987654321:role/look';

function config(given: object) {
  const reading = readConfig(given);
  if ('problems' in reading) throw new Error(reading.problems.join('\n'));
  return reading.config;
}

const buckets = [{ name: 'logs' }, { name: 'logs-elsewhere', roleArn: otherAccount }];
const role = roleStatements({ config: config({ buckets }), remote: null });
const roles = [
  role,
  roleStatements({ config: config({ buckets }), remote: { scheme: 's3', bucket: 'settings', key: 'hygiene.json' } }),
  roleStatements({ config: config({ buckets }), remote: { scheme: 'ssm', name: '/ops/hygiene' } }),
];
const readable = (key: string) => allows(watchStatements(['logs']), 's3:GetObject', `arn:aws:s3:::logs/${key}`);

describe('the role and the requests that the code sends', () => {
  /** Whose resources an ARN is about. */
  const owners: [RegExp, string][] = [
    [/^arn:aws:s3:::logs(\/|$)/, 'watched'],
    [/^arn:stack:StateBucket/, 'state'],
    [/^arn:aws:s3:::settings\/hygiene\.json$/, 'configuration'],
    [/^arn:aws:ssm:eu-west-1:123456789012:parameter\/ops\/hygiene$/, 'configuration'],
    [/^arn:stack:AlertTopic$/, 'topic'],
    [new RegExp(`^${otherAccount}$`), 'role'],
  ];

  /** What no request of the code's own asks for, and why it is there all the same. */
  const besides = [
    's3:ListBucket on arn:stack:StateBucket', // a state that is not there answers 404, not 403
    'kms:GenerateDataKey* on arn:stack:AlertKey', // SNS encrypts on the publisher's behalf
    'kms:Decrypt on arn:stack:AlertKey',
    'logs:CreateLogStream on arn:stack:MonitorLogGroup', // Lambda writes the logs with the function's role
    'logs:PutLogEvents on arn:stack:MonitorLogGroup',
    'sqs:SendMessage on arn:stack:FailedRuns', // Lambda keeps failed runs with the function's role
  ];

  const granted = new Set(
    roles.flatMap((statements) => grants(statements).map(({ action, resource }) => `${action} on ${resource}`)),
  );
  const beyond = [...granted].filter((grant) => !besides.includes(grant));
  const owned = beyond.map((grant) => {
    const [action = '', resource = ''] = grant.split(' on ');
    return `${action} on the ${owners.find(([pattern]) => pattern.test(resource))?.[1] ?? resource}`;
  });
  const sent = operations.map(({ action, where }) => `${action} on the ${where}`);

  it('fit: every request is allowed, and nothing is allowed that is not sent', () => {
    expect([...new Set(owned)].sort()).toEqual([...new Set(sent)].sort());
  });

  it('fit beside the named list, of which nothing is idle', () => {
    expect(besides.filter((grant) => !granted.has(grant))).toEqual([]);
  });

  const files = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => file.endsWith('.ts') && !file.startsWith('entry/demo'))
    .map((file) => ({ file, text: readFileSync(join(root, 'src', file), 'utf8') }));
  const imports = files.flatMap(({ file, text }) =>
    [...text.matchAll(/import\s+([^;]*?)\s+from\s+'@aws-sdk\/(?:client|lib)-[^']+'/g)].map(([, names = '']) => ({
      file,
      names,
    })),
  );
  const commands = imports.flatMap(({ file, names }) =>
    (names.match(/\w+Command\b/g) ?? []).map((command) => ({ file, command })),
  );

  it('are known: the code imports no command that is not on the list of operations, and each of them by name', () => {
    const listed = operations.map(({ command }) => command);
    expect(commands.filter(({ command }) => !listed.includes(command))).toEqual([]);
    expect(imports.filter(({ names }) => names.includes('*'))).toEqual([]);
    expect(files.filter(({ text }) => /import\(\s*'@aws-sdk/.test(text)).map(({ file }) => file)).toEqual([]);
  });

  it('are real: each operation on the list is imported, but for the role that the credentials take on', () => {
    const imported = commands.map(({ command }) => command);
    const idle = operations.map(({ command }) => command).filter((command) => !imported.includes(command));
    expect(idle).toEqual(['AssumeRoleCommand']);
  });

  it('write in one place, the state', () => {
    expect(operations.filter(({ action }) => !/:(Get|List|AssumeRole|Publish)/.test(action))).toEqual([
      { command: 'PutObjectCommand', action: 's3:PutObject', where: 'state' },
    ]);
    const writers = commands
      .filter(({ command }) => command === 'PutObjectCommand')
      .map(({ file }) => file.split('/')[0]);
    expect(new Set(writers)).toEqual(new Set(['history']));
  });
});

describe('the role in a watched bucket', () => {
  it.each(['s3:PutObject', 's3:DeleteObject', 's3:PutObjectTagging', 's3:PutBucketPolicy', 's3:AbortMultipartUpload'])(
    'may not %s',
    (action) => {
      const targets = [
        'logs',
        'logs/a/.stream/.stream.json',
        'logs/bucket-hygiene/x',
        'logs-elsewhere',
        'logs-elsewhere/a',
      ];
      for (const statements of roles)
        expect(targets.filter((target) => allows(statements, action, `arn:aws:s3:::${target}`))).toEqual([]);
    },
  );

  it('has nothing on a bucket that another role looks at', () => {
    expect(grants(role).filter(({ resource }) => resource.includes('logs-elsewhere'))).toEqual([]);
    expect(allows(role, 'sts:AssumeRole', otherAccount)).toBe(true);
  });

  it('may assume no role when none is configured, and has no statement without a resource', () => {
    const statements = roleStatements({ config: config({ buckets: [{ name: 'logs' }] }), remote: null });
    expect(statements.flatMap(({ Action }) => Action)).not.toContain('sts:AssumeRole');
    expect(statements.filter(({ Resource }) => Resource.length === 0)).toEqual([]);
  });

  it.each([
    '.parseable.json',
    '.parseable/.parseable.json',
    'acme/.parseable.json',
    'web/.stream.json',
    'web/.stream/.stream.json',
    'web/.stream/.ingestor.86a3146fed055d2.stream.json',
    'acme/web/.stream/.stream.json',
    'acme/web/.stream/.ingestor.86a3146fed055d2.stream.json',
  ])('reads %s', (key) => {
    expect(readable(key)).toBe(true);
  });

  it.each([
    '.parseable/ingestor.86a3146fed055d2.json',
    '.parseable/querier.86a3146fed055d2.json',
    '.parseable/all.86a3146fed055d2.json',
    'acme/.parseable/ingestor.86a3146fed055d2.json',
    '.settings/.targets/01KY43JFV84TFF59TDWH9EDD1R.json',
    '.settings/llmconfigs/x.json',
    '.alerts/01KY43JFV84TFF59TDWH9EDD1R.json',
    '.keystone/conv_x.json',
    '.users/alice/dashboards/x.json',
    'web/.alert.json',
    'web/.stream/.alert.json',
    'web/overview',
    'web/date=2026-07-22/hour=05/minute=07/a.data.01KY43JFV84TFF59TDWH9EDD1R.parquet',
    'my.parseable.json',
    'web/x.stream.json',
    'web/.stream/stream.json',
    'backups/snapshot-1',
    'index.html',
  ])('does not read %s', (key) => {
    expect(readable(key)).toBe(false);
  });

  it('reads every place where any epoch keeps a body that the audit wants', () => {
    const own = layout.deploymentFiles.map(({ key }) => key);
    const tenant = layout.tenantFile === null ? [] : [`acme/${layout.tenantFile}`];
    const markers = layout.markers
      .filter(({ form }) => form !== 'bare')
      .flatMap(({ place }) => [`web/${place}`, `acme/web/${place}`]);
    expect([...own, ...tenant, ...markers].filter((key) => !readable(key))).toEqual([]);
  });

  it('reads the schemas and manifests of streams, in tenants too', () => {
    const files = [
      '.schema',
      '.stream/.schema',
      '.stream/.ingestor.86a3146fed055d2.schema',
      'date=2026-07-22/manifest.json',
    ];
    const more = ['date=2026-07-22/host.manifest.json', 'date=2026-07-22/ingestor.host.86a3146fed055d2.manifest.json'];
    const keys = [...files, ...more].flatMap((file) => [`web/${file}`, `acme/web/${file}`]);
    expect(keys.filter((key) => !readable(key))).toEqual([]);
  });

  it('reads nothing in a recorded bucket but metadata, schemas, manifests and deployment files', () => {
    const recorded = join(root, 'test/fixtures/recorded');
    const keys = readdirSync(recorded, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .flatMap(({ name }) => {
        const { objects } = JSON.parse(readFileSync(join(recorded, name, 'bucket.json'), 'utf8')) as {
          objects: { key: string }[];
        };
        return objects.map(({ key }) => key);
      });
    const wanted = (key: string): boolean => {
      const segments = key.split('/');
      return (
        layout.deploymentFiles.some((file) => file.key === key) ||
        segments.slice(1, 3).some((_, index) => {
          const relative = segments.slice(index + 1).join('/');
          const marker = layout.markerOf(relative);
          const isMarker = marker !== null && marker.place.form !== 'bare';
          const isSchema = /^(\.stream\/[^/]*)?\.schema$/.test(relative);
          return relative === layout.tenantFile || isMarker || isSchema || dayOfManifest(relative) !== null;
        })
      );
    };
    expect(keys.length).toBeGreaterThan(400);
    expect(keys.filter((key) => readable(key) !== wanted(key))).toEqual([]);
  });
});

describe('the role follows the configuration', () => {
  it('keeps its state, and publishes, where the configuration says', () => {
    const topicArn = 'arn:aws:sns:eu-west-1:123456789012:ops';
    const statements = roleStatements({
      config: config({ buckets, alerts: { topicArn }, stateUrl: 's3://ops-state/hygiene' }),
      remote: null,
    });
    expect(allows(statements, 's3:PutObject', 'arn:aws:s3:::ops-state/hygiene/logs/state.json')).toBe(true);
    expect(allows(statements, 's3:PutObject', 'arn:aws:s3:::ops-state/hygiene-of-others/x')).toBe(false);
    expect(allows(statements, 's3:ListBucket', 'arn:aws:s3:::ops-state')).toBe(true);
    expect(allows(statements, 'sns:Publish', topicArn)).toBe(true);
    expect(grants(statements).filter(({ resource }) => /StateBucket|AlertTopic|AlertKey/.test(resource))).toEqual([]);
  });

  it('has room for a platform team, and says so where IAM has no more', () => {
    const many = (count: number) => ({
      config: config({
        buckets: Array.from({ length: count }, (_, index) => ({ name: `parseable-logs-${String(index)}` })),
      }),
      remote: null,
    });
    expect(() => roleStatements(many(15))).not.toThrow();
    expect(() => roleStatements(many(60))).toThrow(/60 buckets takes \d+ characters, IAM allows 10240: divide/);
  });
});
