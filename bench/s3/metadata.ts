import { eventsPerFile, ingestedPerByte, manifestName } from './files.ts';
import type { Shape } from './shape.ts';

/** The bucket's deployment file. It is made up, and holds no secret. */
export const deploymentOf = ({ bucket }: Shape): string =>
  JSON.stringify({
    version: 'v8',
    mode: 's3',
    staging: '/parseable/staging',
    storage: `https://s3.us-east-1.amazonaws.com/${bucket}`,
    deployment_id: '01JGFJJZ00M4DEVPB3NCHMARK5',
    users: [],
    user_groups: [],
    streams: [],
    server_mode: 'All',
    roles: {},
    default_role: null,
  });

export const schemaOf = (): string =>
  JSON.stringify({
    fields: ['duration_ms', 'host', 'level', 'message', 'p_timestamp', 'service', 'status', 'trace_id'].map((name) => ({
      name,
      data_type: name === 'p_timestamp' ? { Timestamp: ['Millisecond', null] } : 'Utf8',
      nullable: true,
      dict_id: 0,
      dict_is_ordered: false,
      metadata: {},
    })),
    metadata: {},
  });

/** The metadata file of a stream that holds so many files on each of these days, in the form of 2.9.5. */
export function streamJsonOf(prefix: string, days: readonly string[], files: number, { fileBytes }: Shape): string {
  const perDay = {
    events: files * eventsPerFile,
    ingestion: files * fileBytes * ingestedPerByte,
    storage: files * fileBytes,
  };
  const [first = ''] = days;
  const sum = {
    events: perDay.events * days.length,
    ingestion: perDay.ingestion * days.length,
    storage: perDay.storage * days.length,
  };
  return JSON.stringify({
    version: 'v7',
    schema_version: 'v1',
    'objectstore-format': 'v7',
    'created-at': `${first}T00:00:00.123456789+00:00`,
    'first-event-at': `${first}T00:00:00+00:00`,
    owner: { id: 'admin', group: 'admin' },
    permissions: [{ id: 'admin', group: 'admin', access: ['all'] }],
    stats: {
      lifetime_stats: sum,
      current_stats: sum,
      deleted_stats: { events: 0, ingestion: 0, storage: 0 },
    },
    snapshot: {
      version: 'v2',
      manifest_list: days.map((day) => ({
        manifest_path: `${prefix}date=${day}/${manifestName}`,
        time_lower_bound: `${day}T00:00:00Z`,
        time_upper_bound: `${day}T23:59:59.999999999Z`,
        events_ingested: perDay.events,
        ingestion_size: perDay.ingestion,
        storage_size: perDay.storage,
      })),
    },
    hot_tier_enabled: false,
    stream_type: 'UserDefined',
    log_source: [{ log_source_format: 'json', fields: [] }],
    telemetry_type: 'logs',
    infer_timestamp: true,
  });
}
