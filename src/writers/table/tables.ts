import type { Writer } from '../writer.ts';

/** Table formats and what moves data into and between tables. */
export const tables = {
  delta: {
    name: 'Delta Lake tables',
    marks: [['_delta_log/{digits20}.json'], ['_delta_log/{digits20}.checkpoint.parquet']],
    contains: ['spark-checkpoint'],
    source: 'https://github.com/delta-io/delta/blob/master/PROTOCOL.md',
    note: 'Any engine that writes Delta.',
  },
  iceberg: {
    name: 'Apache Iceberg tables',
    marks: [
      ['metadata/{digits5}-{uuid}.metadata.json'],
      ['metadata/{any}.metadata.json', 'metadata/snap-{n}-{n}-{uuid}.avro'],
    ],
    source: 'https://iceberg.apache.org/spec/',
    note: 'Any engine that writes Iceberg.',
  },
  hudi: {
    name: 'Apache Hudi tables',
    marks: [['.hoodie/hoodie.properties']],
    source: 'https://hudi.apache.org/docs/storage_layouts',
    note: null,
  },
  'spark-checkpoint': {
    name: 'checkpoints of Spark Structured Streaming',
    marks: [['metadata', 'offsets/{n}', 'commits/{n}']],
    holds: ['metadata', 'offsets/**', 'commits/**', 'sources/**', 'state/**'],
    source: 'https://spark.apache.org/docs/latest/structured-streaming-programming-guide.html',
    note: 'Inside a Delta table they are the table’s.',
  },
  'kafka-connect': {
    name: 'Kafka Connect S3 sink',
    marks: [['{any}+{n}+{serial}{suffix}']],
    holds: ['{any}+{n}+{serial}{suffix}'],
    source: 'https://docs.confluent.io/kafka-connectors/s3-sink/current/overview.html',
    note: 'Confluent’s connector with its usual `file.delim`.',
  },
  airflow: {
    name: 'Apache Airflow task logs',
    marks: [['dag_id={any}/run_id={any}/task_id={any}/{mapindex}attempt={n}.log']],
    holds: ['dag_id={any}/**'],
    source: 'https://airflow.apache.org/docs/apache-airflow-providers-amazon/stable/logging/s3-task-handler.html',
    note: 'The template of names since Airflow 2.3.',
  },
  mlflow: {
    name: 'MLflow artifacts',
    marks: [['{n}/{hex32}/artifacts/{tree}MLmodel'], ['{n}/models/m-{hex32}/artifacts/{tree}MLmodel']],
    holds: ['{n}/{hex32}/artifacts/**', '{n}/models/m-{hex32}/artifacts/**'],
    source: 'https://mlflow.org/docs/latest/tracking.html',
    note: 'Needs one logged model.',
  },
  dvc: {
    name: 'DVC data',
    marks: [['files/md5/{dvchash}']],
    holds: ['files/md5/{dvchash}'],
    source: 'https://dvc.org/doc/user-guide/project-structure/internal-files',
    note: 'DVC 3; the bare hashes of DVC 2 are no mark.',
  },
  milvus: {
    name: 'Milvus',
    marks: [['insert_log/{entityid}/{entityid}/{entityid}/{n}/{entityid}']],
    holds: ['insert_log/**', 'stats_log/**', 'delta_log/**', 'index_files/**'],
    source: 'https://milvus.io/docs/data_processing.md',
    note: null,
  },
} as const satisfies Record<string, Writer>;
