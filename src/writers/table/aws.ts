import type { Writer } from '../writer.ts';

/** Services that deliver below `AWSLogs/`; the path names account and service, so one bucket often holds several. */
const delivered = {
  cloudtrail: {
    name: 'AWS CloudTrail',
    marks: [
      ['AWSLogs/{owner}/CloudTrail/{region}/{yyyy}/{mm}/{dd}/{account}_CloudTrail_{any}.json.gz'],
      ['AWSLogs/{owner}/CloudTrail-Digest/{region}/{yyyy}/{mm}/{dd}/{account}_CloudTrail-Digest_{any}.json.gz'],
    ],
    holds: [
      'AWSLogs/{owner}/CloudTrail/**',
      'AWSLogs/{owner}/CloudTrail-Digest/**',
      'AWSLogs/{owner}/CloudTrail-Insight/**',
    ],
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/get-and-view-cloudtrail-log-files.html',
    note: 'Trails of an organization have its id before the account.',
  },
  'elb-logs': {
    name: 'Elastic Load Balancing logs',
    marks: [
      ['AWSLogs/{owner}/elasticloadbalancing/{region}/{yyyy}/{mm}/{dd}/{lead}{account}_elasticloadbalancing_{any}'],
      ['AWSLogs/{owner}/ELBAccessLogTestFile'],
    ],
    holds: [
      'AWSLogs/{owner}/elasticloadbalancing/**',
      'AWSLogs/{owner}/ELBAccessLogTestFile',
      'AWSLogs/{owner}/ELBConnectionLogTestFile',
    ],
    source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-access-logs.html',
    note: 'Access and connection logs of application, network and classic load balancers.',
  },
  'vpc-flow-logs': {
    name: 'VPC Flow Logs',
    marks: [
      ['AWSLogs/{owner}/vpcflowlogs/{region}/{yyyy}/{mm}/{dd}/{hourly}{account}_vpcflowlogs_{any}'],
      [
        'AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/aws-region={region}/year={yyyy}/month={mm}/day={dd}/**',
      ],
    ],
    holds: ['AWSLogs/{owner}/vpcflowlogs/**', 'AWSLogs/aws-account-id={account}/aws-service=vpcflowlogs/**'],
    source: 'https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-s3-path.html',
    note: 'Of transit gateways too, which use the same path.',
  },
  'aws-config': {
    name: 'AWS Config',
    marks: [
      ['AWSLogs/{owner}/Config/{region}/{yyyy}/{md}/{md}/{any}/{account}_Config_{any}.json.gz'],
      ['AWSLogs/{owner}/Config/ConfigWritabilityCheckFile'],
    ],
    holds: ['AWSLogs/{owner}/Config/**'],
    source: 'https://docs.aws.amazon.com/config/latest/developerguide/s3-bucket-policy.html',
    note: 'Months and days have no leading zero.',
  },
  guardduty: {
    name: 'Amazon GuardDuty',
    marks: [['AWSLogs/{owner}/GuardDuty/{region}/{yyyy}/{mm}/{dd}/{uuid}.jsonl.gz']],
    holds: ['AWSLogs/{owner}/GuardDuty/**'],
    source: 'https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_exportfindings.html',
    note: null,
  },
  'waf-logs': {
    name: 'AWS WAF logs',
    marks: [['AWSLogs/{owner}/WAFLogs/{any}/{any}/{yyyy}/{mm}/{dd}/{hh}/{mi}/{account}_waflogs_{any}.log.gz']],
    holds: ['AWSLogs/{owner}/WAFLogs/**'],
    source: 'https://docs.aws.amazon.com/waf/latest/developerguide/logging-s3.html',
    note: 'Sent through Firehose they have the names of Firehose.',
  },
  'route53-resolver-logs': {
    name: 'Route 53 Resolver query logs',
    marks: [['AWSLogs/{owner}/vpcdnsquerylogs/{vpc}/{yyyy}/{mm}/{dd}/{vpc}_vpcdnsquerylogs_{any}.log.gz']],
    holds: ['AWSLogs/{owner}/vpcdnsquerylogs/**'],
    source:
      'https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-query-logs-choosing-target-resource.html',
    note: null,
  },
  'network-firewall-logs': {
    name: 'AWS Network Firewall logs',
    marks: [
      [
        'AWSLogs/{owner}/network-firewall/{any}/{region}/{any}/{yyyy}/{mm}/{dd}/{hh}/{account}_network-firewall_{any}.log.gz',
      ],
    ],
    holds: ['AWSLogs/{owner}/network-firewall/**'],
    source: 'https://docs.aws.amazon.com/network-firewall/latest/developerguide/logging-s3.html',
    note: null,
  },
  'redshift-audit': {
    name: 'Amazon Redshift audit logs',
    marks: [['AWSLogs/{owner}/redshift/{region}/{yyyy}/{mm}/{dd}/{account}_redshift_{any}.gz']],
    holds: ['AWSLogs/{owner}/redshift/**'],
    source: 'https://docs.aws.amazon.com/redshift/latest/mgmt/db-auditing.html',
    note: null,
  },
} as const satisfies Record<string, Writer>;

/** What Amazon's own services write. */
export const aws = {
  ...delivered,
  'aws-logs': {
    name: 'logs that several AWS services deliver',
    marks: Object.values<Writer>(delivered).flatMap(({ marks }) => marks),
    holds: Object.values<Writer>(delivered).flatMap(({ holds }) => holds ?? []),
    contains: Object.keys(delivered),
    shared: true,
    source: 'https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-infrastructure-S3.html',
    note: 'Told when two or more of the services with a row of their own share one `AWSLogs/`, and nothing else is in it.',
  },
  's3-access-logs': {
    name: 'S3 server access logs',
    marks: [['{lead}{yyyy}-{mm}-{dd}-{hh}-{mi}-{ss}-{requestid}']],
    holds: ['{lead}{yyyy}-{mm}-{dd}-{hh}-{mi}-{ss}-{requestid}'],
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerLogs.html',
    note: 'The prefix of the log need not end in a slash, and may be partitioned by day.',
  },
  's3-inventory': {
    name: 'S3 Inventory',
    marks: [
      [
        '{any}/{any}/{yyyy}-{mm}-{dd}T{hh}-{mi}Z/manifest.checksum',
        '{any}/{any}/{yyyy}-{mm}-{dd}T{hh}-{mi}Z/manifest.json',
      ],
    ],
    holds: [
      '{any}/{any}/{yyyy}-{mm}-{dd}T{hh}-{mi}Z/manifest.{any}',
      '{any}/{any}/data/{inventoryfile}',
      '{any}/{any}/hive/dt={yyyy}-{mm}-{dd}-{hh}-{mi}/symlink.txt',
    ],
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/storage-inventory-location.html',
    note: null,
  },
  athena: {
    name: 'Amazon Athena query results',
    marks: [
      ['{uuid}.csv', '{uuid}.csv.metadata'],
      ['{uuid}.txt', '{uuid}.txt.metadata'],
    ],
    holds: [
      '{uuid}.{athenaresult}',
      '{uuid}.{athenaresult}.metadata',
      '{uuid}.metadata',
      '{uuid}-manifest.csv',
      'tables/{uuid}{lead}',
      'tables/{uuid}/**',
    ],
    source: 'https://docs.aws.amazon.com/athena/latest/ug/querying.html',
    note: 'A folder with tables that CTAS wrote under names of their own gets no label.',
  },
  'cloudfront-logs': {
    name: 'Amazon CloudFront logs',
    marks: [['{distribution}.{yyyy}-{mm}-{dd}-{hh}.{any}.gz']],
    holds: ['{distribution}.{yyyy}-{mm}-{dd}-{hh}.{any}.gz'],
    source: 'https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/standard-logs-reference.html',
    note: null,
  },
  firehose: {
    name: 'Amazon Data Firehose',
    marks: [['{any}-{n}-{yyyy}-{mm}-{dd}-{hh}-{mi}-{ss}-{uuid}{suffix}']],
    holds: ['{any}-{n}-{yyyy}-{mm}-{dd}-{hh}-{mi}-{ss}-{uuid}{suffix}'],
    source: 'https://docs.aws.amazon.com/firehose/latest/dev/s3-object-name.html',
    note: 'Whatever is sent through it: AWS WAF logs too.',
  },
  dms: {
    name: 'AWS Database Migration Service',
    marks: [['LOAD{loadnumber}.{columnar}']],
    holds: ['LOAD{loadnumber}.{columnar}', '{dated}{cdcstamp}.{columnar}'],
    source: 'https://docs.aws.amazon.com/dms/latest/userguide/CHAP_Target.S3.html',
    note: 'Each table needs the file of its full load: tasks that only follow changes get no label.',
  },
  emr: {
    name: 'Amazon EMR logs',
    marks: [['{cluster}/steps/{step}/{any}'], ['{cluster}/node/{instance}/**']],
    holds: ['{cluster}/**'],
    source: 'https://docs.aws.amazon.com/emr/latest/ManagementGuide/emr-manage-view-web-log-files.html',
    note: null,
  },
} as const satisfies Record<string, Writer>;
