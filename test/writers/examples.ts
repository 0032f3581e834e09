import type { WriterId } from '../../src/writers/writers.ts';

/** What a writer leaves, and what looks like it and is not. */
export interface Example {
  prefix: string;
  keys: string[];
  near: { why: string; prefix: string; keys: string[] };
}

/** Digits of hashes, made from a number so that no two are alike. */
const hex = (length: number, seed: number): string => {
  let state = seed + 1;
  let digits = '';
  while (digits.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    digits += state.toString(16).padStart(8, '0');
  }
  return digits.slice(-length);
};
const uuid = (seed: number): string => {
  const digits = hex(32, seed);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
};
const sharded = (seed: number): string => `${hex(64, seed).slice(0, 2)}/${hex(64, seed)}`;
const ulids = ['01K5Q6Y3ZJ2V9W8R7T6P5N4M3K', '01K5Q8B7XH4D2F1G0J9K8M7N6P'] as const;
const below = (prefix: string, names: readonly string[]): string[] => names.map((name) => prefix + name);

const day = '2026/11/24';
const trail = `AWSLogs/123456789012/CloudTrail/eu-west-1/${day}/123456789012_CloudTrail_eu-west-1_20261124T0605Z_bZFqVkIJmVHJ4bWH.json.gz`;
const balancer = `AWSLogs/123456789012/elasticloadbalancing/eu-west-1/${day}/123456789012_elasticloadbalancing_eu-west-1_app.frontdoor.1f2e3d4c5b6a7988_20261124T2340Z_172.160.1.192_20sg8hgm.log.gz`;
const flow = `AWSLogs/123456789012/vpcflowlogs/us-east-1/${day}/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20261124T1620Z_fe123456.log.gz`;

const block = (ulid: string): string[] => below(`${ulid}/`, ['chunks/000001', 'chunks/000002', 'index', 'meta.json']);
const traces = (seed: number): string[] => below(`${uuid(seed)}/`, ['bloom-0', 'data.parquet', 'index', 'meta.json']);
const resticRepository = [
  'config',
  `data/${sharded(1)}`,
  `data/${sharded(2)}`,
  `index/${hex(64, 3)}`,
  `keys/${hex(64, 4)}`,
  `locks/${hex(64, 5)}`,
  `snapshots/${hex(64, 6)}`,
];
const kopiaRepository = [
  `_log_20261124133826_84d9_1757857106_1757857106_1_${hex(32, 7)}`,
  'kopia.blobcfg',
  'kopia.maintenance',
  'kopia.repository',
  `p${hex(32, 8)}-s${hex(16, 9)}138`,
  `q${hex(32, 10)}-s${hex(16, 11)}138`,
  `xn0_${hex(32, 12)}-s${hex(16, 13)}-c1`,
];

/** One for every row of the table. */
export const examples: Record<WriterId, Example> = {
  cloudtrail: {
    prefix: 'AWSLogs/',
    keys: [
      'AWSLogs/123456789012/CloudTrail/',
      trail,
      `AWSLogs/123456789012/CloudTrail-Digest/eu-west-1/${day}/123456789012_CloudTrail-Digest_eu-west-1_management_eu-west-1_20261124T070513Z.json.gz`,
    ],
    near: {
      why: 'a Parseable stream may be named AWSLogs',
      prefix: 'AWSLogs/',
      keys: [
        'AWSLogs/.stream/.schema',
        'AWSLogs/date=2026-11-24/hour=14/minute=37/node-1.data.01M86ZW0PPHVMTAYKAM7SYT4VN.parquet',
        'AWSLogs/CloudTrail/notes.json.gz',
      ],
    },
  },
  'elb-logs': {
    prefix: 'lb/',
    keys: below('lb/', [
      balancer,
      'AWSLogs/123456789012/ELBAccessLogTestFile',
      balancer.replace('/123456789012_elastic', '/conn_log.123456789012_elastic'),
    ]),
    near: {
      why: 'the account has too few digits',
      prefix: 'lb/',
      keys: below('lb/', [balancer.replaceAll('123456789012', '12345678901')]),
    },
  },
  'vpc-flow-logs': {
    prefix: 'AWSLogs/',
    keys: [
      flow,
      flow.replace(`${day}/`, `${day}/06/`),
      `AWSLogs/aws-account-id=123456789012/aws-service=vpcflowlogs/aws-region=us-east-1/year=2026/month=11/day=24/123456789012_vpcflowlogs_us-east-1_fl-1234abcd_20261124T1620Z_fe123456.log.gz`,
    ],
    near: {
      why: 'somebody’s own export in a folder of that name',
      prefix: 'AWSLogs/',
      keys: ['AWSLogs/123456789012/vpcflowlogs/us-east-1/2026/11/24/part-0.parquet'],
    },
  },
  'aws-config': {
    prefix: 'config-logs/',
    keys: below('config-logs/', [
      'AWSLogs/123456789012/Config/ConfigWritabilityCheckFile',
      'AWSLogs/123456789012/Config/us-east-1/2026/2/24/ConfigSnapshot/123456789012_Config_us-east-1_ConfigSnapshot_20260224T182319Z_00000000-0000-0000-0000-000000000000.json.gz',
    ]),
    near: {
      why: 'a folder Config with settings',
      prefix: 'config-logs/',
      keys: ['config-logs/AWSLogs/123456789012/Config/us-east-1/settings.json'],
    },
  },
  guardduty: {
    prefix: 'AWSLogs/',
    keys: [`AWSLogs/123456789012/GuardDuty/us-east-1/2026/05/30/${uuid(20)}.jsonl.gz`],
    near: {
      why: 'findings that a person exported',
      prefix: 'AWSLogs/',
      keys: ['AWSLogs/123456789012/GuardDuty/us-east-1/2026/05/30/findings.jsonl.gz'],
    },
  },
  'waf-logs': {
    prefix: 'AWSLogs/',
    keys: [
      'AWSLogs/123456789012/WAFLogs/us-east-1/TEST-WEBACL/2026/10/28/19/50/123456789012_waflogs_us-east-1_TEST-WEBACL_20261028T1950Z_e0ca43b5.log.gz',
      'AWSLogs/123456789012/WAFLogs/cloudfront/shop/2026/10/28/19/50/123456789012_waflogs_cloudfront_shop_20261028T1950Z_e0ca43b6.log.gz',
    ],
    near: {
      why: 'no day, no hour',
      prefix: 'AWSLogs/',
      keys: ['AWSLogs/123456789012/WAFLogs/us-east-1/TEST-WEBACL/123456789012_waflogs_us-east-1.log.gz'],
    },
  },
  'route53-resolver-logs': {
    prefix: 'AWSLogs/',
    keys: [
      'AWSLogs/123456789012/vpcdnsquerylogs/vpc-0d0eb0edc77e67efc/2026/05/11/vpc-0d0eb0edc77e67efc_vpcdnsquerylogs_123456789012_20260511T0910Z_71584702.log.gz',
    ],
    near: {
      why: 'not a network’s id',
      prefix: 'AWSLogs/',
      keys: ['AWSLogs/123456789012/vpcdnsquerylogs/office/2026/05/11/office_vpcdnsquerylogs_1.log.gz'],
    },
  },
  'network-firewall-logs': {
    prefix: 'flow-logs/',
    keys: [
      'flow-logs/AWSLogs/123456789012/network-firewall/flow/us-east-1/test-firewall/2026/10/01/19/123456789012_network-firewall_flow_us-east-1_test-firewall_202610011920_44442222.log.gz',
    ],
    near: {
      why: 'a folder that people made',
      prefix: 'network-firewall/',
      keys: ['network-firewall/flow/us-east-1/test-firewall/rules.log.gz'],
    },
  },
  'redshift-audit': {
    prefix: 'myprefix/',
    keys: [
      'myprefix/AWSLogs/123456789012/redshift/us-east-1/2026/10/29/123456789012_redshift_us-east-1_mycluster_userlog_2026-10-29T18:01.gz',
    ],
    near: {
      why: 'an unload beside no log',
      prefix: 'myprefix/',
      keys: ['myprefix/redshift/us-east-1/2026/10/29/0000_part_00.gz'],
    },
  },
  'aws-logs': {
    prefix: 'AWSLogs/',
    keys: [trail, balancer, flow],
    near: {
      why: 'somebody’s file among them',
      prefix: 'AWSLogs/',
      keys: [trail, balancer, 'AWSLogs/readme.txt'],
    },
  },
  's3-access-logs': {
    prefix: 'access/',
    keys: below('access/', [
      '2026-11-01-21-32-16-E568B2907131C0C0',
      'shop-2026-11-01-21-33-17-79A59DF900B949E5',
      '123456789012/eu-west-1/shop/2026/11/01/2026-11-01-21-34-00-A1206F460EXAMPLE'.replace('EXAMPLE', '12ABCDE'),
    ]),
    near: {
      why: 'dated files of another application',
      prefix: 'access/',
      keys: below('access/', ['2026-11-01-21-32-16.log', '2026-11-01-21-33-17-e568b2907131c0c0']),
    },
  },
  's3-inventory': {
    prefix: 'inventory/',
    keys: below('inventory/shop/all-objects/', [
      '2026-11-06T21-32Z/manifest.checksum',
      '2026-11-06T21-32Z/manifest.json',
      `data/${uuid(21)}.csv.gz`,
      'hive/dt=2026-11-06-21-32/symlink.txt',
    ]),
    near: {
      why: 'a manifest without its checksum',
      prefix: 'inventory/',
      keys: ['inventory/shop/all-objects/2026-11-06T21-32Z/manifest.json'],
    },
  },
  athena: {
    prefix: 'athena/',
    keys: below('athena/Unsaved/2026/11/24/', [
      `${uuid(22)}.csv`,
      `${uuid(22)}.csv.metadata`,
      `${uuid(23)}.csv`,
      `${uuid(23)}.csv.metadata`,
      `${uuid(24)}.txt`,
    ]),
    near: {
      why: 'exports named by ids',
      prefix: 'exports/',
      keys: below('exports/', [`${uuid(22)}.csv`, `${uuid(23)}.csv`]),
    },
  },
  'cloudfront-logs': {
    prefix: 'cdn/',
    keys: below('cdn/', ['EMLARXS9EXAMPLE.2026-11-14-20.RT4KCN4SGK9.gz', 'EMLARXS9EXAMPLE.2026-11-14-21.abcdef01.gz']),
    near: {
      why: 'logs of an own proxy',
      prefix: 'cdn/',
      keys: ['cdn/edge-3.2026-11-14-20.gz'],
    },
  },
  firehose: {
    prefix: '2026/',
    keys: [
      `2026/11/24/06/clicks-1-2026-11-24-06-25-30-${uuid(25)}`,
      `2026/11/24/07/clicks-1-2026-11-24-07-25-30-${uuid(26)}.parquet`,
    ],
    near: {
      why: 'days of files with ids, without the delivery’s time',
      prefix: '2026/',
      keys: [`2026/11/24/06/clicks-${uuid(25)}`],
    },
  },
  dms: {
    prefix: 'dms/',
    keys: below('dms/public/customers/', ['20261124-1134010000.csv', 'LOAD00000001.csv', 'LOAD0000000A.csv']),
    near: {
      why: 'a report beside the table',
      prefix: 'dms/',
      keys: below('dms/public/customers/', ['LOAD00000001.csv', 'summary.xlsx']),
    },
  },
  emr: {
    prefix: 'elasticmapreduce/',
    keys: below('elasticmapreduce/j-2AL4XXXXXX5T9/', [
      'node/i-0a1b2c3d4e5f60718/daemons/setup-dns.log.gz',
      'steps/s-3M8DXXXXXX5T9/controller.gz',
      'steps/s-3M8DXXXXXX5T9/stderr.gz',
    ]),
    near: {
      why: 'folders of a build',
      prefix: 'jobs/',
      keys: ['jobs/j-12/steps/s-1/controller.gz'],
    },
  },
  delta: {
    prefix: 'lake/',
    keys: [
      ...below('lake/orders/', [
        '_delta_log/00000000000000000000.json',
        'date=2026-11-20/part-00000-da1332a8-4ad4-427c-8299-391e48890a73-c000.snappy.parquet',
      ]),
      ...below('lake/clicks/', [
        '_checkpoint/commits/0',
        '_checkpoint/metadata',
        '_checkpoint/offsets/0',
        '_delta_log/00000000000000000010.checkpoint.parquet',
        'part-00000-61a8a909-3c9c-4358-8b7e-7e8d4f8e7dd6-c000.snappy.parquet',
      ]),
    ],
    near: {
      why: 'a Hive dataset, as many writers make it',
      prefix: 'clicks/',
      keys: [
        'clicks/date=2026-11-20/part-00000-da1332a8-4ad4-427c-8299-391e48890a73-c000.snappy.parquet',
        'clicks/_SUCCESS',
      ],
    },
  },
  iceberg: {
    prefix: 'warehouse/',
    keys: below('warehouse/shop.db/orders/', [
      `data/order_day=2026-11-24/00000-0-${uuid(27)}-00001.parquet`,
      `metadata/00000-${uuid(28)}.metadata.json`,
      `metadata/${uuid(29)}-m0.avro`,
      `metadata/snap-4358109269898460000-1-${uuid(29)}.avro`,
    ]),
    near: {
      why: 'metadata of a web application',
      prefix: 'warehouse/',
      keys: ['warehouse/photos/metadata/cat.metadata.json', 'warehouse/photos/data/cat.jpg'],
    },
  },
  hudi: {
    prefix: 'hudi/',
    keys: below('hudi/trips/', [
      '.hoodie/20261124063000123.commit',
      '.hoodie/hoodie.properties',
      `americas/brazil/sao_paulo/${uuid(30)}-0_0-22-26_20261124063000123.parquet`,
    ]),
    near: {
      why: 'the data of a table without its folder',
      prefix: 'hudi/',
      keys: [`hudi/trips/americas/${uuid(30)}-0_0-22-26_20261124063000123.parquet`],
    },
  },
  'spark-checkpoint': {
    prefix: 'checkpoints/',
    keys: below('checkpoints/clicks/', ['commits/0', 'commits/1', 'metadata', 'offsets/0', 'state/0/0/1.delta']),
    near: {
      why: 'commits without offsets',
      prefix: 'checkpoints/',
      keys: below('checkpoints/clicks/', ['commits/0', 'metadata']),
    },
  },
  'kafka-connect': {
    prefix: 'topics/',
    keys: below('topics/s3_topic/partition=0/', ['s3_topic+0+0000000000.avro', 's3_topic+0+0000000003.avro']),
    near: {
      why: 'a partitioned dataset',
      prefix: 'topics/',
      keys: ['topics/s3_topic/partition=0/part-0.avro', 'topics/a+b+c.avro'],
    },
  },
  airflow: {
    prefix: 'logs/',
    keys: below('logs/dag_id=orders/run_id=scheduled__2026-11-24T00:00:00+00:00/task_id=load/', [
      'attempt=1.log',
      'map_index=3/attempt=2.log',
    ]),
    near: {
      why: 'a dataset partitioned by dag',
      prefix: 'logs/',
      keys: ['logs/dag_id=orders/part-0.parquet'],
    },
  },
  mlflow: {
    prefix: 'mlflow/',
    keys: below(`mlflow/1/${hex(32, 31)}/artifacts/`, ['model/MLmodel', 'model/conda.yaml', 'plots/roc.png']),
    near: {
      why: 'artifacts of a build',
      prefix: 'ci/',
      keys: [`ci/1/${hex(32, 31)}/artifacts/app.tar.gz`],
    },
  },
  dvc: {
    prefix: 'data/',
    keys: below('data/files/md5/', [`${hex(2, 32)}/${hex(30, 33)}`, `${hex(2, 34)}/${hex(30, 35)}.dir`]),
    near: {
      why: 'hashes without the folder',
      prefix: 'data/',
      keys: [`data/${hex(2, 32)}/${hex(30, 33)}`],
    },
  },
  milvus: {
    prefix: 'files/',
    keys: below('files/', [
      'delta_log/447031349293500360/447031349293500364/447031349321777298/447031349320567090',
      'insert_log/447031349293500360/447031349293500364/447031349321777298/105/447031349320567088',
      'stats_log/447031349293500360/447031349293500364/447031349321777298/100/1',
    ]),
    near: {
      why: 'numbers, but no ids of Milvus',
      prefix: 'files/',
      keys: ['files/insert_log/1/2/3/4/5'],
    },
  },
  loki: {
    prefix: 'loki/',
    keys: below('loki/', [
      'fake/5f3b3e3d2ef7a2a1/19a1c9ab2f2:19a1d0b2f0f:7a0d3a6f',
      'index/loki_index_19640/fake/1767000000-compactor-1766990000000-1767000000000-7a0d3a6f.tsdb.gz',
      'index/delete_requests/delete_requests.gz',
      'loki_cluster_seed.json',
    ]),
    near: {
      why: 'keys with colons',
      prefix: 'loki/',
      keys: ['loki/fake/5f3b3e3d2ef7a2a1/from:through', 'loki/index/index_19640/a.gz'],
    },
  },
  tempo: {
    prefix: 'single-tenant/',
    keys: below('single-tenant/', [...traces(36), ...traces(37), 'index.json.gz', 'index.pb.zst']),
    near: {
      why: 'documents with metadata',
      prefix: 'documents/',
      keys: below(`documents/${uuid(36)}/`, ['data.parquet', 'index', 'meta.json']),
    },
  },
  pyroscope: {
    prefix: 'anonymous/',
    keys: below('anonymous/phlaredb/', [
      'bucket-index.json.gz',
      ...below(`${ulids[0]}/`, ['index.tsdb', 'meta.json', 'profiles.parquet', 'symbols/symbols.symdb']),
    ]),
    near: {
      why: 'profiles without an index',
      prefix: 'profiles/',
      keys: [`profiles/${ulids[0]}/profiles.parquet`],
    },
  },
  'prometheus-blocks': {
    prefix: 'metrics/',
    keys: below('metrics/', [...block(ulids[0]), ...block(ulids[1]), `debug/metas/${ulids[0]}.json`]),
    near: {
      why: 'no id in front of the block',
      prefix: 'metrics/',
      keys: below('metrics/block-1/', ['chunks/000001', 'index', 'meta.json']),
    },
  },
  cortex: {
    prefix: 'anonymous/',
    keys: below('anonymous/', [...block(ulids[0]), 'bucket-index.json.gz', `markers/${ulids[0]}-deletion-mark.json`]),
    near: {
      why: 'an index without blocks',
      prefix: 'anonymous/',
      keys: ['anonymous/bucket-index.json.gz'],
    },
  },
  mimir: {
    prefix: 'mimir/',
    keys: below('mimir/', [
      '__mimir_cluster/mimir_cluster_seed.json',
      ...below('anonymous/', [...block(ulids[0]), 'bucket-index.json.gz']),
      ...below('acme/', block(ulids[1])),
    ]),
    near: {
      why: 'beside somebody’s dumps',
      prefix: 'mimir/',
      keys: ['mimir/__mimir_cluster/mimir_cluster_seed.json', 'mimir/dump.sql.gz'],
    },
  },
  'elasticsearch-snapshot': {
    prefix: 'es/',
    keys: below('es/', [
      'index-12',
      'index.latest',
      'indices/0UpmGYvsTzSjLEdIlTgvEw/0/__2zXMsxPJS5mqiR8UTfTt5A',
      'indices/0UpmGYvsTzSjLEdIlTgvEw/meta-9tSUg44BwLqWzXHcyUlT.dat',
      'meta-9tSUg44BTLqWzXHcyUlTaA.dat',
      'snap-9tSUg44BTLqWzXHcyUlTaA.dat',
    ]),
    near: {
      why: 'an index of pages',
      prefix: 'es/',
      keys: below('es/', ['index-12', 'indices/market/2026.csv']),
    },
  },
  quickwit: {
    prefix: 'indexes/',
    keys: below('indexes/', ['otel-logs-v0_7/metastore.json', `otel-logs-v0_7/${ulids[0]}.split`]),
    near: {
      why: 'a metastore of something else',
      prefix: 'indexes/',
      keys: ['indexes/shop/metastore.json', 'indexes/shop/a.split'],
    },
  },
  parseable: {
    prefix: 'copy/',
    keys: below('copy/', [
      '.parseable/.parseable.json',
      'backend/.stream/.stream.json',
      'backend/date=2026-11-24/hour=14/minute=37/node-1.data.01M86ZW0PPHVMTAYKAM7SYT4VN.parquet',
    ]),
    near: {
      why: 'a copied stream without its deployment',
      prefix: 'copy/',
      keys: ['copy/backend/.stream/.stream.json'],
    },
  },
  logstash: {
    prefix: 'logstash/',
    keys: [`logstash/ls.s3.${uuid(38)}.2026-04-18T10.00.tag_hello.part0.txt`],
    near: {
      why: 'no id',
      prefix: 'logstash/',
      keys: ['logstash/ls.s3.2026-04-18T10.00.part0.txt'],
    },
  },
  'fluent-bit': {
    prefix: 'fluent-bit-logs/',
    keys: ['fluent-bit-logs/kube.var.log.app/2026/11/24/23/59/01-object4mkNQcaJ'],
    near: {
      why: 'a format of one’s own',
      prefix: 'fluent-bit-logs/',
      keys: ['fluent-bit-logs/app/2026/11/24/app.log.gz'],
    },
  },
  restic: {
    prefix: 'backups/',
    keys: below('backups/', resticRepository),
    near: {
      why: 'another store of hashes with a configuration',
      prefix: 'store/',
      keys: below('store/', ['config', `data/${hex(64, 1).slice(2, 4)}/${hex(64, 1)}`, `objects/${sharded(2)}`]),
    },
  },
  kopia: {
    prefix: 'kopia/',
    keys: below('kopia/laptop/', kopiaRepository),
    near: {
      why: 'notes on Kopia',
      prefix: 'kopia/',
      keys: ['kopia/kopia.repository.md'],
    },
  },
  velero: {
    prefix: 'velero/',
    keys: below('velero/', [
      'backups/nightly-20261124/nightly-20261124-logs.gz',
      'backups/nightly-20261124/nightly-20261124.tar.gz',
      'backups/nightly-20261124/velero-backup.json',
      ...below('kopia/default/', kopiaRepository),
      ...below('restic/default/', resticRepository),
      'restores/nightly-1/restore-nightly-1-logs.gz',
      'restores/nightly-1/restore-nightly-1-results.gz',
    ]),
    near: {
      why: 'a folder of dumps named backups',
      prefix: 'backups/',
      keys: ['backups/nightly/shop.sql.gz', 'backups/nightly/backup.json'],
    },
  },
  'wal-g': {
    prefix: 'pg/',
    keys: below('pg/', [
      'basebackups_005/base_000000010000000000000009/tar_partitions/part_001.tar.lz4',
      'basebackups_005/base_000000010000000000000009_backup_stop_sentinel.json',
      'wal_005/000000010000000000000003.lz4',
    ]),
    near: {
      why: 'segments that an own command archived',
      prefix: 'pg/',
      keys: ['pg/wal/000000010000000000000003.lz4'],
    },
  },
  pgbackrest: {
    prefix: 'pgbackrest/',
    keys: below('pgbackrest/', [
      `archive/main/16-1/0000000100000000/000000010000000000000001-${hex(40, 39)}.gz`,
      'archive/main/archive.info',
      'archive/main/archive.info.copy',
      'backup/main/20261124-063000F/backup.manifest',
      'backup/main/backup.info',
      'backup/main/backup.info.copy',
    ]),
    near: {
      why: 'information without its copy',
      prefix: 'backup/',
      keys: ['backup/main/backup.info', 'backup/main/shop.dump'],
    },
  },
  barman: {
    prefix: 'pg-primary/',
    keys: below('pg-primary/', [
      'base/20261105T134715/backup.info',
      'base/20261105T134715/data.tar.gz',
      'wals/0000000100000000/000000010000000000000001.gz',
    ]),
    near: {
      why: 'a tar by hand',
      prefix: 'pg-primary/',
      keys: ['pg-primary/base/20261105/data.tar.gz'],
    },
  },
  'clickhouse-backup': {
    prefix: 'clickhouse/',
    keys: below('clickhouse/shard-0/full-20261114135449/', [
      'metadata.json',
      'metadata/default/events.json',
      'shadow/default/events/default_202611_1_1_0.tar',
    ]),
    near: {
      why: 'metadata without parts',
      prefix: 'clickhouse/',
      keys: below('clickhouse/full/', ['metadata.json', 'metadata/default/events.json']),
    },
  },
  'percona-pbm': {
    prefix: 'mongo/',
    keys: below('mongo/', [
      '.pbm.init',
      '2026-02-07T20:29:25Z.pbm.json',
      '2026-02-07T20:29:25Z_cfg.dump.gz',
      'pbmPitr/rs0/20260207/20260207202925-1.20260207203925-2.oplog.s2',
    ]),
    near: {
      why: 'dumps by date',
      prefix: 'mongo/',
      keys: ['mongo/2026-02-07T20:29:25Z.dump.gz'],
    },
  },
  'cockroachdb-backup': {
    prefix: 'employees-backup/',
    keys: below('employees-backup/2026/08/05-223949.67/', [
      'BACKUP-CHECKPOINT-682009558332090129-CHECKSUM',
      'BACKUP-STATISTICS',
      'BACKUP_MANIFEST',
      'BACKUP_MANIFEST-CHECKSUM',
      'data/682009573653030673.sst',
    ]),
    near: {
      why: 'a manifest by itself',
      prefix: 'employees-backup/',
      keys: ['employees-backup/BACKUP_MANIFEST'],
    },
  },
  'victoriametrics-backup': {
    prefix: 'vm/',
    keys: below('vm/daily/', [
      'backup_complete.ignore',
      'backup_metadata.ignore',
      'data/small/2026_11/18A5C3E8F1B2D4E6/index.bin/0000000000000480_0000000000000000_0000000000000480',
      'metadata/minTimestampForCompositeIndex/0000000000000008_0000000000000000_0000000000000008',
    ]),
    near: {
      why: 'a backup that was not finished',
      prefix: 'vm/',
      keys: ['vm/daily/data/small/2026_11/parts.json'],
    },
  },
  litestream: {
    prefix: 'fruits.db/',
    keys: below('fruits.db/generations/0f67fb6531a7c63b/', [
      'snapshots/00000000.snapshot.lz4',
      'wal/00000000_00000000.wal.lz4',
    ]),
    near: {
      why: 'generations of something else',
      prefix: 'fruits.db/',
      keys: ['fruits.db/generations/1/snapshots/latest.lz4'],
    },
  },
  longhorn: {
    prefix: 'backupstore/',
    keys: below(`backupstore/volumes/97/d4/pvc-${uuid(40)}/`, [
      'backups/backup_backup-fbec0b48b7c348d6.cfg',
      `blocks/ab/cd/${hex(64, 41)}.blk`,
      'volume.cfg',
    ]),
    near: {
      why: 'volumes of a library',
      prefix: 'backupstore/',
      keys: ['backupstore/volumes/one/volume.cfg'],
    },
  },
  borg: {
    prefix: 'borg/',
    keys: below('borg/', ['README', 'config', 'data/0/1', 'data/0/3', 'hints.3', 'index.3', 'integrity.3']),
    near: {
      why: 'numbered data with a configuration',
      prefix: 'borg/',
      keys: below('borg/', ['README', 'config', 'data/0/1']),
    },
  },
  duplicacy: {
    prefix: 'duplicacy/',
    keys: below('duplicacy/', [
      `chunks/${hex(2, 42)}/${hex(62, 43)}`,
      `chunks/${hex(2, 44)}/${hex(62, 45)}`,
      'config',
      'snapshots/laptop/1',
    ]),
    near: {
      why: 'chunks without snapshots',
      prefix: 'duplicacy/',
      keys: below('duplicacy/', [`chunks/${hex(2, 42)}/${hex(62, 43)}`, 'config']),
    },
  },
  duplicati: {
    prefix: 'nas/',
    keys: below('nas/', [
      'duplicati-20261106T143926Z.dlist.zip.aes',
      'duplicati-bdfad38a0b1f34b5db56c1de166260cd8.dblock.zip.aes',
      'duplicati-i00d8dff418a749aa9d67d0c54b0e4149.dindex.zip.aes',
    ]),
    near: {
      why: 'an archive with a date',
      prefix: 'nas/',
      keys: ['nas/duplicati-20261106T143926Z.zip.aes'],
    },
  },
  duplicity: {
    prefix: 'server/',
    keys: below('server/', [
      'duplicity-full-signatures.20261124T030001Z.sigtar.gpg',
      'duplicity-full.20261124T030001Z.manifest.gpg',
      'duplicity-full.20261124T030001Z.vol1.difftar.gpg',
      'duplicity-inc.20261124T030001Z.to.20261125T030001Z.vol1.difftar.gpg',
    ]),
    near: {
      why: 'a script of that name',
      prefix: 'server/',
      keys: ['server/duplicity-full.sh'],
    },
  },
  registry: {
    prefix: 'docker/',
    keys: below('docker/registry/v2/', [
      `blobs/sha256/${sharded(46)}/data`,
      `repositories/library/nginx/_layers/sha256/${hex(64, 46)}/link`,
      `repositories/library/nginx/_manifests/revisions/sha256/${hex(64, 47)}/link`,
    ]),
    near: {
      why: 'saved images',
      prefix: 'docker/',
      keys: ['docker/registry/v2/nginx.tar', `docker/blobs/sha256/${hex(64, 46)}`],
    },
  },
  'helm-repo': {
    prefix: 'charts/',
    keys: below('charts/', ['index.yaml', 'shop-1.2.3.tgz', 'shop-1.2.4-rc.1.tgz', 'shop-1.2.4-rc.1.tgz.prov']),
    near: {
      why: 'packages without an index',
      prefix: 'charts/',
      keys: ['charts/shop-1.2.3.tgz'],
    },
  },
  'apt-repo': {
    prefix: 'debian/',
    keys: below('debian/', [
      'dists/trixie/InRelease',
      'dists/trixie/Release',
      'dists/trixie/main/binary-amd64/Packages.gz',
      'key.gpg',
      'pool/main/s/shop/shop_1.2.3_amd64.deb',
    ]),
    near: {
      why: 'packages in a folder',
      prefix: 'debian/',
      keys: ['debian/pool/main/s/shop/shop_1.2.3_amd64.deb'],
    },
  },
  'yum-repo': {
    prefix: 'rpm/',
    keys: below('rpm/el9/x86_64/', [
      'Packages/shop-1.2.3-1.x86_64.rpm',
      `repodata/${hex(64, 48)}-primary.xml.gz`,
      'repodata/repomd.xml',
    ]),
    near: {
      why: 'packages in a folder',
      prefix: 'rpm/',
      keys: ['rpm/el9/x86_64/shop-1.2.3-1.x86_64.rpm'],
    },
  },
  nexus: {
    prefix: 'content/',
    keys: below('content/vol-01/chap-01/', [`${uuid(49)}.bytes`, `${uuid(49)}.properties`]),
    near: {
      why: 'chapters of a book',
      prefix: 'content/',
      keys: ['content/vol-01/chap-01/page-1.properties', 'content/vol-01/chap-01/page-1.bytes'],
    },
  },
  terraform: {
    prefix: 'env:/',
    keys: ['env:/prod/network/terraform.tfstate', 'env:/prod/shop.tfstate'],
    near: {
      why: 'a name that anybody may choose',
      prefix: 'states/',
      keys: ['states/prod.tfstate'],
    },
  },
  pulumi: {
    prefix: '.pulumi/',
    keys: below('.pulumi/', [
      'history/shop/dev/dev-1767000000000000000.checkpoint.json',
      'meta.yaml',
      'stacks/shop/dev.json',
    ]),
    near: {
      why: 'the cache of its plugins',
      prefix: '.pulumi/',
      keys: ['.pulumi/plugins/resource-aws-v6.0.0.lock'],
    },
  },
  minio: {
    prefix: '.minio.sys/',
    keys: below('.minio.sys/', [
      'buckets/.usage.json/xl.meta',
      'buckets/logs/.metadata.bin/xl.meta',
      'config/iam/format.json/xl.meta',
      'format.json',
    ]),
    near: {
      why: 'a format of something else',
      prefix: 'formats/',
      keys: ['formats/format.json', 'formats/a/xl.meta'],
    },
  },
  juicefs: {
    prefix: 'myjfs/',
    keys: below('myjfs/', [
      'chunks/0/0/1_0_4194304',
      'chunks/0/0/1_1_4194304',
      'juicefs_uuid',
      'meta/dump-2026-11-24-063000.json.gz',
    ]),
    near: {
      why: 'tiles of a map',
      prefix: 'map/',
      keys: ['map/chunks/0/0/1_0_0'],
    },
  },
};
